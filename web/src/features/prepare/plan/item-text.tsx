// SPDX-License-Identifier: EUPL-1.2
// An item in words: a cell of a table, the drawer of a reader who does not edit, and the paper.
import type { PlanDocument } from '@/api/client'
import { useWords, type Words } from '@/lib/i18n'
import { Dialled } from '@/ui/dialled'
import { coveredUntil, horizons, itemsOf, shapes, type Field, type Item, type ListPart, type Mode, type Part } from './parts'
import style from './plan.module.css'

/** What people call it: its name, title or text; of a delegation or a branch, what it is about. */
export function titleOf(part: Part, item: Item, document: PlanDocument, words: Words): string {
  const first = shapes[part].fields[0]
  return first ? fieldText(first, item[first.name], document, words) : ''
}

export function nameOf(part: ListPart, id: unknown, document: PlanDocument, words: Words): string {
  const found = itemsOf(document, part).find((one) => one.id === id)
  return found ? titleOf(part, found, document, words) : ''
}

/** One line: for a table, its sorting and its export. */
export function fieldText(field: Field, value: unknown, document: PlanDocument, words: Words): string {
  const { t, f, label, word } = words
  const { kind } = field
  if (typeof kind === 'object') {
    if ('choice' in kind) return label(`ui.plan.${kind.choice}`, String(value))
    if ('one' in kind) return nameOf(kind.one, value, document, words) || (field.name === 'role' ? t('ui.plan.item.everybody') : '')
    return (value as string[]).map((id) => nameOf(kind.many, id, document, words)).filter(Boolean).join(', ')
  }
  switch (kind) {
    case 'lines': return (value as string[]).join(' · ')
    case 'day': return value ? f.day(String(value)) : ''
    case 'number': return f.exact(Number(value))
    case 'yes': return t(`ui.choice.${String(Boolean(value))}`)
    case 'sector': return word('ui.kind', String(value))
    case 'modes': {
      const until = coveredUntil(value as Mode[])
      if (!until) return t('ui.plan.mode.nothing')
      const proposed = (value as Mode[]).some(({ horizon, assumed }) => assumed && horizons.indexOf(horizon) <= horizons.indexOf(until))
      return t(proposed ? 'ui.plan.mode.proposed' : 'ui.plan.mode.covered', { horizon: t(`ui.plan.horizon.${until}`) })
    }
    default: return String(value ?? '')
  }
}

interface Props { part: Part; item: Item; document: PlanDocument; /** Already said above. */ without?: string }

/** All that an item says. */
export function ItemText({ part, item, document, without }: Props) {
  const words = useWords()
  const told = shapes[part].fields.filter(({ name }) => name !== without)
  return (
    <dl className={style.facts}>
      {told.map((field) => {
        const value = item[field.name]
        if (value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null
        return (
          <div key={field.name} className={Array.isArray(value) ? style.listed : undefined}>
            <dt className="small quiet">{words.t(`ui.plan.field.${field.name}`).replace(/, (un|une|one) (par|per) (ligne|line)$/, '')}</dt>
            <dd><Value field={field} value={value} document={document} /></dd>
          </div>
        )
      })}
    </dl>
  )
}

/** The list of the plan whose items a field names. */
function namedIn({ kind }: Field): ListPart | null {
  if (typeof kind !== 'object' || 'choice' in kind) return null
  return 'one' in kind ? kind.one : kind.many
}

/** Whoever is named is called next: the numbers stand beside. */
function Reached({ ids, document }: { ids: unknown[]; document: PlanDocument }) {
  const people = ids.flatMap((id) => document.contacts.find((one) => one.id === id) ?? [])
  return people.map(({ id, name, phone, other_phone }) => <div key={id}>{name} <Dialled number={phone ?? ''} />{phone && other_phone ? ' · ' : ''}<Dialled number={other_phone ?? ''} /></div>)
}

function Value({ field, value, document }: { field: Field; value: unknown; document: PlanDocument }) {
  const words = useWords()
  if (field.kind === 'modes') return <ModeList modes={value as Mode[]} document={document} />
  if (field.kind === 'lines') {
    // A gesture is ticked on paper; everything else is a list.
    const ticked = field.name === 'lines'
    return <ul className={ticked ? style.ticks : style.bullets}>{(value as string[]).map((one, i) => <li key={i}>{ticked ? <span aria-hidden="true">☐ </span> : null}{one}</li>)}</ul>
  }
  if (namedIn(field) === 'contacts') return <Reached ids={[value].flat()} document={document} />
  return <span className={style.said}>{fieldText(field, value, document, words)}</span>
}

function ModeList({ modes, document }: { modes: Mode[]; document: PlanDocument }) {
  const words = useWords()
  const { t, f } = words
  const names = (part: ListPart, ids: string[]) => ids.map((id) => nameOf(part, id, document, words)).filter(Boolean).join(', ')
  return (
    <ol className={style.modes}>
      {modes.map((mode) => (
        <li key={mode.horizon}>
          <b>{t('ui.plan.mode.until', { horizon: t(`ui.plan.horizon.${mode.horizon}`) })}</b>
          {mode.capacity === null || mode.capacity === undefined ? null : <> · {t('ui.plan.field.capacity')} {f.percent(mode.capacity)}</>}
          {mode.assumed ? <span className="quiet"> · {t('ui.plan.field.assumed')}</span> : null}
          <p className={style.said}>{mode.procedure || '—'}</p>
          {mode.forms.length > 0 ? <p className="small">{t('ui.plan.field.forms')} — {names('forms', mode.forms)}</p> : null}
          {mode.stocks.length > 0 ? <p className="small">{t('ui.plan.field.stocks')} — {names('stocks', mode.stocks)}</p> : null}
        </li>
      ))}
    </ol>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import type { PlanChange } from '@/api/client'
import { useWords, type Words } from '@/lib/i18n'
import { shapes, type Part } from './parts'
import style from './plan.module.css'

/** What becomes of an item: each field before and after. */
export function Change({ change }: { change: PlanChange }) {
  const words = useWords()
  const { t } = words
  return (
    <div className={style.change}>
      {t(`ui.plan.change.${change.kind}`)}
      <dl>
        {change.fields.map(({ field, before, after }) => (
          <div key={field}>
            <dt className="small quiet">{fieldName(field, words)}</dt>
            <dd><del>{valueText(change.part, field, before, words) || '—'}</del> → <ins>{valueText(change.part, field, after, words) || '—'}</ins></dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** "modes.h8.procedure": of the mode until eight hours. */
function fieldName(field: string, { t }: Words): string {
  const [part, horizon, name] = field.split('.')
  return name ? `${t('ui.plan.mode.until', { horizon: t(`ui.plan.horizon.${horizon}`) })} · ${t(`ui.plan.field.${name}`)}` : t(`ui.plan.field.${part}`)
}

/** What a reader calls the item: of a delegation, its act in words. */
export const changedName = ({ part, name }: Pick<PlanChange, 'part' | 'name'>, words: Words): string => valueText(part, shapes[part as Part]?.fields[0]?.name ?? '', name, words)

/** Codes in words; texts and titles as they are. */
function valueText(part: string, field: string, value: string, words: Words): string {
  const { t, f, label, word } = words
  if (value === 'true' || value === 'false') return t(`ui.choice.${value}`)
  if (/^modes\..*\.capacity$/.test(field)) return value && f.percent(Number(value))
  if (field === 'order') return value.split(' · ').map((name) => changedName({ part, name }, words)).join(' · ')
  const kind = shapes[part as Part]?.fields.find(({ name }) => name === field)?.kind
  if (kind === 'sector') return value && word('ui.kind', value)
  return typeof kind === 'object' && 'choice' in kind && value ? label(`ui.plan.${kind.choice}`, value) : value
}

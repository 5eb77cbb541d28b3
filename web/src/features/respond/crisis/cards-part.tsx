// SPDX-License-Identifier: EUPL-1.2
// The action cards of the plan in force, by phase and role, each gesture a box that says who ticked it and when.
import { Checkbox, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { PlanDocument } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { usePrinting } from '@/lib/use-printing'
import { Loaded } from '@/ui/states'
import { holdsRebuilding } from './clocks-panel'
import { Contested } from './contested'
import { limits, shorten } from './limits'
import { tickKey, ticksByGesture } from './lists'
import { authorOf } from './line-words'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

export const phases = ['alert', 'mobilise', 'contain', 'degraded', 'evict', 'rebuild', 'reconnect', 'close'] as const
const rebuilding: readonly string[] = ['evict', 'rebuild']
type Card = PlanDocument['cards'][number]

export function CardsPart({ onTask }: { onTask: (title: string, whose: string) => void }) {
  const { t, label } = useWords()
  const { plan, asked, lists, view } = useRoom()
  const [phase, setPhase] = useNamed('phase', '')
  const [role, setRole] = useNamed('role', '')
  const ticks = useMemo(() => ticksByGesture(lists), [lists])
  const roleName = (id: string | undefined) => plan?.roles.find((one) => one.id === id)?.name ?? t('ui.plan.item.everybody')
  const whose = new Set((plan?.roles ?? []).filter(({ id, cell }) => id === role || (cell && ofCell(cell) === role)).map(({ id }) => id))
  const cards = (plan?.cards ?? []).filter((one) => (!phase || one.phase === phase) && (!role || whose.has(one.role)))
  const held = holdsRebuilding(view.clocks)
  return (
    <section className={style.panel} aria-label={t('ui.room.cards')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.cards')}</h2>
        <div className="row no-print">
          <NativeSelect size="sm" aria-label={t('ui.room.cards.phase')} value={phase} onChange={(event) => setPhase(event.currentTarget.value)} data={[{ value: '', label: t('ui.room.cards.phase.all') }, ...phases.map((one) => ({ value: one, label: label('ui.plan.phase', one) }))]} />
          <NativeSelect size="sm" aria-label={t('ui.room.cards.role')} value={role} onChange={(event) => setRole(event.currentTarget.value)} data={[{ value: '', label: t('ui.room.cards.role.all') }, ...rolesByCell(plan, t('ui.room.cards.cell'))]} />
        </div>
      </div>
      <Loaded asked={asked.plan}>{() => (cards.length === 0 ? <p className="quiet">{t('ui.room.cards.none')}</p> : null)}</Loaded>
      {phases.map((one) => {
        const here = cards.filter((card) => card.phase === one)
        if (here.length === 0) return null
        return (
          <section key={one}>
            <h3 className="h3">{label('ui.plan.phase', one)}</h3>
            {rebuilding.includes(one) && held.length > 0 ? <p className={style.guard}><span aria-hidden="true">▲ </span>{t('ui.room.guard', { clocks: held.map((clock) => clock.label).join(', ') })}</p> : null}
            {here.map((card) => <CardBox key={card.id} card={card} role={roleName(card.role)} ticks={ticks} onTask={onTask} />)}
          </section>
        )
      })}
    </section>
  )
}

const ofCell = (cell: string) => `cell/${cell}`

/** Cell by cell: each works by its own cards, all of them or those of one role. */
function rolesByCell(plan: PlanDocument | undefined, whole: string) {
  const { roles = [], cells = [] } = plan ?? {}
  const options = (chosen: typeof roles) => chosen.map(({ id, name }) => ({ value: id ?? '', label: name }))
  const groups = cells.map(({ id = '', name }) => ({ group: name, items: [{ value: ofCell(id), label: `${name} – ${whole}` }, ...options(roles.filter(({ cell }) => cell === id))] }))
  return [...groups.filter(({ items }) => items.length > 1), ...options(roles.filter(({ cell }) => !cells.some(({ id }) => id === cell)))]
}

interface BoxProps { card: Card; role: string; ticks: ReturnType<typeof ticksByGesture>; onTask: (title: string, whose: string) => void }

function CardBox({ card, role, ticks, onTask }: BoxProps) {
  const { t, f } = useWords()
  const { writer, closed } = useRoom()
  const now = useRoomNow(60_000)
  const printing = usePrinting() // folded on the screen, whole on paper
  const id = card.id ?? ''
  const lines = card.lines ?? []
  const done = lines.filter((_text, i) => ticks.get(tickKey(id, i))?.what.done).length
  const [open, setOpen] = useState(done > 0 && done < lines.length) // later only by hand: no tick folds away what has the focus
  return (
    <details className={style.card} open={printing || open} onToggle={({ currentTarget }) => !printing && setOpen(currentTarget.open)}>
      <summary><b>{card.title}</b> <span className="quiet">{role} · {t('ui.room.cards.done', { done, n: lines.length })}</span></summary>
      <ul className={style.rows}>
        {lines.map((text, gesture) => {
          const tick = ticks.get(tickKey(id, gesture))
          const said = tick ? t(tick.what.done ? 'ui.room.cards.ticked' : 'ui.room.cards.unticked', { who: authorOf(tick.row.line), time: f.moment(tick.row.line.happened, now) }) : ''
          return (
            <li key={gesture}>
              <Checkbox
                label={text} description={said || undefined} checked={tick?.what.done ?? false} disabled={closed}
                onChange={(event) => writer.write({ kind: 'action', from: card.role ? role : '', deed: { tick: { card: id, gesture, text: shorten(text, limits.tick.text), done: event.currentTarget.checked } } })}
              />
              {tick ? <Contested of={[tick]} /> : null}
              {closed || tick?.what.done ? null : <button type="button" className={`link small no-print ${style.inset}`} aria-label={`${t('ui.room.cards.task')} – ${text}`} onClick={() => onTask(text, card.role ? role : '')}>{t('ui.room.cards.task')}</button>}
            </li>
          )
        })}
      </ul>
    </details>
  )
}

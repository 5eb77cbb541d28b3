// SPDX-License-Identifier: EUPL-1.2
// When nothing works: the list on paper, in the order of the plan's call trees, with boxes to tick.
import { useQuery } from '@tanstack/react-query'
import type { CalledRow, RecallView, RoomRow } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { inPairs } from '@/lib/phone'
import { useMargins } from '@/lib/use-printing'
import { inCallOrder } from './call-order'
import style from './recall.module.css'

export function CallList({ facility, room, view }: { facility: string; room: RoomRow; view: RecallView }) {
  const { t, f, word } = useWords()
  const { data: plan } = useQuery(queries.planInForce(facility))
  const contacts = new Map(plan?.document.contacts.map(({ id, name }) => [id ?? '', name]))
  const rows = inCallOrder(view.people, plan?.document.calls ?? [])
  const caller = (one: CalledRow, by: string) => (by ? t('ui.recall.list.caller', { name: contacts.get(by) ?? by }) : one.cell || one.unit)
  const exercise = room.kind === 'exercise' ? t('ui.answer.exercise') : ''
  useMargins(exercise, room.name)
  return (
    <section className={style.list}>
      {exercise ? <p><b>{exercise}</b></p> : null}
      <h2>{t('ui.recall.list.title', { room: room.name })}</h2>
      <p>{t('ui.recall.list.at', { at: f.instant(new Date().toISOString()) })}</p>
      {view.callouts[0] ? <p>{t('ui.recall.list.say', { message: view.callouts[0].message })}</p> : null}
      <table>
        <thead>
          <tr>{['tick', 'person', 'phone', 'by', 'state', 'answer'].map((key) => <th key={key}>{t(`ui.recall.list.${key}`)}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(({ one, by }) => (
            <tr key={one.id}>
              <td>☐</td>
              <td>{one.person}{one.post ? ` — ${one.post}` : ''}</td>
              <td>{[one.contact.mobile, one.contact.phone].filter(Boolean).map(inPairs).join(' / ') || '—'}</td>
              <td>{caller(one, by)}</td>
              <td>{word('ui.recall.state', one.state)}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Whom one must tell, by when. Those without delay come as lines to tick; each can be met, set aside, or given the
// moment from which it really runs.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RoomClock } from '@/api/client'
import { useWords, type Words } from '@/lib/i18n'
import { Contested, ContestedMark } from './contested'
import { DeedForm, fromField, toField } from './deed-form'
import { isContested, type Lists } from './lists'
import style from './panels.module.css'
import { NoticeForm } from './notice-form'
import { useJustTold, useRoom, useRoomNow } from './room-context'

export const isOpen = ({ state }: RoomClock) => state === 'running' || state === 'late'
/** What posts say otherwise of whether it was done; of a review, what was decided. */
const endDoubted = ({ obligation }: RoomClock, { notice, decision }: Lists) =>
  [...notice.filter(({ what }) => what.obligation === obligation), ...decision.filter(({ what }) => obligation === `review/${what.id}`)].filter(isContested)
/** Or of the moment from which it runs. */
export const contestedOf = (clock: RoomClock, lists: Lists) => [...endDoubted(clock, lists), ...lists.milestone.filter(({ what }) => what.event === clock.event).filter(isContested)]
/** Those of which the wall and the successor are told. */
export const toldOf = (clocks: RoomClock[], lists: Lists) => clocks.filter((one) => isOpen(one) || endDoubted(one, lists).length > 0)
/** "fait 02:40", "ne s'applique pas". */
export const clockWords = ({ state, met }: RoomClock, now: number, { word, f }: Words) => `${word('room.words.clock_state', state)}${met ? ` ${f.moment(met, now)}` : ''}`
/** What must come before anything is rebuilt. */
const before_rebuilding = ['complaint', 'evidence']
export const holdsRebuilding = (clocks: RoomClock[]) => clocks.filter((one) => before_rebuilding.includes(one.obligation) && isOpen(one))

/** `beside`: what is told first stands on the same screen already. */
export function ClocksPanel({ onDocument, beside = false }: { onDocument: (document: string) => void; beside?: boolean }) {
  const { t } = useWords()
  const { view, closed, lists } = useRoom()
  const clocks = beside && !closed ? view.clocks.filter(({ first }) => !first) : view.clocks
  const open = clocks.filter(isOpen)
  const urgent = open.filter(({ due }) => due === null)
  const dated = open.filter(({ due }) => due !== null)
  const rest = clocks.filter((one) => !isOpen(one))
  const list = (clocks: RoomClock[]) => <ul className={style.rows}>{clocks.map((one) => <ClockRow key={one.obligation} clock={one} onDocument={onDocument} />)}</ul>
  return (
    <section className={style.panel} aria-label={t('ui.room.clocks')}>
      <h2 className="h2">{t('ui.room.clocks')}</h2>
      {view.room.kind === 'exercise' && open.length > 0 ? <p className={style.guard}>{t('ui.room.clocks.simulated')}</p> : null}
      {open.length === 0 ? <p className="quiet">{t('ui.room.clocks.none')}</p> : null}
      {urgent.length > 0 ? <section><h3 className="h3">{t('ui.room.clocks.at_once')}</h3>{list(urgent)}</section> : null}
      {dated.length > 0 ? <section><h3 className="h3">{t('ui.room.clocks.dated')}</h3>{list(dated)}</section> : null}
      {rest.length > 0 ? <details><summary>{t('ui.room.clocks.rest', { count: rest.length, n: rest.length })}<ContestedMark lines={rest.flatMap((one) => contestedOf(one, lists))} /></summary>{list(rest)}</details> : null}
    </section>
  )
}

function ClockRow({ clock, onDocument }: { clock: RoomClock; onDocument: (document: string) => void }) {
  const words = useWords()
  const { t, f } = words
  const { writer, closed, lists } = useRoom()
  const now = useRoomNow()
  const written = useJustTold(clock.obligation)
  const [act, setAct] = useState<'' | 'met' | 'event'>('')
  const { obligation, label, state } = clock
  const left = clock.due ? Date.parse(clock.due) - now : null
  const late = state === 'late' || (isOpen(clock) && left !== null && left <= 0)
  const review = obligation.startsWith('review/')
  const notice = (to: 'open' | 'not_applicable') => writer.write({ kind: 'decision', deed: { notice: { obligation, label, state: to, whom: '', how: '', reference: '' } } })
  return (
    <li className={`${style.clock} ${late ? style.late : ''}`}>
      <div className={style.name}>
        <b>{label}</b> {clock.recipient ? <span className="quiet">{clock.recipient}</span> : null}
        {clock.confirmed || review ? null : <span className={style.mark}>{t('ui.room.clock.unconfirmed')}</span>}
      </div>
      <p>
        {isOpen(clock) ? (
          clock.due ? <b className={late ? style.over : undefined}>{late ? <span aria-hidden="true">▲ </span> : null}{t(late ? 'ui.room.clock.late' : 'ui.room.clock.left', { span: f.span(left ?? 0), time: f.moment(clock.due, now) })}</b> : <b>{t('ui.room.clock.at_once')}</b>
        ) : <span>{clockWords(clock, now, words)}</span>}
      </p>
      {clock.started && isOpen(clock) ? <p className="small quiet">{t(clock.assumed ? 'ui.room.clock.assumed' : 'ui.room.clock.started', { time: f.moment(clock.started, now) })}</p> : null}
      <Contested of={contestedOf(clock, lists)} />
      {written ? <p role="status">{t('ui.room.first.written')}</p> : closed || review ? null : (
        <div className={`${style.acts} no-print`}>
          {isOpen(clock) ? <Button size="compact-md" onClick={() => setAct(act === 'met' ? '' : 'met')} aria-expanded={act === 'met'}>{t('ui.room.clock.met')}<span className="sr-only"> – {label}</span></Button> : null}
          {isOpen(clock) ? <button type="button" className="link" onClick={() => notice('not_applicable')}>{t('ui.room.clock.not_applicable')}</button> : null}
          {state === 'not_applicable' || state === 'met' ? <button type="button" className="link" onClick={() => notice('open')}>{t(state === 'met' ? 'ui.room.clock.reopen' : 'ui.room.clock.applicable')}</button> : null}
          {clock.event && state !== 'met' ? <button type="button" className="link" aria-expanded={act === 'event'} onClick={() => setAct(act === 'event' ? '' : 'event')}>{t('ui.room.clock.event')}</button> : null}
          {clock.document ? <button type="button" className="link" onClick={() => onDocument(clock.document)}>{t('ui.room.clock.text')}</button> : null}
        </div>
      )}
      {act === 'met' && !written ? <NoticeForm clock={clock} onDone={() => setAct('')} /> : null}
      {act === 'event' ? (
        <DeedForm
          fields={[{ name: 'event_at', kind: 'when', required: true }]} initial={{ event_at: toField(clock.started ?? now) }} submit={t('ui.room.clock.event.send')} onCancel={() => setAct('')}
          onSend={(values) => {
            writer.write({ kind: 'fact', happened: fromField(values['event_at'] ?? '') ?? undefined, deed: { milestone: { event: clock.event, label: clock.event_label } } })
            setAct('')
          }}
        />
      ) : null}
      {clock.source ? <details className="small"><summary>{t('ui.room.clock.source')}</summary><p>{clock.source}</p></details> : null}
    </li>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// What the successor must be able to say after five minutes: outages, pending decisions, deadlines, absentees, moved patients.
import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { BoardElement } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { usePrinting } from '@/lib/use-printing'
import { StateGlyph } from '@/ui/state-glyph'
import { detailWords, outagesOf, shapeOf, stateOf } from './board-words'
import { clockWords, contestedOf, isOpen, toldOf } from './clocks-panel'
import { ContestedMark } from './contested'
import { DocumentText } from './document-text'
import { Handovers } from './handovers'
import { absentees, decisionsOf, presenceByCell, tasksOf, type Held } from './lists'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'
import { Unread } from './unread'

export function HandoverPart() {
  const words = useWords()
  const { t, f, word } = words
  const { view, lists, board, server } = useRoom()
  const now = useRoomNow()
  const [asText, setAsText] = useState(false)
  const out = board ? outagesOf(board, now) : { told: [], later: [] }
  const printing = usePrinting()
  const isDown = (one: BoardElement) => stateOf(one, now) !== 'full'
  const outages = [...out.told].sort((a, b) => Number(isDown(b)) - Number(isDown(a)))
  const later = out.later.map(({ name }) => name).join(', ')
  const summary = t('ui.room.handover.later', { count: out.later.length, n: f.whole(out.later.length) })
  const isPending = ({ what }: Held<'decision'>) => what.state === 'pending'
  const pending = decisionsOf(lists).holding.filter((one) => isPending(one) || one.what.review !== null || one.contested.length > 0).sort((a, b) => Number(isPending(b)) - Number(isPending(a)))
  // What must be done at once comes first; reviews stand with their decisions.
  const deadlines = toldOf(view.clocks, lists).filter(({ obligation }) => !obligation.startsWith('review/')).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
  const moved = lists.placement.filter(({ what, contested }) => what.state === 'moved' || what.state === 'to_move' || contested.length > 0)
  const isOver = (time: string) => Date.parse(time) <= now
  const over = (time: string) => (isOver(time) ? <span aria-hidden="true">▲ </span> : null)
  /** `unread`: instead of items that nobody has seen; a successor must not take them for none. */
  const list = (title: string, items: ReactNode[], unread?: ReactNode) => (
    <section aria-label={title}>
      <h3 className="h3">{title} {unread ? null : <span className="quiet">({items.length})</span>}</h3>
      {unread ? unread : items.length === 0 ? <p className="quiet">{t('ui.room.handover.nothing')}</p> : <ul className={style.rows}>{items.map((item, i) => <li key={i}>{item}</li>)}</ul>}
    </section>
  )
  return (
    <section className={style.panel} aria-label={t('ui.room.handover.page')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.handover.page')}</h2>
        <Button size="sm" variant="default" className="no-print" onClick={() => print()}>{t('ui.print')}</Button>
      </div>
      {list(t('ui.room.handover.outages'), outages.map((one) => <><StateGlyph state={shapeOf(stateOf(one, now))} /> <b>{one.name}</b><ContestedMark lines={one.contested} /> {detailWords(one, now, words).join(' · ')}</>), board ? undefined : <Unread of="board" />)}
      {later === '' ? null : printing ? <p>{summary}</p> : <details><summary>{summary}</summary><p>{later}</p></details>}
      {list(t('ui.room.handover.pending'), pending.map(({ what, contested }) => <><b>{what.title}</b><ContestedMark lines={contested} /> — {word('room.words.decision_state', what.state)}{what.decided_by ? ` · ${what.decided_by}` : ''}{what.review ? <> · {over(what.review)}{t('ui.room.decision.review', { time: f.moment(what.review, now), span: f.span(Date.parse(what.review) - now) })}</> : null}</>))}
      {list(t('ui.room.handover.deadlines'), deadlines.map((one) => <>{isOpen(one) ? <span className="quiet">{t('ui.room.handover.to_do')} </span> : null}<b>{one.label}</b><ContestedMark lines={contestedOf(one, lists)} /> — {!isOpen(one) ? clockWords(one, now, words) : one.due ? <>{over(one.due)}{t(isOver(one.due) ? 'ui.room.clock.late' : 'ui.room.clock.left', { span: f.span(Date.parse(one.due) - now), time: f.moment(one.due, now) })}</> : t('ui.room.handover.now')}</>))}
      {list(t('ui.room.tasks'), tasksOf(lists).open.map(({ what, contested }) => <><b>{what.title}</b><ContestedMark lines={contested} /> {contested.length > 0 ? word('room.words.task_state', what.state) : ''} {what.whose ? `— ${what.whose}` : ''} {what.due ? <>{over(what.due)}{f.moment(what.due, now)}</> : null}</>))}
      {list(t('ui.room.handover.present'), presenceByCell(lists).flatMap(({ cell, people }) => people.filter(({ what }) => what.state === 'present').map(({ what, contested }) => <><b>{what.person}</b><ContestedMark lines={contested} /> {[what.function, cell].filter(Boolean).join(' · ')}</>)))}
      {list(t('ui.room.handover.absent'), absentees(lists).map(({ what, contested }) => <><b>{what.person}</b><ContestedMark lines={contested} /> {what.cell} — {word('room.words.presence_state', what.state)} {what.expected ? f.moment(what.expected, now) : ''}</>))}
      {list(t('ui.room.handover.moved'), moved.map(({ what, contested }) => <><b>{what.number}</b><ContestedMark lines={contested} /> {what.service} {what.state === 'here' ? '' : `→ ${what.destination || '?'}`} — {word('room.words.placement_state', what.state)}</>))}
      <Handovers />
      {printing && later !== '' ? <section><h3 className="h3">{summary}</h3><p>{later}</p></section> : null}
      {server ? (
        <details className="no-print" onToggle={({ currentTarget }) => setAsText(currentTarget.open)}>
          <summary>{t('ui.room.handover.as_text')}</summary>
          {asText ? <DocumentText document="handover" /> : null}
        </details>
      ) : null}
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// The few lines to tick before anything else (data/obligations.json says which), on top of a fresh room. Once all are
// settled they are one line. In an exercise nothing here leads to a telephone.
import { Button } from '@mantine/core'
import { Fragment, useState } from 'react'
import type { RoomClock } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { Dialled } from '@/ui/dialled'
import { clockWords, contestedOf } from './clocks-panel'
import { Contested, ContestedMark } from './contested'
import style from './first-calls.module.css'
import { NoticeForm } from './notice-form'
import { useJustTold, useRoom, useRoomNow } from './room-context'

const isSettled = ({ state }: RoomClock) => state === 'met' || state === 'not_applicable'

export function FirstCalls() {
  const words = useWords()
  const { t, f } = words
  const { view, closed, lists } = useRoom()
  const now = useRoomNow()
  const simulated = view.room.kind === 'exercise'
  const first = view.clocks.filter((one) => one.first)
  if (closed || first.length === 0) return null
  const title = t(simulated ? 'ui.room.first.simulated' : 'ui.room.first')
  const list = <ul className={style.rows}>{first.map((one) => <FirstCall key={one.obligation} clock={one} simulated={simulated} />)}</ul>
  if (first.every(isSettled))
    return (
      <details className={style.settled}>
        <summary>{simulated ? `${t('ui.room.banner.exercise')} – ` : ''}{first.map((one, i) => <Fragment key={one.obligation}>{i > 0 ? ' · ' : ''}✓ {one.label} {one.met ? f.moment(one.met, now) : `(${clockWords(one, now, words)})`}<ContestedMark lines={contestedOf(one, lists)} /></Fragment>)}</summary>
        {list}
      </details>
    )
  return (
    <section className={`${style.first} ${simulated ? style.simulated : ''}`} aria-label={title}>
      <h2 className={style.title}>{title}</h2>
      {list}
    </section>
  )
}

function FirstCall({ clock, simulated }: { clock: RoomClock; simulated: boolean }) {
  const words = useWords()
  const { t } = words
  const { writer, plan, asked, lists } = useRoom()
  const now = useRoomNow()
  const [ticking, setTicking] = useState(false)
  const { obligation, label } = clock
  const phone = plan?.contacts.find(({ id }) => id === clock.contact)?.phone
  const written = useJustTold(obligation)
  const reopen = () => writer.write({ kind: 'decision', deed: { notice: { obligation, label, state: 'open', whom: '', how: '', reference: '' } } })
  return (
    <li>
      <div className={style.row}>
        <span className={style.what}><span aria-hidden="true">{isSettled(clock) ? '✓' : '○'}</span> <b>{label}</b> {clock.confirmed ? null : <span className={style.mark}>{t('ui.room.clock.unconfirmed')}</span>}</span>
        {simulated ? null : phone ? <b><Dialled number={phone} /></b> : <span className="quiet">{clock.recipient}{asked.plan.data === undefined ? ` ▲ ${t('ui.room.unread.number')}` : ''}</span>}
        {written ? <span role="status">{t('ui.room.first.written')}</span> : isSettled(clock) ? (
          <span>{clockWords(clock, now, words)} <button type="button" className="link" onClick={reopen}>{t('ui.room.clock.reopen')}<span className="sr-only"> – {label}</span></button></span>
        ) : (
          <Button size="compact-md" aria-expanded={ticking} onClick={() => setTicking(!ticking)}>{t(simulated ? 'ui.room.first.tick_simulated' : 'ui.room.clock.met')}<span className="sr-only"> – {label}</span></Button>
        )}
      </div>
      <Contested of={contestedOf(clock, lists)} />
      {ticking && !written && !isSettled(clock) ? <NoticeForm clock={clock} onDone={() => setTicking(false)} /> : null}
    </li>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// The same picture for a wall: read at five metres, nothing to press, nothing that turns.
import { lastAnswer, useUnreachedSince } from '@/api/reach'
import { useWords } from '@/lib/i18n'
import { StateGlyph } from '@/ui/state-glyph'
import { detailWords, outagesOf, shapeOf, stateOf } from './board-words'
import { clockWords, contestedOf, isOpen, toldOf } from './clocks-panel'
import { ContestedMark } from './contested'
import { decisionsOf, isContested } from './lists'
import { useRoom, useRoomNow } from './room-context'
import { Unread } from './unread'
import style from './wall.module.css'

const most_rows = 7

/** The clocks go on without the server: only these words tell that the rest does not. */
function OldPicture() {
  const { t, f } = useWords()
  const { view } = useRoom()
  const now = useRoomNow()
  if (useUnreachedSince() === null) return null
  const answered = lastAnswer()
  const time = answered ? new Date(Date.parse(answered) + view.ahead).toISOString() : view.now // a page opened anew shows a copy
  return <p className={style.old} role="status">▲ {t('ui.room.wall.old', { time: f.moment(time, now) })}</p>
}

export function Wall() {
  const words = useWords()
  const { t, f, word } = words
  const { view, lists, board } = useRoom()
  const now = useRoomNow()
  const { room } = view
  const out = board ? outagesOf(board, now) : { told: [], later: [] }
  const shown = [...out.told, ...out.later.filter(({ layer }) => layer !== 'component')]
  const clocks = toldOf(view.clocks, lists)
  const decisions = decisionsOf(lists).holding
  const rest = (n: number) => (n > 0 ? <p>{t('ui.room.wall.more', { n })}</p> : null)
  return (
    <div className={`${style.wall} room`} data-kind={room.kind}>
      <header className={`${style.top} ${style[room.kind]}`}>
        <h1>{t(`ui.room.banner.${room.kind}`)} · {room.name}</h1>
        <p className={style.since}>{room.closed ? t('ui.rooms.closed', { time: f.moment(room.closed, now) }) : f.sinceStart(now - Date.parse(room.opened))}</p>
        <p>{t(`ui.plan.level.${room.level}`)}<ContestedMark lines={lists.level.some(isContested)} /> · {f.clock(new Date(now).toISOString())}</p>
      </header>
      <OldPicture />
      <div className={style.columns}>
        <section aria-label={t('ui.room.clocks')}>
          <h2>{t('ui.room.wall.deadlines')}</h2>
          <ul>
            {clocks.slice(0, most_rows).map((one) => {
              const left = isOpen(one) && one.due ? Date.parse(one.due) - now : null
              return (
                <li key={one.obligation} className={left !== null && left <= 0 ? style.late : undefined}>
                  <b>{one.label}<ContestedMark lines={contestedOf(one, lists)} /></b>
                  <span className="nowrap">{!isOpen(one) ? clockWords(one, now, words) : left === null ? t('ui.room.clock.at_once') : `${left <= 0 ? '▲ ' : ''}${t(left > 0 ? 'ui.room.wall.left' : 'ui.room.wall.late', { span: f.span(left) })}`}</span>
                </li>
              )
            })}
          </ul>
          {rest(clocks.length - most_rows)}
        </section>
        <section aria-label={t('ui.room.board')}>
          <h2>{t('ui.room.board')}</h2>
          <Unread of="board" still />
          {board && shown.length === 0 ? <p>{t('ui.room.wall.well')}</p> : null}
          <ul>
            {shown.slice(0, most_rows).map((one) => (
              <li key={one.id || one.name}>
                <b>{one.name}<ContestedMark lines={one.contested} /></b>
                <StateGlyph state={shapeOf(stateOf(one, now))} />
                <span className={style.detail}>{detailWords(one, now, words)[0]}</span>
              </li>
            ))}
          </ul>
          {rest(shown.length - most_rows)}
        </section>
        <section aria-label={t('ui.room.decisions')}>
          <h2>{t('ui.room.wall.decisions')}</h2>
          {decisions.length === 0 ? <p>{t('ui.room.decisions.none')}</p> : null}
          <ul>
            {decisions.slice(0, 5).map(({ subject, what, since, contested }) => (
              <li key={subject}><b>{what.title}<ContestedMark lines={contested} /></b><span className={style.detail}>{contested.length > 0 || what.state !== 'taken' ? `${word('room.words.decision_state', what.state)} · ` : ''}{f.moment(since, now)}{what.decided_by ? ` · ${what.decided_by}` : ''}</span></li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

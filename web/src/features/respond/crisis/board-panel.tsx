// SPDX-License-Identifier: EUPL-1.2
// What is down and what follows: declared beside forecast, care first.
import { Button } from '@mantine/core'
import type { BoardElement, ImpactBoard } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { StateGlyph } from '@/ui/state-glyph'
import { Loaded } from '@/ui/states'
import { boardOf, forecastOf, layers, shapeOf, sinceWords, stopWords, toleranceWords } from './board-words'
import { Contested } from './contested'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'
import { Unread } from './unread'

export function BoardPanel({ onDeclare }: { onDeclare: (element?: string) => void }) {
  const { t, f } = useWords()
  const { asked, closed, server } = useRoom()
  return (
    <section className={style.panel} aria-label={t('ui.room.board')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.board')}</h2>
        {closed ? null : <Button size="sm" onClick={() => onDeclare()}>{t('ui.room.declare')}</Button>}
      </div>
      <Loaded asked={asked.board}>
        {(board) => (
          <>
            <Unread of="board" still />
            {board.known ? null : <p className="quiet">{t(server ? 'ui.room.board.unknown' : 'ui.stick.board')}</p>}
            {layers.map((layer) => {
              const { troubled, well } = boardOf(board, layer)
              // A component that nobody declared and that feels nothing has no business here.
              if (troubled.length === 0 && (layer === 'component' || well.length === 0)) return null
              return (
                <section key={layer}>
                  <h3 className="h3">{t(`ui.room.layer.${layer}`)}</h3>
                  <ul className={style.rows}>{troubled.map((one) => <ElementRow key={one.id || one.name} one={one} onDeclare={closed ? undefined : onDeclare} />)}</ul>
                  {layer === 'component' || well.length === 0 ? null : (
                    <details className="small">
                      <summary>{t('ui.room.board.well', { count: well.length, n: f.whole(well.length) })}</summary>
                      <p>{well.map(({ name }) => name).join(', ')}</p>
                    </details>
                  )}
                </section>
              )
            })}
            {board.first.length > 0 ? <First board={board} /> : null}
          </>
        )}
      </Loaded>
    </section>
  )
}

/** What to get back first, by the care that it would give back. */
function First({ board }: { board: ImpactBoard }) {
  const { t, f } = useWords()
  return (
    <section>
      <h3 className="h3">{t('ui.room.board.first')}</h3>
      <ol className={style.ranked}>
        {board.first.map((one) => (
          <li key={one.id || one.name}>
            <b>{one.name}</b> <span className="quiet">{t('ui.room.board.regained', { n: f.number(one.regained) })}</span>
            {one.with_others ? <span className="quiet"> {t('ui.room.board.with_others')}</span> : null}
            {one.services.length > 0 ? <span className="small"> {one.services.join(', ')}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

function ElementRow({ one, onDeclare }: { one: BoardElement; onDeclare: ((element: string) => void) | undefined }) {
  const words = useWords()
  const { t, f } = words
  const { board, lists } = useRoom()
  const now = useRoomNow()
  const stops = one.seen === 'down' ? '' : stopWords(one, now, words)
  const since = sinceWords(one, now, words)
  const tolerance = toleranceWords(one, now, words)
  const share = (value: number | null) => (value === null ? '—' : f.percent(value))
  return (
    <li className={style.element}>
      <div className={style.name}>
        {onDeclare ? <button type="button" className="plain" onClick={() => onDeclare(one.id || one.name)} title={t('ui.room.declare')}><b>{one.name}</b></button> : <b>{one.name}</b>}
      </div>
      <dl className={style.pair}>
        <div><dt>{t('ui.room.board.seen')}</dt><dd>{one.seen ? <StateGlyph state={shapeOf(one.seen)} /> : <span className="quiet">—</span>}</dd></div>
        {board?.known ? <div><dt>{t('ui.room.board.forecast')}</dt><dd><StateGlyph state={shapeOf(forecastOf(one, now))} /></dd></div> : null}
        {one.layer === 'service' && (one.capacity !== null || one.capacity_seen !== null) ? <div><dt>{t('ui.room.board.capacity')}</dt><dd>{t('ui.room.board.capacities', { seen: share(one.capacity_seen), forecast: share(one.capacity) })}</dd></div> : null}
      </dl>
      {stops ? <p className={style.stops}>{stops}</p> : null}
      {since ? <p className="small quiet">{since}</p> : null}
      {tolerance ? <p className={tolerance.over ? style.over : undefined}>{tolerance.over ? <span aria-hidden="true">▲ </span> : null}{tolerance.text}</p> : null}
      {one.contested ? <Contested of={lists.impact.filter(({ what }) => (one.id ? what.element === one.id : what.element === '' && what.name === one.name))} /> : null}
      {one.transfers > 0 ? <p>{t('ui.room.board.transfers', { count: one.transfers, n: f.whole(one.transfers) })}</p> : null}
    </li>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// What is on its way: calm, and only when there is something to say. Nothing that was typed is out of sight.
import { Button } from '@mantine/core'
import { useUnreachedSince } from '@/api/reach'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { saveAs } from '@/lib/save-as'
import { useLasting } from '@/lib/use-debounced'
import { SureLink } from '@/ui/sure-link'
import type { QueueFile } from './line-queue'
import { authorOf, lineText } from './line-words'
import { useRoom } from './room-context'
import style from './queue.module.css'

/** By so much this computer's clock may differ from the room's before it is said. */
const bearable_ms = 60_000
const glyphs = { sending: '…', waiting: '◷', refused: '▲', foreign: '▲' } as const

export function QueueStrip() {
  const words = useWords()
  const { t, f, say } = words
  const { writer, view } = useRoom()
  const since = useUnreachedSince()
  const slow = useLasting(writer.queued.length > 0, 300)
  const { queued } = writer
  const now = Date.now() // eslint-disable-line react-hooks/purity -- only to leave out today's date
  const failure = queued.find(({ error, state }) => error !== null && state !== 'refused') // a refused line says why itself
  const save = () => {
    const file: QueueFile = { room: view.room.id, name: view.room.name, lines: queued.map(({ line }) => line) }
    saveAs(`releve-lignes-${view.room.id}.json`, `${JSON.stringify(file, null, 2)}\n`, 'application/json')
  }
  const askew = Math.abs(view.ahead) > bearable_ms ? <p className={`${style.strip} no-print`} role="status">▲ {t(view.ahead > 0 ? 'ui.room.clock_behind' : 'ui.room.clock_ahead', { span: f.span(Math.abs(view.ahead)) })}</p> : null
  if (since === null && (queued.length === 0 || (!slow && queued.every(({ error }) => error === null)))) return askew
  return (
    <section className={`${style.strip} no-print`} role="status" aria-label={t('ui.room.queue')}>
      <p className="row">
        <b>{since ? t('ui.room.away', { since: f.moment(since, now) }) : t('ui.room.queue')}</b>
        <span>{t('ui.room.waiting', { count: queued.length, n: f.whole(queued.length) })}</span>
        {queued.length > 0 ? <Button size="compact-sm" variant="default" onClick={save}>{t('ui.room.queue.save')}</Button> : null}
      </p>
      {queued.some(({ kept }) => !kept) ? <p>▲ {t('ui.room.queue.not_kept')}</p> : null}
      {!since && failure ? <p className="small">{failureOf(failure.error).status === 401 ? t('ui.problem.signed_out') : say(failureOf(failure.error).said)}</p> : null}
      {queued.length > 0 ? (
        <ol className={style.lines}>
          {queued.map(({ line, state, error }) => (
            <li key={line.id}>
              <span className="nowrap"><span aria-hidden="true">{glyphs[state]} </span>{t(`ui.room.send.${state}`)}</span>{' '}
              <span className="tabular">{line.happened ? f.moment(line.happened, now) : ''}</span> <span className="break">{lineText(line, words)}</span>
              {state === 'foreign' ? <span className="row"><b>{t('ui.room.queue.by', { who: authorOf({ author: line.author ?? '' }) })}</b><button type="button" className="link" onClick={() => writer.retry(line.id)}>{t('ui.room.queue.take_over')}</button></span> : null}
              {state === 'refused' ? (
                <span className="row">
                  <span>{say(failureOf(error).said)}</span>
                  <button type="button" className="link" onClick={() => writer.retry(line.id)}>{t('ui.retry')}</button>
                  <SureLink onSure={() => writer.drop(line.id)} sure={t('ui.room.queue.drop.sure')}>{t('ui.room.queue.drop')}</SureLink>
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  )
}

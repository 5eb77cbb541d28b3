// SPDX-License-Identifier: EUPL-1.2
import type { LineRow } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { authorOf, lineText } from './line-words'
import { deedName, isContested, type DeedName, type Held } from './lists'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'
import { statesATime } from './standing'

/** Where there is no room for what they say. */
export function ContestedMark({ lines }: { lines: unknown[] | boolean }) {
  const { t } = useWords()
  return (Array.isArray(lines) ? lines.length > 0 : lines) ? <b> <span aria-hidden="true">▲ </span>{t('ui.room.contested.short')}</b> : null
}

/** Saying these once more is all that settles them; a level, an outage or a bulletin has more to say, and its own form. */
const said_again: DeedName[] = ['task', 'tick', 'decision', 'presence', 'handover', 'request', 'placement', 'milestone', 'notice']

/** The line that stands and those that say otherwise, written without knowing of each other: people settle which is true. */
export function Contested({ of }: { of: Held<DeedName>[] }) {
  const doubted = of.filter(isContested)
  return doubted.length === 0 ? null : <Doubted of={doubted} />
}

function Doubted({ of }: { of: Held<DeedName>[] }) {
  const words = useWords()
  const { t, f } = words
  const { lines, writer, closed } = useRoom()
  const now = useRoomNow(60_000)
  /** A post whose clock was ahead may state a time that has not come: whoever knows better says it in the form. */
  const canKeep = ({ deed, happened }: LineRow['line'], name: DeedName) => said_again.includes(name) && !(statesATime(deed) && Date.parse(happened) > now)
  const keep = ({ kind, happened, from, to, text, deed }: LineRow['line']) => writer.write({ kind, from, to, text, deed, ...(statesATime(deed) ? { happened } : {}) })
  return (
    <div className={style.contested}>
      <b><span aria-hidden="true">▲ </span>{t('ui.room.contested')}</b>
      {of.map(({ subject, row, contested }) => (
        <ul key={subject}>
          {[row.line.id, ...contested].map((id) => {
            const line = id === row.line.id ? row.line : lines.find((one) => one.line.id === id)?.line
            const name = deedName(line?.deed)
            const said = line ? `${f.moment(line.happened, now)} — ${lineText(line, words)} (${authorOf(line)})` : t('ui.room.unread.line')
            return (
              <li key={id}>
                {said}
                {line && name && canKeep(line, name) && !closed ? <> <button type="button" className="link no-print" aria-label={`${t('ui.room.contested.keep')} – ${said}`} onClick={() => keep(line)}>{t('ui.room.contested.keep')}</button></> : null}
              </li>
            )
          })}
        </ul>
      ))}
    </div>
  )
}

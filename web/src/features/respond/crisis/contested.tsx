// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'
import { authorOf, lineText } from './line-words'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

/** Where there is no room for what they say. */
export function ContestedMark({ lines }: { lines: unknown[] | boolean }) {
  const { t } = useWords()
  return (Array.isArray(lines) ? lines.length > 0 : lines) ? <b> <span aria-hidden="true">▲ </span>{t('ui.room.contested.short')}</b> : null
}

/** Lines that say otherwise, written without knowing of the one that stands: people settle it by saying it once more. */
export function Contested({ lines }: { lines: string[] }) {
  const words = useWords()
  const { lines: all } = useRoom()
  const now = useRoomNow(60_000)
  if (lines.length === 0) return null
  return (
    <div className={style.contested}>
      <b><span aria-hidden="true">▲ </span>{words.t('ui.room.contested')}</b>
      <ul>
        {lines.map((id) => {
          const line = all.find((row) => row.line.id === id)?.line
          return line ? <li key={id}>{words.f.moment(line.happened, now)} — {lineText(line, words)} ({authorOf(line)})</li> : <li key={id}>{words.t('ui.room.unread.line')}</li>
        })}
      </ul>
    </div>
  )
}

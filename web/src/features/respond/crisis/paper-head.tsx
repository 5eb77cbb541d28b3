// SPDX-License-Identifier: EUPL-1.2
// What every printed page of a room carries: which room, whether it is an exercise, and how far its journal went then.
import { useWords } from '@/lib/i18n'
import { useMargins } from '@/lib/use-printing'
import { useRoom, useRoomNow } from './room-context'
import style from './panels.module.css'

export function PaperHead() {
  const { t, f } = useWords()
  const { view } = useRoom()
  const now = useRoomNow(60_000)
  const { kind, name } = view.room
  const own = view.chains.find((chain) => chain.own)
  const word = t(`ui.room.banner.${kind}`)
  useMargins(kind === 'exercise' ? t('ui.answer.exercise') : '', `${name} · ${t('ui.room.head')} ${own?.short_head ?? ''}`)
  return (
    <p className={style.paper_head}>
      <b>{word} · {name}</b> · {t('ui.room.paper.at', { at: f.instant(new Date(now).toISOString()) })}{own ? ` · ${t('ui.room.lines', { count: own.lines, n: f.whole(own.lines) })} · ${t('ui.room.head')} ${own.short_head}` : ''}
    </p>
  )
}

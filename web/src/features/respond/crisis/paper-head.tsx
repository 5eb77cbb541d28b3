// SPDX-License-Identifier: EUPL-1.2
// What every printed page of a room carries: which room, whether it is an exercise, and how far its journal went then,
// all that was taken into it included.
import { useWords } from '@/lib/i18n'
import { useMargins } from '@/lib/use-printing'
import { useRoom, useRoomNow } from './room-context'
import style from './panels.module.css'

/** `facility`: its name, where nothing else on the page says it. */
export function PaperHead({ facility = '' }: { facility?: string }) {
  const { t, f } = useWords()
  const { view } = useRoom()
  const now = useRoomNow(60_000)
  const { kind, name } = view.room
  const chains = view.chains.filter(({ lines }) => lines > 0)
  const lines = chains.reduce((sum, one) => sum + one.lines, 0)
  const head = `${t('ui.room.head')} ${chains.map(({ short_head }) => short_head).join(' / ')}`
  useMargins(kind === 'exercise' ? t('ui.answer.exercise') : '', [facility, name, head].filter(Boolean).join(' · '))
  return (
    <p className={style.paper_head}>
      <b>{t(`ui.room.banner.${kind}`)} · {facility ? `${facility} · ` : ''}{name}</b> · {t('ui.room.paper.at', { at: f.instant(new Date(now).toISOString()) })} · {t('ui.room.lines', { count: lines, n: f.whole(lines) })} · {head}
    </p>
  )
}

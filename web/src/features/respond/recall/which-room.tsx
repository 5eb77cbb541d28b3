// SPDX-License-Identifier: EUPL-1.2
// For which room people are called: said wherever something is about to leave, asked where more than one is open.
import { Link } from 'react-router'
import type { RoomRow } from '@/api/client'
import banner from '@/ui/banner.module.css'
import { useWords } from '@/lib/i18n'
import style from './recall.module.css'

/** Kind, name and opening; the colours of the banner, which nobody takes one for the other. */
export function WhichRoom({ room: { kind, name, opened } }: { room: RoomRow }) {
  const { t, f } = useWords()
  return (
    <p className={`${banner.banner} ${banner[kind]} no-print`}>
      <b className={banner.word}>{t(`ui.room.banner.${kind}`)}</b>
      <span className={banner.name}>{t('ui.recall.for', { name, opened: f.instant(opened) })}</span>
    </p>
  )
}

export function AskRoom({ rooms, to }: { rooms: RoomRow[]; to: (room: string) => string }) {
  const { t } = useWords()
  return (
    <section className="stack">
      <h2 className="h2">{t('ui.recall.which')}</h2>
      <ul className={style.rooms}>{rooms.map((one) => <li key={one.id}><Link to={to(one.id)}><WhichRoom room={one} /></Link></li>)}</ul>
    </section>
  )
}

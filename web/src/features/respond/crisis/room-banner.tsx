// SPDX-License-Identifier: EUPL-1.2
// The banner that cannot be missed, on every screen while a room of the facility is open.
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useNow } from '@/lib/use-now'
import style from './banner.module.css'

export function RoomBanner({ facility }: { facility: string }) {
  const { t, f } = useWords()
  const { pathname } = useLocation()
  const now = useNow()
  const rooms = useQuery({ ...queries.rooms(facility), enabled: facility !== '', retry: false })
  const open = (rooms.data?.items ?? []).filter(({ closed }) => closed === null)
  return open.map((one) => {
    const root = `/facilities/${encodeURIComponent(facility)}/room/${one.id}`
    const left = one.next_due ? Date.parse(one.next_due) - now : 0
    return (
      <section key={one.id} className={`${style.banner} ${style[one.kind]} no-print`} aria-label={`${t(`ui.room.banner.${one.kind}`)} – ${one.name}`}>
        <b className={style.word}>{t(`ui.room.banner.${one.kind}`)}</b>
        <span className={style.name}>{one.name}</span>
        <span>{t(`ui.plan.level.${one.level}`)}</span>
        <b className="tabular nowrap">{f.sinceStart(now - Date.parse(one.opened))}</b>
        {one.next_label ? <span className={style.next}>{one.next_label}{' '}{one.next_due ? t(left > 0 ? 'ui.room.clock.left' : 'ui.room.clock.late', { span: f.span(left), time: f.moment(one.next_due, now) }) : t('ui.room.clock.at_once')}</span> : null}
        {pathname.startsWith(root) ? null : <Link to={root} className={style.open}>{t('ui.room.banner.open')}</Link>}
      </section>
    )
  })
}

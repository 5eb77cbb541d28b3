// SPDX-License-Identifier: EUPL-1.2
// The banner that cannot be missed, on every screen while a room of the facility is open.
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import type { RoomRow } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { recallNames } from '@/lib/keep'
import { useLasting } from '@/lib/use-debounced'
import { useNow } from '@/lib/use-now'
import style from '@/ui/banner.module.css'
import { useQueued } from './use-writer'

export function RoomBanner({ facility }: { facility: string }) {
  const rooms = useQuery({ ...queries.rooms(facility), enabled: facility !== '', retry: false })
  return (rooms.data?.items ?? []).filter(({ id, closed }) => closed === null || recallNames(`line/${id}/`).length > 0).map((one) => <RoomStrip key={one.id} facility={facility} one={one} />)
}

function RoomStrip({ facility, one }: { facility: string; one: RoomRow }) {
  const { t, f } = useWords()
  const { pathname } = useLocation()
  const now = useNow()
  const queued = useQueued(facility, one.id, useQuery(queries.session()).data?.user ?? '')
  const root = `/facilities/${encodeURIComponent(facility)}/room/${one.id}`
  const left = one.next_due ? Date.parse(one.next_due) - now : 0
  const here = pathname.startsWith(root)
  const waiting = useLasting(queued.length > 0, 300) && !here
  if (one.closed !== null && queued.length === 0) return null
  return (
    <section className={`${style.banner} ${style[one.kind]} no-print`} aria-label={`${t(`ui.room.banner.${one.kind}`)} – ${one.name}`}>
      <b className={style.word}>{t(`ui.room.banner.${one.kind}`)}</b>
      <span className={style.name}>{one.name}</span>
      <span>{t(`ui.plan.level.${one.level}`)}</span>
      <b className="tabular nowrap">{one.closed ? t('ui.rooms.closed', { time: f.moment(one.closed, now) }) : f.sinceStart(now - Date.parse(one.opened))}</b>
      {waiting ? <b>▲ {t('ui.room.waiting', { count: queued.length, n: f.whole(queued.length) })}</b> : null}
      {one.next_label && !one.closed ? <span className={style.next}>{one.next_label}{' '}{one.next_due ? t(left > 0 ? 'ui.room.clock.left' : 'ui.room.clock.late', { span: f.span(left), time: f.moment(one.next_due, now) }) : t('ui.room.clock.at_once')}</span> : null}
      {here ? null : <Link to={root} className={style.open}>{t('ui.room.banner.open')}</Link>}
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// One strip per service: darkness is the median share of capacity lost, the outline holds 90 % of the worlds.
import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { CapacityPoint, ServiceResult } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { axis_marks, hoursAt, nearest, place } from '@/lib/time-axis'
import style from './assessment.module.css'
import { outline } from './strip-shape'

interface Spot { row: number; hours: number }

export function ServiceStrips({ services }: { services: ServiceResult[] }) {
  const { t, f } = useWords()
  const [spot, setSpot] = useState<Spot | null>(null)
  const onKey = (event: KeyboardEvent) => {
    const next = walked(spot, event.key, services)
    if (next === undefined) return
    event.preventDefault()
    setSpot(next)
  }
  return (
    <figure>
      <Readout spot={spot} services={services} />
      <div
        className={style.strips}
        tabIndex={0}
        role="group"
        aria-label={t('ui.strips.label')}
        onKeyDown={onKey}
        onPointerLeave={() => setSpot(null)}
        onBlur={() => setSpot(null)}
      >
        <Axis />
        {services.map((service, row) => (
          <Strip key={service.id} service={service} at={spot?.row === row ? spot.hours : null} onAt={(hours) => setSpot({ row, hours })} />
        ))}
      </div>
      <figcaption className={`${style.key} small`}>
        <span>{t('ui.strips.key')}</span>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <span key={share} className={style.swatch}>
            <svg width="26" height="14" aria-hidden="true"><rect width="26" height="14" className={style.cell} opacity={share} /><rect width="26" height="14" className={style.frame} /></svg>
            {f.percent(share)}
          </span>
        ))}
        <span className={style.swatch}>
          <svg width="26" height="14" aria-hidden="true"><path d="M1 10L13 5L25 3V11L13 12L1 13Z" className={style.band} /></svg>
          {t('ui.strips.band')}
        </span>
      </figcaption>
    </figure>
  )
}

/** Arrows walk services and moments, Home and End the ends of time, Escape leaves. */
export function walked(spot: Spot | null, key: string, services: ServiceResult[]): Spot | null | undefined {
  if (key === 'Escape') return spot ? null : undefined
  if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) return undefined
  const row = spot?.row ?? 0
  const points = services[row]?.capacity ?? []
  if (!spot) return { row, hours: points[0]?.hours ?? axis_marks[0] ?? 2 }
  const at = nearest(points, spot.hours)
  const hour = (index: number) => points[Math.min(points.length - 1, Math.max(0, index))]?.hours ?? spot.hours
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    return { row: Math.min(services.length - 1, Math.max(0, row + (key === 'ArrowDown' ? 1 : -1))), hours: spot.hours }
  }
  if (key === 'Home') return { row, hours: hour(0) }
  if (key === 'End') return { row, hours: hour(points.length - 1) }
  return { row, hours: hour(at + (key === 'ArrowRight' ? 1 : -1)) }
}

function Readout({ spot, services }: { spot: Spot | null; services: ServiceResult[] }) {
  const { t, f } = useWords()
  const service = spot ? services[spot.row] : undefined
  const point = service && spot ? service.capacity[nearest(service.capacity, spot.hours)] : undefined
  return (
    <p className={`${style.readout} no-print`} role="status">
      {service && point
        ? t('ui.strips.readout', {
            service: service.name,
            time: f.hours(point.hours),
            lost: f.percent(point.p50),
            interval: f.between(f.percent(point.p5), f.percent(point.p95)),
            stops: f.percent(service.stop_probability),
            struck: service.stop_probability_if_struck === null ? '—' : f.percent(service.stop_probability_if_struck),
          })
        : t('ui.strips.hint')}
    </p>
  )
}

function Axis() {
  const { f, t } = useWords()
  return (
    <div className={style.axis} aria-hidden="true">
      <span />
      <span className={style.marks}>
        {axis_marks.map((hours) => (
          <span key={hours} className={style.mark} style={{ insetInlineStart: `${place(hours) * 100}%` }}>
            {hours >= 336 ? t('ui.weeks', { n: hours / 168 }) : f.hours(hours)}
          </span>
        ))}
      </span>
      <span className={style.end}>{t('ui.strips.down')}</span>
    </div>
  )
}

function Strip({ service, at, onAt }: { service: ServiceResult; at: number | null; onAt: (hours: number) => void }) {
  const { f } = useWords()
  const down = service.hours_down && f.hoursSpread(service.hours_down)
  const censored = service.worlds_censored * 2 > service.worlds_stopped && service.worlds_stopped > 0
  const move = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    onAt(hoursAt((event.clientX - box.left) / Math.max(1, box.width)))
  }
  return (
    <div className={at === null ? style.strip : `${style.strip} ${style.strip_here}`}>
      <span className={style.strip_name} title={service.name}>{service.name}</span>
      <span className={style.strip_box} onPointerMove={move} onPointerDown={move}>
        <StripShape points={service.capacity} />
        {at === null ? null : <span className={style.cursor} style={{ insetInlineStart: `${place(at) * 100}%` }} />}
      </span>
      <span className={style.strip_figure}>
        {down ? <>{censored ? '> ' : ''}<b>{down.figure}</b> <span className="quiet">({down.interval})</span></> : <span className="quiet">—</span>}
      </span>
    </div>
  )
}

const wide = 1000
const tall = 24

function StripShape({ points }: { points: CapacityPoint[] }) {
  const shape = useMemo(
    () => ({
      cells: points.map((point, i) => {
        const from = i === 0 ? 0 : place(point.hours) * wide
        const next = points[i + 1]
        return { from, to: next ? place(next.hours) * wide : wide, dark: point.p50 }
      }),
      band: outline(points, wide, tall),
    }),
    [points],
  )
  return (
    <svg viewBox={`0 0 ${wide} ${tall}`} preserveAspectRatio="none" className={style.svg} aria-hidden="true">
      {shape.cells.map((cell) => (
        <rect key={cell.from} x={cell.from} width={Math.max(0, cell.to - cell.from)} height={tall} className={style.cell} opacity={cell.dark} />
      ))}
      <path d={shape.band} className={style.band_halo} vectorEffect="non-scaling-stroke" />
      <path d={shape.band} className={style.band} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import type { CapacityPoint } from '@/api/client'
import { axis_end, place } from '@/lib/time-axis'

/** The closed line around the 90 % band: along p95, back along p5. Full loss is the top of the strip; the last point holds to the end. */
export function outline(known: CapacityPoint[], wide: number, tall: number): string {
  const last = known.at(-1)
  if (!last) return ''
  const points = [...known, { ...last, hours: axis_end }]
  const at = (hours: number, share: number) => `${(place(hours) * wide).toFixed(1)} ${((1 - share) * (tall - 2) + 1).toFixed(1)}`
  const upper = points.map((point) => at(point.hours, point.p95))
  const lower = points.map((point) => at(point.hours, point.p5)).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}

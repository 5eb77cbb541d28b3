// SPDX-License-Identifier: EUPL-1.2
// The logarithmic time axis of an outage, 2 hours to 8 weeks.

export const axis_start = 2
export const axis_end = 8 * 7 * 24
export const axis_marks = [2, 8, 24, 72, 168, 336, 672, 1344]

/** 0 at two hours, 1 at eight weeks; clamped. */
export function place(hours: number): number {
  const at = Math.log(Math.max(hours, 1e-9) / axis_start) / Math.log(axis_end / axis_start)
  return Math.min(1, Math.max(0, at))
}

/** Inverse of `place`. */
export function hoursAt(share: number): number {
  return axis_start * (axis_end / axis_start) ** Math.min(1, Math.max(0, share))
}

/** The point whose hour is nearest on the axis. */
export function nearest<P extends { hours: number }>(points: P[], hours: number): number {
  let best = 0
  points.forEach((point, i) => {
    const now = points[best]
    if (now && Math.abs(place(point.hours) - place(hours)) < Math.abs(place(now.hours) - place(hours))) best = i
  })
  return best
}

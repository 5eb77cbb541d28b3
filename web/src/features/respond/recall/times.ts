// SPDX-License-Identifier: EUPL-1.2

/** The next moment at which clocks here show "07:30": tomorrow when that hour has passed. */
export function nextTimeAt(clock: string, now: Date): Date {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const at = new Date(now)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() < now.getTime() - 60_000) at.setDate(at.getDate() + 1)
  return at
}

/** So many minutes from now, as the server reads it. */
export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

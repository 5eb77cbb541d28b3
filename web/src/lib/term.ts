// SPDX-License-Identifier: EUPL-1.2
interface Dated { starts?: string | null; ends?: string | null }

/** Does what was given from a day to a day, either of them perhaps not said, hold on that day ("2026-11-26")? */
export function termOf({ starts, ends }: Dated, day: string): 'not_yet' | 'valid' | 'over' {
  if (ends && ends < day) return 'over'
  return starts && starts > day ? 'not_yet' : 'valid'
}

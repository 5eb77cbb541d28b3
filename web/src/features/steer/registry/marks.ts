// SPDX-License-Identifier: EUPL-1.2
// What the map says of a territory, however it is drawn.
import style from './registry.module.css'

export interface Mark {
  code: string
  name: string
  short: string[] // lines of a label: departments are known by their code, regions are not
  region: string // id of the place that a click leads to; empty: none
  value: number
  look: string
}
/** By INSEE's code. A territory that has none lies outside of what the page is about. */
export type Marks = Map<string, Mark>

const steps = 5

/** Which of five equal steps of the largest value; 0: nothing there. */
function stepOf(value: number, most: number): number {
  return most > 0 && value > 0 ? Math.min(steps, Math.ceil((value / most) * steps)) : 0
}

export function marksOf(territories: Omit<Mark, 'look'>[]): Marks {
  const most = Math.max(0, ...territories.map(({ value }) => value))
  return new Map(territories.map((one) => [one.code, { ...one, look: style[`step${stepOf(one.value, most)}`] ?? '' }]))
}

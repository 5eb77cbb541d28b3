// SPDX-License-Identifier: EUPL-1.2
import type { MeasureCost, MeasureResult } from '@/api/client'

/** The measures ticked, and the costs that the reader has put in place of ours. */
export interface Choice { measures: string[]; costs: MeasureCost[] }
export const no_choice: Choice = { measures: [], costs: [] }

export function ticked(choice: Choice, id: string, on: boolean): Choice {
  const others = choice.measures.filter((one) => one !== id)
  return { ...choice, measures: on ? [...others, id].sort() : others }
}

export function costOf(choice: Choice, measure: MeasureResult): MeasureCost {
  const own = choice.costs.find(({ id }) => id === measure.id)
  return own ?? { id: measure.id, cost_eur: measure.cost_eur, effort_days: measure.effort_days }
}

export function priced(choice: Choice, cost: MeasureCost): Choice {
  return { ...choice, costs: [...choice.costs.filter(({ id }) => id !== cost.id), cost].sort((a, b) => a.id.localeCompare(b.id)) }
}

/** How many measures share each rank: those cannot be told apart. Rank 0 is "not ranked". */
export function sharers(measures: MeasureResult[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { rank } of measures) if (rank > 0) counts.set(rank, (counts.get(rank) ?? 0) + 1)
  return counts
}

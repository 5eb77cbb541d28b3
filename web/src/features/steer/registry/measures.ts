// SPDX-License-Identifier: EUPL-1.2
// What is counted within a place, and which of the counts the map shows.
import { useNamed } from '@/lib/use-named'

export const measures = ['health', 'sites', 'entities', 'beds', 'emergency'] as const
export type Measure = (typeof measures)[number]

export function useMeasure(): [Measure, (value: string) => void] {
  const [named, choose] = useNamed('measure', 'health')
  return [measures.find((one) => one === named) ?? 'health', choose]
}

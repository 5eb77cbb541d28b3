// SPDX-License-Identifier: EUPL-1.2
import { useNamed } from '@/lib/use-named'

/** As many as the server sets side by side. */
export const most_compared = 6

/** The places set side by side, which the address names. */
export function useCompared(): [string[], (ids: string[]) => void] {
  const [named, choose] = useNamed('compare', '')
  return [named ? named.split(',') : [], (ids) => choose(ids.join(','))]
}

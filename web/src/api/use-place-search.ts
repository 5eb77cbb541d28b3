// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import { queries } from './queries'
import { useDebounced } from '@/lib/use-debounced'

/** What the registry finds for what is being typed; nothing for one sign, or for the name that was just chosen. */
export function usePlaceSearch(typed: string, chosen?: string) {
  const words = useDebounced(typed.trim(), 150)
  const asks = words.length > 1
  const asked = useQuery({ ...queries.placeSearch(words), enabled: asks && words !== chosen })
  return { asks, asked, items: asks ? (asked.data?.items ?? []) : [] }
}

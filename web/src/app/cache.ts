// SPDX-License-Identifier: EUPL-1.2
import { QueryClient } from '@tanstack/react-query'
import { failureOf } from '@/lib/failure'

/** A refusal (4xx) is an answer and is not asked again; a broken line is, twice. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => {
          const { status } = failureOf(error)
          return (status === 0 || status >= 500) && count < 2
        },
      },
    },
  })
}

// SPDX-License-Identifier: EUPL-1.2
import { QueryClient } from '@tanstack/react-query'
import { failureOf } from '@/lib/failure'

/** A refusal (4xx) is an answer and is not asked again; a broken line is, twice. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // A hospital cut off from the internet still has its server: the browser's idea of being online stops nothing.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
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

// SPDX-License-Identifier: EUPL-1.2
// Signing out leaves nothing in this browser of what was read or half written; lines on their way stay, in their
// writer's name. It does not wait for the server, which may be away: what it was not told, main.tsx says once it is back.
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNavigate, type NavigateFunction } from 'react-router'
import { client } from '@/api/client'
import { forgetCopies } from '@/lib/copies'
import { failureOf } from '@/lib/failure'
import { onKept, remember } from '@/lib/keep'

const at_most = 3_000 // milliseconds for the server to answer

/** The door first: nothing that is still on the screen then writes or asks again. */
async function forget(cache: QueryClient, go: NavigateFunction) {
  await go('/sign-in')
  cache.clear()
  await forgetCopies()
}

/** Where a provider of identities ends its own session, if one does. Given up after a while: an answer that came later
    would take the cookie of whoever has signed in since. */
export async function tellLeaving(): Promise<string> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), at_most)
  try {
    const { go_on } = await client.signOut(stop.signal)
    remember('leaving', null)
    return go_on
  } catch (problem) {
    if (failureOf(problem).status === 401) remember('leaving', null)
    return ''
  } finally {
    clearTimeout(timer)
  }
}

export function useLeave() {
  const cache = useQueryClient()
  const go = useNavigate()
  return async () => {
    remember('leaving', 'yes')
    const told = tellLeaving()
    await forget(cache, go)
    const onward = await told
    if (onward) location.assign(onward)
  }
}

/** Somebody left in another tab: this one shows nothing of theirs any longer, and writes nothing again. */
export function useLeaving(): void {
  const cache = useQueryClient()
  const go = useNavigate()
  useEffect(() => {
    return onKept('leaving', (value) => void (value === 'yes' && forget(cache, go)))
  }, [cache, go])
}

// SPDX-License-Identifier: EUPL-1.2
// Whether the server answers, and since when not. The browser's own idea of being online says nothing on a hospital's
// isolated network, so only our own requests are believed.
import { useSyncExternalStore } from 'react'

let lostAt: string | null = null
const watchers = new Set<() => void>()

export function tellReach(answered: boolean): void {
  if (answered === (lostAt === null)) return
  lostAt = answered ? null : new Date().toISOString()
  watchers.forEach((act) => act())
}

export function onReach(act: () => void): () => void {
  watchers.add(act)
  return () => watchers.delete(act)
}

/** Null while the server answers; else since when it does not. */
export const unreachedSince = () => lostAt
export const useUnreachedSince = () => useSyncExternalStore(onReach, unreachedSince)

/** What a proxy says when nobody is behind it. */
export const isAway = (status: number) => status === 0 || status === 502 || status === 504

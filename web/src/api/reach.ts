// SPDX-License-Identifier: EUPL-1.2
// Whether the server answers and still knows who asks, and since when not. The browser's own idea of being online says
// nothing on a hospital's isolated network, so only our own requests are believed.
import { useSyncExternalStore } from 'react'

/** What may begin and end, and when it began; null while it is not so. */
function lasting() {
  let begun: string | null = null
  const watchers = new Set<() => void>()
  return {
    tell: (is: boolean): void => {
      if (is === (begun !== null)) return
      begun = is ? new Date().toISOString() : null
      watchers.forEach((act) => act())
    },
    on: (act: () => void): (() => void) => {
      watchers.add(act)
      return () => watchers.delete(act)
    },
    since: () => begun,
  }
}

const away = lasting()
const signedOut = lasting()

let answeredAt: string | null = null
export function tellReach(answered: boolean): void {
  if (answered) answeredAt = new Date().toISOString()
  away.tell(!answered)
}
/** So long, in ms, nothing else has answered when a server that says it cannot work counts as away. */
const silence = 15_000
/** A full disk, or a database that is only read: some questions are answered with a 503 and others well, and reach does not
    come and go with each of them. */
export function tellUnable(): void {
  if (answeredAt === null || Date.now() - Date.parse(answeredAt) >= silence) away.tell(true)
}
/** Nobody has answered what was asked at that time (ms). If something else was answered since, that question alone takes long. */
export function tellSilent(asked: number): void {
  if (answeredAt === null || Date.parse(answeredAt) <= asked) away.tell(true)
}
/** When the server last answered this page; null: it never has. */
export const lastAnswer = () => answeredAt
export const onReach = away.on
/** Null while the server answers; else since when it does not. */
export const unreachedSince = away.since
export const useUnreachedSince = () => useSyncExternalStore(away.on, away.since)

/** The server answered that it does not know who asks. */
export const tellSignedOut = signedOut.tell
export const onSignedOut = signedOut.on
export const signedOutSince = signedOut.since
export const useSignedOutSince = () => useSyncExternalStore(signedOut.on, signedOut.since)

/** With a 503 the server says that it cannot work, or only that it has too much to do; a proxy's own bears no code of ours. */
const unable = ['ui.problem.unknown', 'api.environment', 'http.stopping']
/** No answer, a proxy that has nobody behind it, or a server that cannot work. */
export const isAway = ({ status, said }: { status: number; said: { code: string } }) => [0, 502, 504].includes(status) || (status === 503 && unable.includes(said.code))

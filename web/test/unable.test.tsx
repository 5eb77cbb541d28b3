// SPDX-License-Identifier: EUPL-1.2
// A server that answers, and says with a 503 that it cannot do what is asked: whether it counts as away.
import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { client } from '@/api/client'
import { queries } from '@/api/queries'
import { onReach, unreachedSince } from '@/api/reach'
import { uuid7 } from '@/lib/uuid7'
import { room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { serve } from './page'

// The browser's own store of copies is not in jsdom.
const copies = vi.hoisted(() => new Map<string, unknown>())
vi.mock('@/lib/copies', async (original) => ({
  ...(await original<object>()),
  keepCopy: async (name: string, value: unknown) => void copies.set(name, value),
  copyOf: async (name: string) => copies.get(name),
}))

afterEach(async () => {
  vi.useRealTimers()
  serve('full')
  await client.session() // whatever was told of the server is taken back
})

test.each([
  ['<h1>503 Service Unavailable</h1>', true], ['api.environment', true], ['http.stopping', true], ['http.busy', false], ['http.too_many_uploads', false],
])('a 503 that says %s: away is %s, once nothing else was answered for a while', async (said, away) => {
  vi.useFakeTimers()
  serve('full')
  await client.session()
  const body = said.startsWith('<') ? said : JSON.stringify({ kind: 'unavailable', message: { code: said } })
  vi.stubGlobal('fetch', async () => new Response(body, { status: 503 }))
  for (const wait of [0, 14_000]) {
    await vi.advanceTimersByTimeAsync(wait)
    await expect(client.session()).rejects.toMatchObject({ status: 503 })
    expect(unreachedSince()).toBeNull()
  }
  await vi.advanceTimersByTimeAsync(14_000)
  await expect(client.session()).rejects.toMatchObject({ status: 503 })
  expect(unreachedSince() !== null).toBe(away)
})

/** A full disk: what is read is answered, but for `fails`; nothing can be written. */
function full(fails = /^$/) {
  serve('full')
  const answers = fetch
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
    init.method === 'POST' || fails.test(url) ? Response.json({ kind: 'unavailable', message: { code: 'api.environment' } }, { status: 503 }) : answers(url, init))
}

test('a server that can still read and no longer write does not come and go', async () => {
  vi.useFakeTimers()
  full()
  await client.session()
  let turns = 0
  const stop = onReach(() => turns++)
  for (let i = 0; i < 24; i++) {
    await vi.advanceTimersByTimeAsync(5_000)
    await client.writeLine(facility_id, room_id, { id: uuid7(), kind: 'fact' }).catch(() => undefined)
    if (i % 6 === 5) await client.rooms(facility_id)
  }
  expect(turns).toBe(0)
  stop()
})

test('what a server refuses that answers elsewhere is no copy: the page keeps what it has, and knows', async () => {
  serve('full')
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const asked = { ...queries.rooms(facility_id), staleTime: 0 }
  const had = await cache.fetchQuery(asked)
  full(/rooms/)
  await client.session()
  await expect(cache.fetchQuery(asked)).rejects.toMatchObject({ status: 503 })
  expect(cache.getQueryState(asked.queryKey)).toMatchObject({ data: had, status: 'error' })
  await expect(new QueryClient({ defaultOptions: { queries: { retry: false } } }).fetchQuery(asked)).rejects.toMatchObject({ status: 503 })
})

test('a question that alone takes too long says nothing of a server that answers others', async () => {
  vi.useFakeTimers()
  serve('full')
  const answers = fetch
  let hangs = (url: string) => url.endsWith('/board')
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    hangs(url) ? new Promise((_, stop) => init.signal?.addEventListener('abort', () => stop(new DOMException('', 'AbortError')))) : answers(url, init))
  const asked = async (other: () => Promise<unknown>) => {
    const slow = expect(client.board(facility_id, room_id)).rejects.toMatchObject({ status: 0 })
    await vi.advanceTimersByTimeAsync(5_000)
    await other()
    await vi.advanceTimersByTimeAsync(30_000)
    await slow
  }
  await asked(() => client.session())
  expect(unreachedSince()).toBeNull()
  hangs = () => true
  await vi.advanceTimersByTimeAsync(1_000)
  await asked(async () => {})
  expect(unreachedSince()).not.toBeNull()
})

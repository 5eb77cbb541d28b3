// SPDX-License-Identifier: EUPL-1.2
// The worker that keeps the page, with a browser's parts given to it: which answers it takes for the server's.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'

type Navigation = { request: { method: string; mode: string; url: string }; respondWith: (answer: Promise<Response>) => void }
const source = readFileSync(join(import.meta.dirname, '../offline/worker.js'), 'utf8')

/** What a browser shows that goes to the page: `answer` is the network's, `kept` what the worker kept of the page. */
function navigate(answer: () => Promise<Response>, kept: Response | undefined): Promise<Response> {
  const acts = new Map<string, (event: Navigation) => void>()
  const self = { location: { origin: 'https://releve.example' }, addEventListener: (name: string, act: (event: Navigation) => void) => acts.set(name, act) }
  // A worker is a script of its own, with names that a browser gives it.
  new Function('self', 'caches', 'fetch', source)(self, { match: async () => kept }, answer)
  return new Promise((resolve) => acts.get('fetch')?.({ request: { method: 'GET', mode: 'navigate', url: 'https://releve.example/facilities/1/room/2' }, respondWith: resolve }))
}
const said = (status: number) => async () => new Response('of the network', { status })
const kept = () => new Response('of the worker')
afterEach(() => void vi.useRealTimers())

test.each([502, 503, 504])('a proxy that says %i has nobody behind it: the kept page is shown', async (status) => {
  expect(await (await navigate(said(status), kept())).text()).toBe('of the worker')
})

test.each([200, 404, 403, 500])('an answer %i is one of the server', async (status) => {
  expect(await (await navigate(said(status), kept())).text()).toBe('of the network')
})

test('with nothing kept, the proxy may say what it says', async () => {
  expect((await navigate(said(502), undefined)).status).toBe(502)
})

test('a server that hangs is not waited for', async () => {
  vi.useFakeTimers()
  const shown = navigate(() => new Promise(() => {}), kept())
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await (await shown).text()).toBe('of the worker')
})

// SPDX-License-Identifier: EUPL-1.2
// One browser, several people: what one of them read or half wrote is not shown to the next.
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { recall, remember } from '@/lib/keep'
import { resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { open, serve, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
const entry = () => screen.findByLabelText<HTMLTextAreaElement>('Texte de la ligne')

/** As much of IndexedDB as copies need. */
function fakeDatabase() {
  const kept = new Map<string, unknown>()
  const done = <T,>(result: T) => {
    const asked = { result, onsuccess: null as (() => void) | null }
    queueMicrotask(() => asked.onsuccess?.())
    return asked
  }
  const copies = { clear: () => done(kept.clear()), put: (value: unknown, name: string) => done(kept.set(name, value)), get: (name: string) => done(kept.get(name)) }
  const transaction = () => {
    const work = { objectStore: () => copies, oncomplete: null as (() => void) | null }
    setTimeout(() => work.oncomplete?.())
    return work
  }
  vi.stubGlobal('indexedDB', { open: () => done({ transaction }) })
  return kept
}

beforeEach(async () => {
  resetRoom()
  await words('fr')
})

const tables = ['table.usual.json', 'table.usual.json.seen'] // a settings table, half changed

test('a draft of somebody else is gone before the page shows it; a line on its way is not', async () => {
  remember('owner', 'anne')
  remember(`draft/${room_id}`, JSON.stringify({ text: 'À ne pas montrer' }))
  remember(`report/${room_id}`, 'À ne pas montrer')
  for (const name of tables) remember(name, 'À ne pas montrer')
  const waits = JSON.stringify({ id: '018f3f2a-0000-7000-8000-0000000000aa', kind: 'fact', text: 'En route', author: 'anne' })
  remember(`line/${room_id}/018f3f2a-0000-7000-8000-0000000000aa`, waits)
  serve('full')
  open(root)
  expect((await entry()).value).toBe('')
  expect([`draft/${room_id}`, `report/${room_id}`, ...tables].map(recall)).toEqual([null, null, null, null])
  expect(recall(`line/${room_id}/018f3f2a-0000-7000-8000-0000000000aa`)).toBe(waits)
})

test('one’s own draft stays', async () => {
  remember('owner', 'owner')
  remember(`draft/${room_id}`, JSON.stringify({ text: 'Groupe électrogène' }))
  serve('full')
  open(root)
  expect((await entry()).value).toBe('Groupe électrogène')
})

test('what is half written stands before nobody else who signs in in another tab', async () => {
  const user = userEvent.setup()
  serve('full')
  const answers = fetch
  const { cache } = open(root)
  await user.type(await entry(), 'À ne pas montrer')
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const reply = await answers(url, init)
    return url.endsWith('/session') ? Response.json({ ...((await reply.json()) as object), user: 'karim' }) : reply
  })
  await act(() => cache.invalidateQueries({ queryKey: ['session'] }))
  await waitFor(() => expect(recall('owner')).toBe('karim'))
  await waitFor(async () => expect((await entry()).value).toBe(''))
  await user.type(await entry(), 'De Karim')
  expect(recall(`draft/${room_id}`)).toContain('De Karim')
})

describe('copies', () => {
  beforeEach(() => vi.resetModules())

  test('are those of whoever the server named, and of nobody else', async () => {
    const kept = fakeDatabase()
    const { belongTo, copyOf, keepCopy } = await import('@/lib/copies')
    const early = keepCopy('rooms/CH', 'read by anne')
    expect(await copyOf('rooms/CH')).toBeUndefined()
    await belongTo('anne')
    await early
    expect(await copyOf('rooms/CH')).toBe('read by anne')
    kept.set('rooms/EHPAD', { owner: 'karim', value: 'read by karim' })
    expect(await copyOf('rooms/EHPAD')).toBeUndefined()
    await belongTo('karim')
    expect(kept.size).toBe(0)
  })

  test('without a server they are shown to whom it named last here', async () => {
    const kept = fakeDatabase()
    remember('owner', 'anne')
    kept.set('rooms/CH', { owner: 'anne', value: 'read by anne' }).set('rooms/EHPAD', { owner: 'karim', value: 'read by karim' })
    const { copyOf } = await import('@/lib/copies')
    expect(await copyOf('rooms/CH')).toBe('read by anne')
    expect(await copyOf('rooms/EHPAD')).toBeUndefined()
  })
})

test('another person in the same page: what was read for the first is read again', async () => {
  const { asked } = serve('full')
  const { queries } = await import('@/api/queries')
  const { QueryClient } = await import('@tanstack/react-query')
  const cache = new QueryClient()
  cache.setQueryData(['session'], { user: 'anne' })
  cache.setQueryData(['room', facility_id, room_id], 'read by anne')
  await cache.fetchQuery({ ...queries.session(), staleTime: 0 })
  await waitFor(() => expect(cache.getQueryData(['room', facility_id, room_id])).toBeUndefined())
  expect(asked.map(({ line }) => line)).toContain('GET /session')
})

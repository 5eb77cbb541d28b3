// SPDX-License-Identifier: EUPL-1.2
// When the server does not answer, or no longer knows who asks: what the page says, keeps and forgets.
import { QueryClient } from '@tanstack/react-query'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { client } from '@/api/client'
import { followEvents, followRoom } from '@/api/events'
import { joinLines, queries } from '@/api/queries'
import { signedOutSince, tellReach, unreachedSince } from '@/api/reach'
import { failureOf } from '@/lib/failure'
import { recall, remember } from '@/lib/keep'
import { uuid7 } from '@/lib/uuid7'
import { resetRoom, room_id, writeLine } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { open, serve, words } from './page'

// The browser's own store of copies is not in jsdom.
const copies = vi.hoisted(() => new Map<string, unknown>())
vi.mock('@/lib/copies', async (original) => ({
  ...(await original<object>()),
  keepCopy: async (name: string, value: unknown) => void copies.set(name, value),
  copyOf: async (name: string) => copies.get(name),
}))

const root = `/facilities/${facility_id}/room/${room_id}`
beforeEach(async () => {
  resetRoom()
  await words('fr')
})
afterEach(async () => {
  vi.useRealTimers()
  serve('full')
  await client.session() // whatever was told of the server is taken back
})

/** A server that takes every connection and answers none; a browser ends such a request only when it is told to. */
function hang() {
  vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))))
}

/** Nobody listens. */
const down = () => vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))

/** A file of which not a byte goes any more. */
class Hung {
  static last: Hung
  upload: { onprogress?: (event: object) => void; onload?: () => void } = {}
  onabort?: () => void
  onloadend?: () => void
  open = () => { Hung.last = this }
  setRequestHeader = () => {}
  send = () => {}
  abort = () => {
    this.onabort?.()
    this.onloadend?.()
  }
}

describe('a server that hangs', () => {
  const ended = async (asked: Promise<unknown>, after: number) => {
    let failure: unknown
    void asked.catch((error: unknown) => (failure = error))
    await vi.advanceTimersByTimeAsync(after - 100)
    expect(failure).toBeUndefined()
    await vi.advanceTimersByTimeAsync(200)
    return failureOf(failure)
  }

  test('counts as away after a while: ten seconds for what is read, twenty for what is sent', async () => {
    vi.useFakeTimers()
    hang()
    expect(await ended(client.session(), 10_000)).toMatchObject({ status: 0, said: { code: 'ui.problem.unreachable' } })
    expect(unreachedSince()).not.toBeNull()
    expect(await ended(client.writeLine('f', 'r', { id: '1', kind: 'fact' }), 20_000)).toMatchObject({ status: 0, said: { code: 'ui.problem.no_answer' } })
  })

  test('is given more time for what it works out at length', async () => {
    vi.useFakeTimers()
    hang()
    expect(await ended(client.whatIf('f', 'a', [], []), 180_000)).toMatchObject({ status: 0 })
  })

  test('is waited for with a file for as long as bytes go, then for its answer', async () => {
    vi.useFakeTimers()
    vi.stubGlobal('XMLHttpRequest', Hung)
    const attach = () => client.attach('f', 'r', new File(['x'], 'x.jpg'), () => {}).done
    expect(await ended(attach(), 20_000)).toMatchObject({ status: 0, said: { code: 'ui.problem.unreachable' } })
    expect(unreachedSince()).not.toBeNull()
    const slow = attach()
    await vi.advanceTimersByTimeAsync(15_000)
    Hung.last.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 })
    await vi.advanceTimersByTimeAsync(15_000)
    Hung.last.upload.onload?.()
    expect(await ended(slow, 180_000)).toMatchObject({ status: 0, said: { code: 'ui.problem.no_answer' } }) // a scanner reads it first
    const read = client.mergeJournal('f', 'r', new File(['x'], 'x.jsonl'), () => {}).done
    Hung.last.upload.onload?.()
    expect(await ended(read, 180_000)).toMatchObject({ status: 0 })
  })

  test('is waited for once, and not again by whatever is asked next: copies are shown', async () => {
    vi.useFakeTimers()
    serve('full')
    const read = () => new QueryClient().fetchQuery(queries.rooms(facility_id))
    const fresh = await read()
    hang()
    let shown: unknown
    void read().then((rooms) => (shown = rooms))
    await vi.advanceTimersByTimeAsync(9_900)
    expect(shown).toBeUndefined()
    await vi.advanceTimersByTimeAsync(200)
    expect(shown).toEqual(fresh)
    shown = undefined
    void read().then((rooms) => (shown = rooms))
    await vi.advanceTimersByTimeAsync(1_100)
    expect(shown).toEqual(fresh)
  })

  test('is not said to be away when the page itself gave up asking', async () => {
    hang()
    const stop = new AbortController()
    const asked = client.session(stop.signal)
    stop.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    expect(unreachedSince()).toBeNull()
  })
})

test('what is on the screen gets no older while the server is away', async () => {
  serve('full')
  const cache = new QueryClient()
  const asked = queries.lines(facility_id, room_id)
  const lines = () => cache.fetchQuery({ ...asked, staleTime: 0 })
  const rooms = () => cache.fetchQuery({ ...queries.rooms(facility_id), staleTime: 0 })
  const [begun, open] = [await lines(), await rooms()]
  copies.set(`rooms/${facility_id}`, { items: [] })
  const live = writeLine({ id: uuid7(), kind: 'fact', text: 'en direct' })
  cache.setQueryData(asked.queryKey, { items: joinLines(begun.items, [live]), through: live.arrived })
  down()
  for (const known of [false, true]) {
    expect(unreachedSince() !== null).toBe(known)
    expect((await lines()).items.at(-1)).toEqual(live)
    expect(await rooms()).toEqual(open)
  }
})

test('a page that is opened anew while the server is away shows the line that was written last', async () => {
  serve('full')
  const user = userEvent.setup()
  open(root)
  await user.type(await screen.findByLabelText('Texte de la ligne'), 'Juste avant la panne{Enter}')
  await waitFor(async () => {
    const kept = copies.get(`room/${facility_id}/${room_id}/lines`) as { items: { line: { text: string } }[] }
    expect(kept.items.at(-1)?.line.text).toBe('Juste avant la panne')
  })
})

test('a long journal is copied less often: each time it is all of it', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  for (let i = 0; i < 1_000; i++) writeLine({ id: uuid7(), kind: 'fact' })
  serve('full')
  open(root)
  const text = await screen.findByLabelText<HTMLTextAreaElement>('Texte de la ligne')
  await screen.findByText(/· 1\D012 lignes ·/)
  const kept = () => (copies.get(`room/${facility_id}/${room_id}/lines`) as { items: unknown[] }).items.length
  fireEvent.change(text, { target: { value: 'Encore une' } })
  fireEvent.keyDown(text, { key: 'Enter' })
  await screen.findByText(/· 1\D013 lignes ·/)
  await act(() => vi.advanceTimersByTimeAsync(4_000))
  expect(kept()).toBe(1_012)
  await act(() => vi.advanceTimersByTimeAsync(3_000))
  expect(kept()).toBe(1_013)
})

test('leaving, and closing the tab, ask first where a line would be lost with it', async () => {
  serve('full')
  const user = userEvent.setup()
  const { router } = open(root)
  const text = await screen.findByLabelText('Texte de la ligne')
  const [leave] = await screen.findAllByRole('button', { name: 'Se déconnecter', hidden: true })
  const closing = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(closing()).toBe(false)
  hang()
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await user.type(text, 'Nulle part ailleurs{Enter}')
  expect(closing()).toBe(true)
  await user.click(leave as HTMLElement)
  expect(leave?.textContent).toMatch(/perdre 1.ligne/)
  expect(router.state.location.pathname).toBe(root)
  await user.click(leave as HTMLElement)
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
  full.mockRestore()
})

test('leaving forgets what was half written and shows the door, whatever the server does', async () => {
  serve('full')
  const user = userEvent.setup()
  const { router } = open(root)
  const leave = await screen.findAllByRole('button', { name: 'Se déconnecter', hidden: true })
  remember(`draft/${room_id}`, '{"text":"à moitié"}')
  hang()
  await user.click(leave[0] as HTMLElement)
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'), { timeout: 2_000 })
  expect(await screen.findByLabelText(/Nom de connexion/)).toBeDefined()
  await waitFor(() => expect(recall(`draft/${room_id}`)).toBeNull())
  expect(recall('leaving')).toBe('yes') // still owed to the server
  await router.navigate(root)
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
})

test('the wall says of what hour its picture is, for as long as the server is away', async () => {
  serve('full')
  open(`${root}/wall`)
  await screen.findByText('T+02:14')
  expect(screen.queryByText(/serveur injoignable/)).toBeNull()
  down()
  await act(() => client.session().catch(() => undefined))
  expect(screen.getByRole('status').textContent).toMatch(/^▲ Image de \d\d:\d\d, serveur injoignable$/)
  serve('full')
  await act(() => client.session())
  expect(screen.queryByText(/serveur injoignable/)).toBeNull()
})

/** The stream of events, as the browser tells of it. */
class Stream extends EventTarget {
  static opened: Stream[] = []
  readyState = 1
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    Stream.opened.push(this)
  }
  static readonly last = () => Stream.opened.at(-1)
  readonly close = () => void (this.readyState = 2)
  tell(what: 'open' | 'error', readyState: number) {
    this.readyState = readyState
    act(() => void this.dispatchEvent(new Event(what)))
  }
}

describe('a tab that nobody sees', () => {
  const stop: { act: () => void } = { act: () => {} }
  const see = (hidden: boolean) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }
  const begin = () => {
    vi.useFakeTimers()
    Stream.opened = []
    vi.stubGlobal('EventSource', Stream)
    const cache = new QueryClient()
    stop.act = followEvents(cache)
    return { read: vi.spyOn(cache, 'invalidateQueries') }
  }
  afterEach(() => {
    stop.act()
    see(false)
    vi.stubGlobal('EventSource', undefined)
  })

  test('gives its stream back after a while, and reads what it missed when it is seen again', async () => {
    const { read } = begin()
    see(true)
    await vi.advanceTimersByTimeAsync(19_000)
    expect(Stream.last()?.readyState).toBe(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(Stream.last()?.readyState).toBe(2)
    const leaveRoom = followRoom('f', 'r', () => {})
    act(() => tellReach(false))
    act(() => tellReach(true))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(Stream.opened).toHaveLength(1) // whatever happens, while nobody looks
    see(false)
    expect(Stream.opened).toHaveLength(2)
    expect(Stream.last()?.url).toContain('room=r')
    Stream.last()?.tell('open', 1)
    expect(read).toHaveBeenCalledWith()
    expect(unreachedSince()).toBeNull()
    leaveRoom()
  })

  test('keeps its stream when it was hidden for a moment only', async () => {
    begin()
    see(true)
    await vi.advanceTimersByTimeAsync(10_000)
    see(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(Stream.opened).toHaveLength(1)
    expect(Stream.last()?.readyState).toBe(1)
  })

  test('that began in the background gives its stream back too', async () => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    begin()
    await vi.advanceTimersByTimeAsync(21_000)
    expect(Stream.last()?.readyState).toBe(2)
  })
})

test('leaving in one tab closes the others', async () => {
  Stream.opened = []
  vi.stubGlobal('EventSource', Stream)
  serve('full')
  const { router } = open(root)
  await screen.findByLabelText('Texte de la ligne')
  await waitFor(() => expect(Stream.last()?.readyState).toBe(1))
  remember(`draft/${room_id}`, '{"text":"tapé entre-temps"}')
  // The other tab has been answered by now, so that nothing is left to read but what the event says.
  act(() => void dispatchEvent(new StorageEvent('storage', { key: 'releve.leaving', newValue: 'yes' })))
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
  await waitFor(() => expect(recall(`draft/${room_id}`)).toBeNull())
  expect(Stream.last()?.readyState).toBe(2)
  const { asked } = serve('full')
  await act(() => router.navigate(root))
  await waitFor(() => expect(asked.map(({ line }) => line)).toContain(`GET /facilities/${facility_id}/rooms/${room_id}`)) // nothing was remembered
  vi.stubGlobal('EventSource', undefined)
})

describe('a session that ended', () => {
  beforeEach(() => {
    Stream.opened = []
    vi.stubGlobal('EventSource', Stream)
  })
  afterEach(() => vi.stubGlobal('EventSource', undefined))
  const end = () => {
    vi.stubGlobal('fetch', async () => Response.json({ kind: 'unauthenticated', message: { code: 'api.sign_in' } }, { status: 401 }))
    Stream.last()?.tell('error', 2)
  }
  const strip = () => screen.queryByText(/^▲ Session terminée depuis/)?.closest('p')

  test.each([['room', root], ['wall', `${root}/wall`], ['desk', `/facilities/${facility_id}/overview`]])('is said on the screen, which stays: %s', async (_, at) => {
    serve('full')
    const { router } = open(at)
    await screen.findByRole('heading', { level: 1, name: at === root ? /./ : /CRISE RÉELLE|Vue d’ensemble/ })
    await waitFor(() => expect(Stream.opened.length).toBeGreaterThan(0))
    expect(strip()).toBeUndefined()
    end()
    await waitFor(() => expect(strip()).toBeDefined())
    expect(within(strip() as HTMLElement).getByRole('link', { name: 'Se connecter' }).getAttribute('href')).toBe(`/sign-in?next=${encodeURIComponent(at)}`)
    expect(router.state.location.pathname).toBe(at)
    expect(Stream.last()?.readyState).toBe(2)
    const { asked } = serve('full')
    await act(() => client.session())
    await waitFor(() => expect(strip()).toBeUndefined())
    await waitFor(() => expect(Stream.last()?.readyState).toBe(1))
    await waitFor(() => expect(asked.length).toBeGreaterThan(1)) // what was missed is read
  })

  test('is not what a wrong password means', async () => {
    serve('full')
    await expect(client.signIn('anne', 'faux', '')).rejects.toMatchObject({ status: 401 })
    expect(signedOutSince()).toBeNull()
  })
})

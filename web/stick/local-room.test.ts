// SPDX-License-Identifier: EUPL-1.2
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewDeed } from '@/api/client'
import { standingOf } from '@/features/respond/crisis/standing'
import { recall, remember } from '@/lib/keep'
import { uuid7 } from '@/lib/uuid7'
import { isFault, readJournal } from './journal/journal-file'
import { keptLines, keptRooms, LocalRoom, who_kept } from './local-room'

const facility = '990000001'
const opened = () => LocalRoom.open(facility, 'Crise', 'exercise', 'Clé USB, poste 1')
const idOf = (room: LocalRoom) => room.state().head.room
const say = ({ joined }: NewDeed) => (joined ? `${joined.lines} de ${joined.node}` : '')
const write = (room: LocalRoom, text: string, deed: NewDeed | null = null) => room.write({ id: uuid7(), kind: 'fact', text, deed }, say, 'Anne')
/** What people wrote, without what tells that a chain was taken in. */
const texts = (room: LocalRoom) => room.state().rows.filter(({ line }) => !line.deed?.joined).map(({ line }) => line.text)
function fileOf(room: LocalRoom) {
  const read = readJournal(room.text())
  if (isFault(read)) throw new Error(read.code)
  return read
}
function resumed(room: LocalRoom) {
  const again = LocalRoom.resume(idOf(room), 'Clé USB, poste 1, suite')
  if (!again) throw new Error('the browser keeps no such room')
  return again
}
const impact = (state: 'down' | 'full'): NewDeed => ({ impact: { element: '', name: 'SIL', layer: 'application', state } })

beforeEach(() => localStorage.clear())
afterEach(() => {
  localStorage.clear()
  vi.useRealTimers()
})

describe('a room of one post', () => {
  it('goes on in the same browser with a chain of its own', () => {
    const room = opened()
    write(room, 'un')
    const again = resumed(room)
    expect(keptRooms(facility).map(({ room: one }) => [one, keptLines(one)])).toEqual([[idOf(room), 1]])
    write(again, 'deux')
    expect(texts(again)).toEqual(['un', 'deux'])
    expect(fileOf(again).head.chains.map(({ node }) => node)).toEqual(['Clé USB, poste 1', 'Clé USB, poste 1, suite'])
  })

  it('leaves out what a crash left behind other lines', () => {
    const room = opened()
    for (let n = 1; n <= 4; n++) write(room, `${n}`)
    const name = (n: number) => `stick/${idOf(room)}/${String(n).padStart(6, '0')}`
    remember(name(3), recall(name(1))) // as if another window's had been put there
    const again = resumed(room)
    write(again, 'après')
    expect(texts(again)).toEqual(['1', '2', 'après'])
    expect(fileOf(again).links.length).toBe(4)
  })

  it('goes on after a crash that took the last lines from the browser, and both files say one history', () => {
    const room = opened()
    for (let n = 1; n <= 13; n++) write(room, `${n}`)
    const file = fileOf(room)
    // A browser that is killed has not put what it was given last on the disk.
    for (let n = 3; n <= 13; n++) remember(`stick/${idOf(room)}/${String(n).padStart(6, '0')}`, null)
    const again = resumed(room)
    write(again, 'après')
    const lines = [...file.links, ...fileOf(again).links]
    const hashes = new Map<string, Set<string>>()
    for (const { chain, number, hash } of lines) hashes.set(`${chain} ${number}`, (hashes.get(`${chain} ${number}`) ?? new Set()).add(hash))
    expect([...hashes.values()].every(({ size }) => size === 1)).toBe(true)
    const whole = LocalRoom.goOn(file, 'Clé USB, poste 2')
    write(whole, 'fin')
    expect(texts(whole)).toEqual([...Array.from({ length: 13 }, (_, n) => `${n + 1}`), 'après', 'fin'])
    expect(fileOf(whole).head.chains.length).toBe(3)
  })

  it('leaves no trace of a window that wrote nothing', () => {
    const room = opened()
    write(room, 'un')
    const again = resumed(resumed(room))
    write(again, 'deux')
    expect(fileOf(again).head.chains.length).toBe(2)
    expect(again.state().rows.length).toBe(3)
  })

  it('takes in what another window wrote before it writes', () => {
    const room = opened()
    const window = resumed(room)
    write(room, 'un')
    write(window, 'deux')
    write(room, 'trois')
    expect(texts(room)).toEqual(['un', 'deux', 'trois'])
    expect(isFault(readJournal(room.text()))).toBe(false)
  })

  it('goes on from a file with a chain of its own, that tells first what it has taken in', () => {
    const room = opened()
    write(room, 'un')
    const file = fileOf(room)
    const other = LocalRoom.goOn(file, 'Clé USB, poste 2')
    write(other, 'deux')
    expect(fileOf(other).links.map(({ number }) => number)).toEqual([1, 1, 2])
    const [first, joined] = other.state().rows
    expect(joined?.line).toMatchObject({
      kind: 'information', author: 'Anne', text: '1 de Clé USB, poste 1',
      deed: { joined: { chain: first?.chain, node: 'Clé USB, poste 1', through: 1, head: first?.hash, lines: 1, ahead_min: 0 } },
    })
  })

  it('is not outvoted by the clock of the post before, that ran ahead', () => {
    const now = Date.parse('2026-11-26T02:00:00Z')
    vi.useFakeTimers({ now: now + 30 * 60_000 })
    const room = opened()
    write(room, '', impact('down'))
    vi.setSystemTime(now)
    const other = LocalRoom.goOn(fileOf(room), 'Clé USB, poste 2')
    write(other, '', impact('full'))
    expect(standingOf(other.state().rows)).toMatchObject([{ row: { line: { deed: { impact: { state: 'full' } } } } }])
    expect(other.state().rows[1]?.line.deed?.joined?.ahead_min).toBe(30)
  })

  it('names the chain of another window that went on from the file', () => {
    const room = opened()
    write(room, 'un')
    write(LocalRoom.goOn(fileOf(room), 'Clé USB, poste 2'), 'deux')
    write(room, 'trois')
    expect(texts(room)).toEqual(['un', 'deux', 'trois'])
    expect(fileOf(room).head.chains.length).toBe(2)
  })

  it('reads all of it again when another window has put it in another order', () => {
    const room = opened()
    write(room, 'a1')
    const other = LocalRoom.goOn(fileOf(room), 'Clé USB, poste 2')
    write(other, 'c1')
    const file = fileOf(other)
    localStorage.clear() // the other post is another computer
    const first = LocalRoom.goOn(fileOf(room), 'Clé USB, poste 1')
    for (const text of ['a2', 'a3']) write(first, text)
    const window = LocalRoom.goOn(file, 'Clé USB, seconde fenêtre')
    write(window, 'w1')
    write(first, 'a4')
    expect(texts(first)).toEqual(['a1', 'c1', 'a2', 'a3', 'w1', 'a4'])
    expect(fileOf(first).links.length).toBe(first.state().rows.length)
    write(window, 'w2')
    expect(texts(window)).toEqual([...texts(first), 'w2'])
    expect(isFault(readJournal(window.text()))).toBe(false)
  })

  it('writes chains in the order in which they were taken in', () => {
    const room = opened()
    write(room, 'un')
    const window = resumed(room) // begins before the other, writes after it
    write(LocalRoom.goOn(fileOf(room), 'Clé USB, poste 2'), 'deux')
    write(window, 'trois')
    expect(fileOf(window).head.chains.map(({ node }) => node)).toEqual(['Clé USB, poste 1', 'Clé USB, poste 2', 'Clé USB, poste 1, suite'])
  })

  it('leaves no name and no draft behind', () => {
    const room = opened()
    const { room: id } = room.state().head
    for (const draft of [`draft/${id}`, `draft/${id}/${uuid7()}`, `closing/${id}`]) remember(draft, 'Note')
    remember(who_kept, 'Anne')
    write(room, 'un')
    room.forget()
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('keeps what this browser holds beyond the file that it goes on from', () => {
    const first = opened()
    write(first, 'un')
    const filed = fileOf(first)
    for (const text of ['deux', 'trois']) write(first, text) // the file was not saved any more
    const again = LocalRoom.goOn(filed, 'Clé USB, poste 1')
    write(again, 'quatre')
    expect(texts(again)).toEqual(['un', 'deux', 'trois', 'quatre'])
    expect(fileOf(again).links.map(({ number }) => number)).toEqual([1, 2, 3, 1, 2])
    expect(texts(resumed(again))).toEqual(['un', 'deux', 'trois', 'quatre'])
  })

  it('takes from this browser no line of a post that nothing names', () => {
    const first = opened()
    write(first, 'un')
    const filed = fileOf(first)
    write(resumed(first), 'deux')
    remember(`stick/${idOf(first)}/head`, null) // cut off while it was rewritten, or without room for all of it
    const again = LocalRoom.goOn(filed, 'Clé USB, poste 2')
    write(again, 'trois')
    expect(texts(again)).toEqual(['un', 'trois'])
    expect(fileOf(again).head.chains.length).toBe(2)
  })

  it('dates a line without a time by when it is typed', () => {
    const room = opened()
    room.write({ id: uuid7(), kind: 'call', text: 'Préfet prévenu', happened: undefined }, say, 'Anne')
    expect(Math.abs(Date.parse(room.state().rows[0]?.line.happened ?? '') - Date.now())).toBeLessThan(60_000)
  })

  it('chains no line that the server would refuse', () => {
    const room = opened()
    const lessons = 'é'.repeat(8_000)
    room.write({ id: uuid7(), kind: 'decision', deed: { closing: { lessons } } }, (deed) => `Salle fermée · ${deed.closing?.lessons}`, 'Anne')
    write(room, 'Geste', { tick: { card: 'c', gesture: 0, text: 'x'.repeat(3_000), done: true } })
    write(room, 'x'.repeat(9_000))
    const [closing, tick, fact] = room.state().rows.map(({ line }) => line)
    expect(closing?.deed?.closing?.lessons).toBe(lessons)
    expect([closing?.text, fact?.text].map((text) => [text?.length, text?.at(-1)])).toEqual([[8_000, '…'], [8_000, '…']])
    expect(tick?.deed?.tick?.text).toHaveLength(1_000)
    expect(fileOf(room).links).toHaveLength(3)
  })

  it('is not offered again when the browser could not keep all of it', () => {
    const room = opened()
    write(room, 'un')
    expect(keptRooms(facility).length).toBe(1)
    for (let size = 4_000_000; size > 0; size = Math.floor(size / 2)) {
      try {
        for (let n = 0; ; n++) localStorage.setItem(`full ${size} ${n}`, 'x'.repeat(size))
      } catch {
        // No more of this size.
      }
    }
    write(room, 'deux')
    expect(room.state().kept).toBe(false)
    expect(texts(room)).toEqual(['un', 'deux'])
    expect(keptRooms(facility)).toEqual([])
  })
})

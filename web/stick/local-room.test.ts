// SPDX-License-Identifier: EUPL-1.2
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { remember } from '@/lib/keep'
import { uuid7 } from '@/lib/uuid7'
import { isFault, readJournal } from './journal/journal-file'
import { keptRooms, LocalRoom, who_kept } from './local-room'

const facility = '990000001'
const opened = () => LocalRoom.open(facility, 'Crise', 'exercise', 'Clé USB, poste 1')
const write = (room: LocalRoom, text: string) => room.write({ id: uuid7(), kind: 'fact', text }, '', 'Anne')
const texts = (room: LocalRoom | null) => room?.state().rows.map(({ line }) => line.text)

beforeEach(() => localStorage.clear())
afterEach(() => localStorage.clear())

describe('a room of one post', () => {
  it('goes on in the same browser with its own chain', () => {
    const room = opened()
    write(room, 'un')
    const again = LocalRoom.resume(keptRooms(facility)[0]?.room ?? '')
    if (again) write(again, 'deux')
    expect(texts(again)).toEqual(['un', 'deux'])
    const read = readJournal(again?.text() ?? '')
    expect(isFault(read) ? read : read.head.chains.length).toBe(1)
  })

  it('takes in what another window wrote before it writes', () => {
    const room = opened()
    const window = LocalRoom.resume(room.state().head.room)
    write(room, 'un')
    if (window) write(window, 'deux')
    write(room, 'trois')
    expect(texts(room)).toEqual(['un', 'deux', 'trois'])
    expect(isFault(readJournal(room.text()))).toBe(false)
  })

  it('goes on from a file with a chain of its own', () => {
    const room = opened()
    write(room, 'un')
    const read = readJournal(room.text())
    if (isFault(read)) throw new Error(read.code)
    const other = LocalRoom.goOn(read, 'Clé USB, poste 2')
    write(other, 'deux')
    const both = readJournal(other.text())
    expect(isFault(both) ? both : both.links.map(({ number }) => number)).toEqual([1, 1])
  })

  it('names the chain of another window that went on from the file', () => {
    const room = opened()
    write(room, 'un')
    const filed = readJournal(room.text())
    if (isFault(filed)) throw new Error(filed.code)
    write(LocalRoom.goOn(filed, 'Clé USB, poste 2'), 'deux')
    write(room, 'trois')
    expect(texts(room)).toEqual(['un', 'deux', 'trois'])
    const whole = readJournal(room.text())
    expect(isFault(whole) ? whole : whole.head.chains.length).toBe(2)
  })

  it('leaves no name and no draft behind', () => {
    const room = opened()
    remember(`draft/${room.state().head.room}`, 'Note')
    remember(who_kept, 'Anne')
    write(room, 'un')
    room.forget()
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('keeps what this browser holds beyond the file that it goes on from', () => {
    const first = opened()
    write(first, 'un')
    const filed = readJournal(first.text())
    if (isFault(filed)) throw new Error(filed.code)
    for (const text of ['deux', 'trois']) write(first, text) // the file was not saved any more
    const again = LocalRoom.goOn(filed, 'Clé USB, poste 1')
    write(again, 'quatre')
    expect(texts(again)).toEqual(['un', 'deux', 'trois', 'quatre'])
    const whole = readJournal(again.text())
    expect(isFault(whole) ? whole : whole.links.map(({ number }) => number)).toEqual([1, 2, 3, 1])
    expect(texts(LocalRoom.resume(again.state().head.room))).toEqual(['un', 'deux', 'trois', 'quatre'])
  })

  it('dates a line without a time by when it is typed', () => {
    const room = opened()
    room.write({ id: uuid7(), kind: 'call', text: 'Préfet prévenu', happened: undefined }, '', 'Anne')
    expect(Math.abs(Date.parse(room.state().rows[0]?.line.happened ?? '') - Date.now())).toBeLessThan(60_000)
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

// SPDX-License-Identifier: EUPL-1.2
// A room of one post, without a server: lines are chained here, kept in the browser as they are written, and saved to a
// file. Whoever opens a journal goes on with a chain of its own, as every writing node has one, and its first lines tell
// which others it has taken in.
import type { Line, LineRow, NewDeed, NewLine } from '@/api/client'
import { fitting } from '@/features/respond/crisis/limits'
import { onKept, recall, recallNames, remember } from '@/lib/keep'
import { forgetLasting, rememberLasting } from '@/lib/lasting'
import { uuid7 } from '@/lib/uuid7'
import { headOf, link, type Chain, type Link } from './journal/chain'
import { writeJournal, type JournalFile, type JournalHead } from './journal/journal-file'
import { KeptFile } from './kept-file'

export interface RoomState {
  head: JournalHead
  own: string
  rows: LineRow[]
  /** False: the browser has no room for a line, or forbids it. */
  kept: boolean
}

const blank = { author: '', from: '', to: '', text: '', corrects: '', attachments: [], seen: null, deed: null }
const rowOf = ({ chain, number, hash, said }: Link, arrived: number): LineRow => ({ arrived, chain, number, hash, line: { ...blank, ...(JSON.parse(said) as Line) } })
const begin = 'stick/'
/** Who wrote here last. */
export const who_kept = 'stick-who'
const nameOf = (room: string, arrived: number) => `${begin}${room}/${String(arrived).padStart(6, '0')}`
const headEntry = (head: JournalHead) => [`${begin}${head.room}/head`, JSON.stringify({ head })] as const
const newChain = (room: string, node: string): Chain => ({ id: uuid7(), room, node })

/** Null: nothing, or nothing that can be read any more. */
function keptAs<T>(name: string): T | null {
  try {
    return JSON.parse(recall(name) ?? 'null') as T | null
  } catch {
    return null
  }
}
const keptHead = (room: string) => keptAs<{ head: JournalHead }>(`${begin}${room}/head`)?.head ?? null

/** Of a room that this browser keeps, how many lines. */
export const keptLines = (room: string): number => recallNames(`${begin}${room}/`).length - 1 // the head

/** Of a room that this browser keeps, the lines after so many. */
function keptLinks(room: string, after: number): Link[] {
  const links: Link[] = []
  for (let one = keptAs<Link>(nameOf(room, after + 1)); one; one = keptAs<Link>(nameOf(room, after + links.length + 1))) links.push(one)
  return links
}

/** All of them that follow their chain: what a power cut left behind others would spoil the whole file. */
function wholeLinks(room: string): Link[] {
  const ends = new Map<string, number>()
  return recallNames(`${begin}${room}/0`).sort().flatMap((name) => {
    const one = keptAs<Link>(name)
    if (!one || one.number !== (ends.get(one.chain) ?? 0) + 1) return []
    ends.set(one.chain, one.number)
    return [one]
  })
}

const forget = (room: string) => forgetLasting(`${begin}${room}/`)

/** Rooms that this browser keeps, the newest first. */
export const keptRooms = (facility: string): JournalHead[] =>
  recallNames(begin).filter((name) => name.endsWith('/head')).flatMap((name) => {
    const { head } = keptAs<{ head?: JournalHead }>(name) ?? {}
    return head && head.facility === facility ? [head] : []
  }).sort((a, b) => b.room.localeCompare(a.room))

export class LocalRoom {
  readonly file: KeptFile
  private links: Link[] = []
  private now: RoomState
  private readonly watchers = new Set<() => void>()

  private constructor(head: JournalHead, own: string) {
    this.now = { head, own, rows: [], kept: true }
    this.file = new KeptFile(() => this.tell({}))
    // Two windows of one room: each takes in what the other has kept before it writes.
    onKept(`${begin}${head.room}/`, () => this.takeKept())
  }

  static open(facility: string, name: string, kind: JournalHead['kind'], node: string): LocalRoom {
    const room = uuid7()
    const chain = newChain(room, node)
    return new LocalRoom({ version: 1, room, facility, name, kind, made: new Date().toISOString(), chains: [chain] }, chain.id).keepHead()
  }

  /** As this browser has kept it. The chain before does not go on: a browser that was cut off has kept fewer of its lines
      than the file has, and it would fork. */
  static resume(room: string, node: string): LocalRoom | null {
    const kept = keptHead(room)
    if (!kept) return null
    const chain = newChain(room, node)
    const resumed = new LocalRoom({ ...kept, chains: [...kept.chains, chain] }, chain.id)
    const links = wholeLinks(room)
    if (links.length < keptLines(room)) forget(room) // what is left out stands in nobody's way
    resumed.take(links, true)
    return resumed
  }

  /** From a file that was read and found whole, and what this browser keeps of the same room beyond it: a file may be
      older than the post that goes on from it. */
  static goOn({ head, links }: JournalFile, node: string): LocalRoom {
    const kept = keptHead(head.room)?.chains ?? []
    const chains = [...head.chains, ...kept.filter(({ id }) => !head.chains.some((one) => one.id === id))]
    const filed = new Set(links.map(({ hash }) => hash))
    const beyond = wholeLinks(head.room).filter((one) => !filed.has(one.hash) && chains.some(({ id }) => id === one.chain))
    forget(head.room)
    const chain = newChain(head.room, node)
    const room = new LocalRoom({ ...head, chains: [...chains, chain] }, chain.id)
    room.take([...links, ...beyond], true)
    return room
  }

  readonly state = () => this.now
  readonly subscribe = (act: () => void) => {
    this.watchers.add(act)
    return () => void this.watchers.delete(act)
  }

  /** Chained, kept and on its way to the file before the next key is pressed. `say`: the words of a deed. */
  write(line: NewLine, say: (deed: NewDeed) => string, author: string): string {
    this.takeKept()
    if (!this.links.some(({ chain }) => chain === this.now.own)) {
      for (const joined of this.takenIn()) this.append({ id: uuid7(), kind: 'information', deed: { joined } }, say, author)
    }
    this.append(line, say, author)
    return line.id
  }

  text(): string {
    const { head, own } = this.now
    // As they began: whoever reads chain after chain knows what one has taken in before it comes.
    const begun = [...new Set([...this.links.map(({ chain }) => chain), own])]
    const chains = begun.flatMap((id) => head.chains.filter((one) => one.id === id))
    return writeJournal({ head: { ...head, chains, made: new Date().toISOString() }, links: this.links })
  }

  /** Another one at every choice: the dialog empties a file that is chosen again, and it may hold what another post wrote. */
  fileName(): string {
    const { name } = this.now.head
    return `releve-journal-${new Date().toLocaleString('sv').replace(/\D/g, '')}-${name.normalize('NFD').replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40)}.jsonl`
  }

  async chooseFile(): Promise<boolean> {
    const chosen = await this.file.choose(this.fileName())
    if (chosen) await this.file.save(this.text(), this.links.length)
    return chosen
  }
  download(): void {
    this.file.download(this.fileName(), this.text(), this.links.length)
  }
  /** Nothing stays behind on a borrowed computer. */
  forget(): void {
    forget(this.now.head.room)
    for (const name of [...recallNames(`draft/${this.now.head.room}`), `closing/${this.now.head.room}`, who_kept]) remember(name, null)
  }

  /** The other chains as they stand here, as the server tells of them (src/respond/crisis/merge.cpp). */
  private takenIn(): NonNullable<NewDeed['joined']>[] {
    const now = Date.now()
    return this.now.head.chains.flatMap((chain) => {
      const rows = this.now.rows.filter((row) => row.chain === chain.id)
      const { number: through, hash: head } = headOf(chain, rows)
      const ahead = Math.max(0, ...rows.map(({ line }) => Date.parse(line.typed) - now))
      return through > 0 ? [{ chain: chain.id, node: chain.node, through, head, lines: through, ahead_min: Math.floor(ahead / 60_000) }] : []
    })
  }

  private append(line: NewLine, say: (deed: NewDeed) => string, author: string): void {
    const chain = this.now.head.chains.find(({ id }) => id === this.now.own)
    if (!chain) throw new Error('a room has a chain of its own')
    const typed = new Date().toISOString()
    const whole = { ...blank, ...line, happened: line.happened ?? typed, typed, text: line.text || (line.deed ? say(line.deed) : ''), author }
    // Words of the page's own stand before what people wrote: the end of that is then in the deed alone. One line that is
    // too long, and the server takes in none of the chain.
    this.take([link(chain, headOf(chain, this.links), JSON.stringify(fitting(whole)))])
  }

  private take(links: Link[], withHead = false): void {
    const { head } = this.now
    const rows = links.map((one, i) => rowOf(one, this.links.length + i + 1))
    const entries = links.map((one, i) => [nameOf(head.room, this.links.length + i + 1), JSON.stringify(one)] as const)
    // The head last: whoever sees it in another window finds every line.
    const fresh = [...entries.filter(([name, text]) => recall(name) !== text), ...(withHead ? [headEntry(head)] : [])]
    const kept = (fresh.length === 0 || rememberLasting(fresh)) && this.now.kept
    // Half a journal must not be gone on with: its chain would fork from what is in the file.
    if (!kept) forgetLasting(headEntry(head)[0])
    this.links = [...this.links, ...links]
    this.tell({ rows: [...this.now.rows, ...rows], kept })
    void this.file.save(this.text(), this.links.length)
  }

  private takeKept(): void {
    const { head } = this.now
    const kept = keptHead(head.room)
    if (!kept) return
    const others = kept.chains.filter(({ id }) => !head.chains.some((one) => one.id === id))
    if (others.length > 0) {
      // Another window began, from a file perhaps: what is kept may stand in another order by now.
      const all = wholeLinks(head.room)
      const hashes = new Set(all.map(({ hash }) => hash))
      const beyond = this.links.filter(({ hash }) => !hashes.has(hash))
      this.links = []
      this.now = { ...this.now, head: { ...head, chains: [...head.chains, ...others] }, rows: [] }
      return this.take([...all, ...beyond])
    }
    const fresh = keptLinks(head.room, this.links.length)
    if (fresh.length > 0) this.take(fresh)
  }

  private keepHead(): this {
    this.tell({ kept: this.now.kept && rememberLasting([headEntry(this.now.head)]) })
    return this
  }

  private tell(part: Partial<RoomState>): void {
    this.now = { ...this.now, ...part }
    this.watchers.forEach((act) => act())
  }
}

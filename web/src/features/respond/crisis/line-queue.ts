// SPDX-License-Identifier: EUPL-1.2
// The way of a line to the server: in the order of writing, once, never lost. Each line is kept in this browser before
// it is sent and forgotten once the server has it; its id, minted here, makes a second sending count once. Two tabs of
// one room share what is kept: each line has a name of its own there, so that neither writes over the other's.
import type { LineRow, NewLine } from '@/api/client'
import { isAway } from '@/api/reach'
import { failureOf, type Failure } from '@/lib/failure'
import { onKept, recall, recallNames } from '@/lib/keep'
import { forgetLasting, rememberLasting } from '@/lib/lasting'

/** foreign: somebody else typed it here and left; it goes under the name of whoever takes it over. */
export type SendState = 'sending' | 'waiting' | 'refused' | 'foreign'
export interface Queued {
  line: NewLine
  state: SendState
  error: unknown
  /** False: only this tab's memory has it (a full or forbidden storage). */
  kept: boolean
}

const again_after = 5_000
/** Not of the line: it may go through later as it is. */
const passes = (failure: Failure) => isAway(failure) || [401, 408, 429].includes(failure.status) || failure.status >= 500

/** Null: nothing, or nothing that can be read. It stays where it is, and holds up nobody. */
function lineOf(text: string | null): NewLine | null {
  try {
    const line = JSON.parse(text ?? 'null') as Partial<NewLine> | null
    return typeof line?.id === 'string' ? (line as NewLine) : null
  } catch {
    return null
  }
}

/** What a page wrote of the lines that waited in it. */
export interface QueueFile { room: string; name: string; lines: NewLine[] }
const largest_queue = 5_000_000 // bytes

/** Null: another kind of file. */
export async function queueIn(file: File): Promise<QueueFile | null> {
  if (file.size > largest_queue) return null
  try {
    const { room, name, lines } = JSON.parse(await file.text()) as Partial<QueueFile>
    return room && lines?.every(({ id }) => typeof id === 'string') ? { room, name: name ?? '', lines } : null
  } catch {
    return null
  }
}

export class LineQueue {
  private list: Queued[] = []
  private readonly watchers = new Set<() => void>()
  private flushing = false
  private author = ''
  private again: ReturnType<typeof setTimeout> | undefined
  private readonly begin: string
  /** The browser asks before it closes a tab that alone has a line. */
  private readonly stay = (event: BeforeUnloadEvent) => {
    event.preventDefault()
    event.returnValue = true // Chrome 109 looks at this one
  }
  private readonly send: (line: NewLine) => Promise<LineRow>
  private readonly onSent: (row: LineRow) => void | Promise<void>

  constructor(room: string, send: (line: NewLine) => Promise<LineRow>, onSent: (row: LineRow) => void | Promise<void>) {
    this.begin = `line/${room}/`
    this.send = send
    this.onSent = onSent
    this.readKept()
    onKept(this.begin, () => this.readKept())
  }

  readonly lines = () => this.list
  readonly subscribe = (act: () => void) => {
    this.watchers.add(act)
    return () => void this.watchers.delete(act)
  }

  add(...lines: NewLine[]): void {
    const fresh = lines.filter(({ id }) => !this.list.some(({ line }) => line.id === id))
    const queued = fresh.map((line): Queued => ({ line, state: this.isForeign(line) ? 'foreign' : 'sending', error: null, kept: rememberLasting([[this.begin + line.id, JSON.stringify(line)]]) }))
    this.change([...this.list, ...queued])
    void this.flush()
  }

  /** The server signs a line with the name of whoever sends it: only their own are sent. */
  goesFor(author: string): void {
    this.author = author
    const states = (one: Queued): SendState => (this.isForeign(one.line) ? 'foreign' : one.state === 'foreign' ? 'waiting' : one.state)
    this.change(this.list.map((one) => ({ ...one, state: states(one) })))
    void this.flush()
  }

  /** A refused line is tried again as it is, or taken out by a person who has read why; a foreign one is taken over. */
  retry(id: string): void {
    this.change(this.list.map((one) => (one.line.id === id ? { ...one, line: { ...one.line, author: this.author }, state: 'sending', error: null } : one)))
    void this.flush()
  }
  drop(id: string): void {
    forgetLasting(this.begin + id)
    this.change(this.list.filter(({ line }) => line.id !== id))
  }

  /** One line after the other. When the server is away the rest waits; a line that it refuses does not hold up the others. */
  async flush(): Promise<void> {
    if (this.flushing) return
    this.flushing = true
    clearTimeout(this.again)
    try {
      for (let next = this.next(); next; next = this.next()) {
        const { id } = next.line
        try {
          const row = await this.send(next.line)
          await this.onSent(row) // first: until it is in the journal on the screen it counts as waiting
          this.drop(id)
        } catch (error) {
          if (passes(failureOf(error))) {
            this.change(this.list.map((one) => (one.state === 'refused' || one.state === 'foreign' ? one : { ...one, state: 'waiting', error })))
            this.again = setTimeout(() => void this.flush(), again_after)
            return
          }
          this.mark(id, { state: 'refused', error })
        }
      }
    } finally {
      this.flushing = false
    }
  }

  private next(): Queued | undefined {
    return this.list.find(({ state }) => state !== 'refused' && state !== 'foreign')
  }

  private isForeign({ author }: NewLine): boolean {
    return Boolean(author) && author !== this.author
  }

  private readKept(): void {
    const names = new Set(recallNames(this.begin))
    const stay = this.list.filter(({ line, kept }) => !kept || names.has(this.begin + line.id))
    const known = new Set(stay.map(({ line }) => this.begin + line.id))
    const fresh = [...names].filter((name) => !known.has(name)).flatMap((name): Queued[] => {
      const line = lineOf(recall(name))
      return line ? [{ line, state: this.isForeign(line) ? 'foreign' : 'waiting', error: null, kept: true }] : []
    })
    // Ids of version 7 sort by when they were minted.
    this.change([...stay, ...fresh].sort((a, b) => a.line.id.localeCompare(b.line.id)))
    if (fresh.length > 0) void this.flush()
  }

  private mark(id: string, part: Partial<Queued>): void {
    this.change(this.list.map((one) => (one.line.id === id ? { ...one, ...part } : one)))
  }
  private change(list: Queued[]): void {
    this.list = list
    if (list.some(({ kept }) => !kept)) addEventListener('beforeunload', this.stay)
    else removeEventListener('beforeunload', this.stay)
    this.watchers.forEach((act) => act())
  }
}

// SPDX-License-Identifier: EUPL-1.2
// The one place that sends lines, and takes in those that come: whoever writes a line of a room writes it here.
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { client, type LineRow, type LineRows, type NewLine } from '@/api/client'
import { followRoom, type RoomTold } from '@/api/events'
import { joinLines, queries } from '@/api/queries'
import { onReach, unreachedSince } from '@/api/reach'
import { keepCopy } from '@/lib/copies'
import { failureOf } from '@/lib/failure'
import { uuid7 } from '@/lib/uuid7'
import { LineQueue, type Queued } from './line-queue'

const settle = 300
/** In ms. All of a journal is copied each time, which takes as long as the journal is. */
const keptAfter = (lines: number) => Math.max(3_000, lines * 6)

/** The lines of a room as they come. What follows from them is read again once they rest. */
class Intake {
  private timer: ReturnType<typeof setTimeout> | undefined
  private keeping: ReturnType<typeof setTimeout> | undefined
  private board = false
  private readonly cache: QueryClient
  private readonly facility: string
  private readonly room: string

  constructor(cache: QueryClient, facility: string, room: string) {
    this.cache = cache
    this.facility = facility
    this.room = room
  }

  readonly told = (told: RoomTold | null) => {
    if (told?.row) return void this.take(told.row)
    void this.cache.invalidateQueries({ queryKey: queries.lines(this.facility, this.room).queryKey })
    this.later(true)
  }

  /** Resolves once the journal on the screen has it. */
  readonly take = async (row: LineRow): Promise<void> => {
    const { queryKey } = queries.lines(this.facility, this.room)
    const have = this.cache.getQueryData<LineRows>(queryKey)
    const last = have?.items.at(-1)?.arrived ?? 0
    if (have && row.arrived <= last) return
    const { deed, corrects } = row.line
    if (deed || corrects) this.later(Boolean(deed?.impact) || corrects !== '')
    if (have && row.arrived === last + 1) this.cache.setQueryData<LineRows>(queryKey, { items: joinLines(have.items, [row]), through: Math.max(have.through, row.arrived) })
    else await this.cache.invalidateQueries({ queryKey })
    this.keep()
  }

  /** For a page that is opened anew while the server is away. A journal may be long: it is kept once for all that came meanwhile. */
  private keep() {
    const { queryKey } = queries.lines(this.facility, this.room)
    this.keeping ??= setTimeout(() => {
      this.keeping = undefined
      const have = this.cache.getQueryData(queryKey)
      if (have) void keepCopy(queryKey.join('/'), have)
    }, keptAfter(this.cache.getQueryData<LineRows>(queryKey)?.items.length ?? 0))
  }

  private later(board: boolean) {
    this.board ||= board
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      void this.cache.invalidateQueries({ queryKey: queries.room(this.facility, this.room).queryKey, exact: true })
      if (this.board) void this.cache.invalidateQueries({ queryKey: queries.board(this.facility, this.room).queryKey })
      this.board = false
    }, settle)
  }
}

interface Desk { queue: LineQueue; intake: Intake }
const desks = new WeakMap<QueryClient, Map<string, Desk>>()

function deskOf(cache: QueryClient, facility: string, room: string): Desk {
  const all = desks.get(cache) ?? new Map<string, Desk>()
  desks.set(cache, all)
  const known = all.get(room)
  if (known) return known
  const intake = new Intake(cache, facility, room)
  const send = (line: NewLine) => client.writeLine(facility, room, line).catch((error: unknown) => {
    // Somebody else signed in here meanwhile, in another tab: who, is asked anew.
    if (failureOf(error).said.code === 'room.other_author') void cache.invalidateQueries({ queryKey: queries.session().queryKey })
    throw error
  })
  const desk = { intake, queue: new LineQueue(room, send, intake.take) }
  all.set(room, desk)
  return desk
}

/** How many lines nobody has but this page, which is about to forget them. */
export const onlyHere = (cache: QueryClient): number => [...(desks.get(cache)?.values() ?? [])].flatMap(({ queue }) => queue.lines()).filter(({ kept }) => !kept).length

/** Keeps the room's lines up to date while it is on the screen. */
export function useLiveLines(facility: string, room: string): void {
  const cache = useQueryClient()
  useEffect(() => {
    const stop = followRoom(facility, room, deskOf(cache, facility, room).intake.told)
    const stopReach = onReach(() => {
      if (unreachedSince() === null) void cache.invalidateQueries({ queryKey: queries.room(facility, room).queryKey })
    })
    return () => {
      stop()
      stopReach()
    }
  }, [cache, facility, room])
}

/** The lines of a room that the server does not have yet. On whatever screen they are looked at, they are on their way. */
export function useQueued(facility: string, room: string, author: string): Queued[] {
  const { queue } = deskOf(useQueryClient(), facility, room)
  useEffect(() => {
    queue.goesFor(author)
    return onReach(() => unreachedSince() === null && void queue.flush())
  }, [queue, author])
  return useSyncExternalStore(queue.subscribe, queue.lines)
}

/** What a part of the room says when it writes: the rest is filled here and by the server. */
export type Written = Omit<NewLine, 'id'>

/** `author`: whoever is signed in. `ahead`: by how much the server's clock is ahead of this one. */
export function useWriter(facility: string, room: string, author: string, ahead = 0) {
  const cache = useQueryClient()
  const { queue } = deskOf(cache, facility, room)
  const queued = useQueued(facility, room, author)
  return useMemo(() => {
    const now = () => new Date(Date.now() + ahead).toISOString()
    /** The last line that this screen has shown of the server's own chain; of any, where it has none yet. */
    const seen = (): Pick<NewLine, 'seen' | 'seen_in'> => {
      const own = cache.getQueryData(queries.room(facility, room).queryKey)?.chains.find((chain) => chain.own)
      const lines = cache.getQueryData<LineRows>(queries.lines(facility, room).queryKey)?.items
      const last = lines?.findLast(({ chain }) => chain === own?.id) ?? lines?.at(-1)
      return last ? { seen: last.number, seen_in: last.chain } : { seen: own?.lines ?? 0, seen_in: own?.id ?? '' } // the journal is still on its way
    }
    return {
      queued,
      write: (line: Written): string => {
        const typed = now()
        const whole: NewLine = { ...seen(), ...line, happened: line.happened ?? typed, typed, author, id: uuid7() }
        queue.add(whole)
        return whole.id
      },
      /** Lines of a queue that another page wrote to a file. */
      take: (lines: NewLine[]) => queue.add(...lines),
      retry: (id: string) => queue.retry(id),
      drop: (id: string) => queue.drop(id),
    }
  }, [cache, facility, room, author, ahead, queue, queued])
}
export type Writer = ReturnType<typeof useWriter>

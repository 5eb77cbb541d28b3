// SPDX-License-Identifier: EUPL-1.2
// The room on the screen: what was read of it, what its lines say, and the way to write another one.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { ImpactBoard, LineRow, LineRows, PlanDocument, Room } from '@/api/client'
import { queries } from '@/api/queries'
import { useUnreachedSince } from '@/api/reach'
import { shortHead } from '@/lib/short-head'
import { useNow } from '@/lib/use-now'
import { ErrorState, LoadingState, type Asked } from '@/ui/states'
import { listsOf, type Lists } from './lists'
import { waiting, withNewer } from './standing'
import { useLiveLines, useWriter, type Writer } from './use-writer'

export interface RoomAtHand {
  facility: string
  view: Room
  lists: Lists
  lines: LineRow[]
  board: ImpactBoard | undefined
  /** The plan in force; undefined: none, or not read yet. */
  plan: PlanDocument | undefined
  /** In which state the three above are: what was not read is said to be so, never shown as nothing. */
  asked: { lines: Asked<LineRows['items']>; board: Asked<ImpactBoard>; plan: Asked<PlanDocument | null> }
  writer: Writer
  closed: boolean
  /** False: nobody but this browser holds the room; no attachment, no text composed by the server. */
  server: boolean
}

export const RoomContext = createContext<RoomAtHand | null>(null)
/** How often lines are asked for, in ms. Also while they come by themselves: of a server that hangs no stream tells. */
const asked_again = { away: 5_000, there: 30_000 }

/** The room is read less often than its lines: a chain ends with the last line of it that is known. */
function endsOf(chains: Room['chains'], rows: LineRow[]): Room['chains'] {
  return chains.map((chain) => {
    const last = rows.findLast((row) => row.chain === chain.id)
    return last && last.number > chain.lines ? { ...chain, lines: last.number, head: last.hash, short_head: shortHead(last.hash) } : chain
  })
}

export function RoomAtHandProvider({ facility, room, children }: { facility: string; room: string; children: ReactNode }) {
  const away = useUnreachedSince() !== null
  const { data: read } = useSuspenseQuery(queries.room(facility, room))
  const lines = useQuery({ ...queries.lines(facility, room), refetchInterval: asked_again[away ? 'away' : 'there'] })
  const board = useQuery(queries.board(facility, room))
  const plan = useQuery(queries.planInForce(facility))
  useLiveLines(facility, room)
  const session = useQuery(queries.session())
  const author = session.data?.user ?? ''
  const writer = useWriter(facility, room, author, read.ahead)
  const rows = lines.data?.items
  const view = useMemo(() => ({ ...read, chains: endsOf(read.chains, rows ?? []) }), [read, rows])
  // A gesture shows at once: on a slow network, or on none, nobody makes it twice for want of an answer.
  const standing = useMemo(() => {
    const since = (rows ?? []).slice((rows ?? []).findLastIndex(({ arrived }) => arrived <= view.through) + 1)
    return withNewer(view.standing, [...since, ...writer.queued.filter(({ line, state }) => (state === 'sending' || state === 'waiting') && !line.deed?.report).map(({ line }) => waiting(line, author))])
  }, [view, rows, writer.queued, author])
  const lists = useMemo(() => listsOf(standing), [standing])
  const inForce = plan.data === undefined ? undefined : (plan.data?.document ?? null)
  const askedLines = useAsked(rows, lines)
  const askedBoard = useAsked(board.data, board)
  const askedPlan = useAsked(inForce, plan)
  const at = useMemo(
    () => ({
      facility, view, lists, lines: rows ?? [], board: board.data, plan: inForce ?? undefined, asked: { lines: askedLines, board: askedBoard, plan: askedPlan },
      writer, closed: view.room.closed !== null || lists.closing.some(({ row }) => row.arrived > view.through), server: true,
    }),
    [facility, view, lists, rows, board.data, inForce, askedLines, askedBoard, askedPlan, writer],
  )
  // Drafts are taken up once it is known whose they are, and shown to nobody else who signs in in this page.
  if (session.data === undefined) return session.error ? <ErrorState error={session.error} onRetry={() => void session.refetch()} /> : <LoadingState />
  return <RoomContext key={author} value={at}>{children}</RoomContext>
}

/** The state of a question, the same as long as nothing of it changes. */
function useAsked<T>(data: T | undefined, { error, refetch }: { error: unknown; refetch: () => unknown }): Asked<T> {
  return useMemo(() => ({ data, error, refetch }), [data, error, refetch])
}

export function useRoom(): RoomAtHand {
  const at = useContext(RoomContext)
  if (!at) throw new Error('not in a room')
  return at
}

/** What was just said of a deadline waits here, or the server's answer is older: nobody says it twice. */
export function useJustTold(obligation: string): boolean {
  const { lists, view } = useRoom()
  return lists.notice.some(({ what, row }) => what.obligation === obligation && row.arrived > view.through)
}

/** The time by the server's clock: what every countdown of the room is measured against. */
export function useRoomNow(ms = 10_000): number {
  return useNow(ms) + useRoom().view.ahead
}

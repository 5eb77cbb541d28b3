// SPDX-License-Identifier: EUPL-1.2
// The local room as the parts of the room's page want it: the same parts, another source.
import { useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { LineRow, Room } from '@/api/client'
import { listsOf } from '@/features/respond/crisis/lists'
import { RoomContext, type RoomAtHand } from '@/features/respond/crisis/room-context'
import { standingOf } from '@/features/respond/crisis/standing'
import { useWords } from '@/lib/i18n'
import { useNow } from '@/lib/use-now'
import { uuid7 } from '@/lib/uuid7'
import { shortHead } from '@/lib/short-head'
import type { Asked } from '@/ui/states'
import { boardOf } from './journal/board'
import { headOf } from './journal/chain'
import { clocksOf } from './journal/clocks'
import type { JournalHead } from './journal/journal-file'
import { wordsOf } from './journal/words'
import type { LocalRoom } from './local-room'
import type { Pack } from './pack'

/** Nothing here is asked of a server. */
const here = <T,>(data: T): Asked<T> => ({ data, error: null, refetch: () => undefined })

/** As the server's: an opening that is later than the last change raises the level, and lowers none. */
function levelOf(rows: LineRow[], change: LineRow['line'] | undefined): Room['room']['level'] {
  const openings = rows.filter(({ line }) => line.deed?.opening && !(change && line.happened < change.happened))
  const said = [change?.deed?.level?.level, ...openings.map(({ line }) => line.deed?.opening?.level)]
  return said.includes('plan_blanc') ? 'plan_blanc' : 'internal_mobilisation'
}

/** By whom wrote in this room: another node closes its own (src/respond/crisis/rooms_write.cpp, settle). */
function closedAt(rows: LineRow[], { room, chains }: JournalHead): string | null {
  const corrected = new Set(rows.map(({ line }) => line.corrects))
  const ofHere = new Set(chains.filter((one) => one.room === room).map(({ id }) => id))
  return rows.findLast(({ chain, line }) => Boolean(line.deed?.closing) && !corrected.has(line.id) && ofHere.has(chain))?.line.happened ?? null
}

export function LocalRoomProvider({ pack, room, author, children }: { pack: Pack; room: LocalRoom; author: string; children: ReactNode }) {
  const words = useWords()
  const now = useNow(30_000)
  const { head, own, rows } = useSyncExternalStore(room.subscribe, room.state)
  const standing = useMemo(() => standingOf(rows), [rows])
  const at = useMemo((): RoomAtHand => {
    const line = (subject: string) => standing.find((one) => one.subject === subject)?.row.line
    const opening = line('opening')
    const closed = closedAt(rows, head)
    const view: Room = {
      ahead: 0, public_page: '', now: new Date(now).toISOString(), through: rows.length, standing, clocks: clocksOf(standing, pack.obligations, now, words.language),
      chains: head.chains.map((chain) => {
        const end = headOf(chain, rows)
        return { id: chain.id, node: chain.node, own: chain.id === own, here: true, lines: end.number, head: end.hash, short_head: shortHead(end.hash) }
      }),
      room: {
        id: head.room, facility: head.facility, kind: head.kind, name: head.name, level: levelOf(rows, line('level')), opened: opening?.happened ?? head.made,
        opened_by: opening?.author ?? '', closed, lines: rows.length, next_label: '', next_due: null,
      },
    }
    const board = boardOf(standing, pack.plan, now)
    return {
      facility: head.facility, view, lists: listsOf(standing), lines: rows, board, plan: pack.plan, asked: { lines: here(rows), board: here(board), plan: here(pack.plan) }, closed: closed !== null, server: false,
      writer: { queued: [], take: () => undefined, retry: () => undefined, drop: () => undefined, write: (line) => room.write({ ...line, id: uuid7() }, (deed) => wordsOf(deed, words), author) },
    }
  }, [pack, room, author, words, now, head, own, rows, standing])
  return <RoomContext value={at}>{children}</RoomContext>
}

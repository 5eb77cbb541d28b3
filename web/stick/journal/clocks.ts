// SPDX-License-Identifier: EUPL-1.2
// How far the obligations of a crisis are (src/respond/crisis/obligations.hpp): the table is that of the server, in the pack.
import type { RoomClock, Standing } from '@/api/client'
import type { Language } from '@/lib/format'

export interface Obligations {
  events: { id: string; label: Record<Language, string>; at_opening: boolean }[]
  obligations: { id: string; label: Record<Language, string>; recipient: Record<Language, string>; starts: string; hours: number | null; months: number | null; applies: boolean; source: string; confirmed: boolean; first: boolean; contact: string }[]
}

const hour = 3_600_000

/** So many months later in the calendar; the last day of a month that is too short for it. */
function monthsAfter(at: string, months: number): string {
  const begin = new Date(at)
  const later = new Date(begin)
  later.setUTCDate(1)
  later.setUTCMonth(begin.getUTCMonth() + months)
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate()
  later.setUTCDate(Math.min(begin.getUTCDate(), last))
  return later.toISOString()
}

const rank = ({ state, due, first }: RoomClock) => (state === 'running' || state === 'late' ? (first ? 0 : due ? 1 : 2) : state === 'waiting' ? 3 : 4)

export function clocksOf(standing: Standing[], { events, obligations }: Obligations, now: number, language: Language): RoomClock[] {
  const bySubject = new Map(standing.map((one) => [one.subject, one.row.line]))
  const stateOf = (due: string | null): RoomClock['state'] => (due && Date.parse(due) < now ? 'late' : 'running')
  const owed = obligations.map((one): RoomClock => {
    const event = events.find(({ id }) => id === one.starts)
    const said = bySubject.get(`milestone/${one.starts}`)?.happened ?? null
    const started = said ?? (event?.at_opening ? (bySubject.get('opening')?.happened ?? null) : null)
    const due = !started ? null : one.hours ? new Date(Date.parse(started) + one.hours * hour).toISOString() : one.months ? monthsAfter(started, one.months) : null
    const notice = bySubject.get(`notice/${one.id}`)
    const told = notice?.deed?.notice?.state
    return {
      obligation: one.id, label: one.label[language], recipient: one.recipient[language], event: one.starts, event_label: event?.label[language] ?? '', started, assumed: started !== null && said === null, due,
      met: told === 'met' ? (notice?.happened ?? null) : null, document: '', source: one.source, confirmed: one.confirmed, first: one.first, contact: one.contact,
      state: told === 'met' ? 'met' : told === 'not_applicable' || (!one.applies && !told) ? 'not_applicable' : started ? stateOf(due) : 'waiting',
    }
  })
  const reviews = standing.flatMap(({ row, contested }): RoomClock[] => {
    const decision = row.line.deed?.decision
    if (!decision?.review || (decision.state === 'revoked' && contested.length === 0)) return []
    return [{
      obligation: `review/${decision.id}`, label: decision.title, recipient: decision.decided_by, event: '', event_label: '', started: row.line.happened, assumed: false, due: decision.review, met: null, document: '', source: '',
      confirmed: true, first: false, contact: '', state: stateOf(decision.review),
    }]
  })
  return [...owed, ...reviews].sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? (a.due ?? '').localeCompare(b.due ?? '') : 0))
}

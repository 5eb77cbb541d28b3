// SPDX-License-Identifier: EUPL-1.2
// What holds in a room: for each thing the line about the latest moment stands (src/respond/crisis/standing.hpp).
import type { Deed, Line, LineRow, NewLine, Standing } from '@/api/client'

export function subjectOf(deed: Deed): string {
  const { opening, level, impact, task, tick, decision, presence, handover, request, placement, milestone, notice, report, closing, bulletin } = deed
  if (opening) return 'opening'
  if (level) return 'level'
  if (impact) return `impact/${impact.element || `named/${impact.name}`}`
  if (task) return `task/${task.id}`
  if (tick) return `tick/${tick.card}/${tick.gesture}`
  if (decision) return `decision/${decision.id}`
  if (presence) return `presence/${presence.person}`
  if (handover) return `handover/${handover.id}`
  if (request) return `request/${request.id}`
  if (placement) return `placement/${placement.number}`
  if (milestone) return `milestone/${milestone.event}`
  if (notice) return `notice/${notice.obligation}`
  if (report) return `report/${report.head}`
  if (bulletin) return `bulletin/${bulletin.id}`
  return closing ? 'closing' : ''
}

interface Placed { moment: number; row: LineRow }
const inTime = (a: Placed, b: Placed) => a.moment - b.moment || a.row.line.typed.localeCompare(b.row.line.typed) || a.row.arrived - b.row.arrived

/** Of these `happened` is what is said, not when it holds from: what was said last stands, also an earlier time. */
export const statesATime = (deed: Deed | null | undefined) => Boolean(deed?.milestone) || deed?.notice?.state === 'met'
const aboutOf = ({ line: { deed } }: LineRow) => deed ? subjectOf(deed) : ''
const isOtherWords = (row: LineRow, before: LineRow) => aboutOf(row) === aboutOf(before) && (statesATime(row.line.deed) || row.line.happened === before.line.happened)
const isAboutNow = (row: LineRow) => row.line.happened === row.line.typed || statesATime(row.line.deed)

/** What the author of a line had before him: a chain as far as that. A line that waited had seen less than its place tells. */
function viewOf({ chain, number, line: { seen, seen_in } }: LineRow): { chain: string; through: number } {
  if (seen_in && seen_in !== chain) return { chain: seen_in, through: seen ?? 0 }
  return { chain, through: Math.min(seen ?? number - 1, number - 1) }
}
const upTo = (latest: number[] | undefined, through: number) => latest?.[Math.min(through, latest.length) - 1] ?? Number.NEGATIVE_INFINITY

/** A line about now comes after all that its author had before him, whatever the clock says; other words for a line, where
    it stood. */
function placed(rows: readonly LineRow[]): Placed[] {
  const latest = new Map<string, number[]>() // of each chain: the latest moment up to each line
  const byLine = new Map<string, Placed>()
  return rows.map((row) => {
    const said = Date.parse(statesATime(row.line.deed) ? row.line.typed : row.line.happened)
    const own = latest.get(row.chain) ?? []
    latest.set(row.chain, own)
    const view = viewOf(row)
    const moment = isAboutNow(row) ? Math.max(said, upTo(latest.get(view.chain), view.through) + 1) : said
    const { chain = '', through = 0 } = row.line.deed?.joined ?? {}
    own.push(Math.max(upTo(own, own.length), moment, upTo(latest.get(chain), through)))
    const before = byLine.get(row.line.corrects)
    const one = { moment: before && isOtherWords(row, before.row) ? before.moment : moment, row }
    byLine.set(row.line.id, one)
    return one
  })
}
/** Does what the last line tells of go on since this one? A system is out until it is full again; care, and a decision, is in
    one state until it is in another: closed from the hour at which it was closed, taken at the hour at which it was taken. */
function goesOn(row: LineRow, last: LineRow): boolean {
  const { impact, decision } = row.line.deed ?? {}
  if (decision) return decision.state === last.line.deed?.decision?.state
  if (!impact) return true
  return impact.layer === 'service' ? impact.state === last.line.deed?.impact?.state : impact.state !== 'full'
}

/** Had whoever wrote the later line the earlier one before him, or in a chain that was taken in there? */
function knows(later: LineRow, earlier: LineRow, joins: LineRow[]): boolean {
  const view = viewOf(later)
  if (later.chain === earlier.chain && later.line.author === earlier.line.author) return earlier.number < later.number
  if (earlier.chain === view.chain) return earlier.number <= view.through
  return joins.some(({ chain, number, line: { deed } }) => chain === view.chain && number <= view.through && deed?.joined?.chain === earlier.chain && deed.joined.through >= earlier.number)
}
/** Chains that were taken in and are here. */
function joinsOf(rows: readonly LineRow[]): LineRow[] {
  const here = new Set(rows.map(({ chain, number, hash }) => `${chain}/${number}/${hash}`))
  return rows.filter(({ line: { deed } }) => deed?.joined && here.has(`${deed.joined.chain}/${deed.joined.through}/${deed.joined.head}`))
}
/** Nodes put the members of a deed in orders of their own, and leave out what is not there. */
const plainly = (deed: Deed | null | undefined) => JSON.stringify(deed, (_, value: unknown) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null).sort()) : value))
const saysTheSame = ({ line: a }: LineRow, { line: b }: LineRow) => plainly(a.deed) === plainly(b.deed) && (!statesATime(a.deed) || a.happened === b.happened)

/** Of the lines of a journal. One post alone contests nothing; a file may hold the lines of many. */
export function standingOf(rows: readonly LineRow[]): Standing[] {
  const joins = joinsOf(rows)
  const corrected = new Set(rows.map(({ line }) => line.corrects).filter(Boolean))
  const bySubject = new Map<string, Placed[]>()
  for (const one of placed(rows)) {
    const { deed, id } = one.row.line
    const subject = deed && !corrected.has(id) ? subjectOf(deed) : ''
    if (subject) bySubject.set(subject, [...(bySubject.get(subject) ?? []), one])
  }
  return [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([subject, lines]) => {
    lines.sort(inTime)
    const top = subject === 'opening' ? lines[0] : lines.at(-1)
    if (!top) return []
    const rest = lines.findLastIndex(({ row }) => !goesOn(row, top.row))
    const others = subject === 'opening' ? [] : lines.filter(({ row }) => !saysTheSame(row, top.row) && !knows(top.row, row, joins) && !knows(row, top.row, joins))
    return [{ subject, row: top.row, since: (lines[rest + 1] ?? top).row.line.happened, contested: others.map(({ row }) => row.line.id) }]
  })
}

/** A line that waits here for the server, as the journal will have it. */
export const waiting = (line: NewLine, author: string): LineRow => ({ arrived: Number.POSITIVE_INFINITY, chain: '', number: 0, hash: '', line: { author, from: '', to: '', text: '', corrects: '', attachments: [], ...line } as Line })

/** A line about now comes after all that its writer had seen, whatever the clocks say; other words for a line, where it stood. */
const standsBelow = (row: LineRow, top: LineRow) => (row.line.corrects && statesATime(row.line.deed) ? row.line.corrects !== top.line.id : !isAboutNow(row) && row.line.happened < top.line.happened)

/** What the server says holds, and on top of it the lines that its answer does not know yet. It settles what is contested. */
export function withNewer(standing: Standing[], newer: LineRow[]): Standing[] {
  const deeds = newer.filter(({ line }) => line.deed)
  if (deeds.length === 0) return standing
  const held = new Map(standing.map((one) => [one.subject, one]))
  for (const row of deeds) {
    const subject = subjectOf(row.line.deed as Deed)
    const before = held.get(subject)
    if (before && (subject === 'opening' || standsBelow(row, before.row))) continue
    held.set(subject, { subject, row, since: before && goesOn(before.row, row) ? before.since : row.line.happened, contested: [] })
  }
  return [...held.values()]
}

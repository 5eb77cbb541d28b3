// SPDX-License-Identifier: EUPL-1.2
// The lists of a room, by what their lines changed: the one place that knows how to get from standing lines to tasks,
// decisions and the rest.
import type { Deed, LineRow, NewDeed, Standing } from '@/api/client'

export type DeedName = keyof Deed
/** What a line that stands says of one thing. */
export interface Held<Name extends DeedName> {
  subject: string
  what: NonNullable<Deed[Name]>
  row: LineRow
  since: string
  /** Lines that say otherwise, written without knowing of this one. */
  contested: string[]
}
export type Lists = { [Name in DeedName]: Held<Name>[] }

const names: DeedName[] = ['opening', 'level', 'impact', 'task', 'tick', 'decision', 'presence', 'handover', 'request', 'placement', 'milestone', 'notice', 'report', 'joined', 'closing', 'bulletin']

/** The one member of a deed that is there. */
export function deedName(deed: NewDeed | null | undefined): DeedName | undefined {
  return deed ? names.find((name) => deed[name] !== null && deed[name] !== undefined) : undefined
}

export function listsOf(standing: Standing[]): Lists {
  const lists = Object.fromEntries(names.map((name) => [name, [] as unknown[]])) as Record<DeedName, unknown[]>
  for (const { subject, row, since, contested } of standing) {
    const name = deedName(row.line.deed)
    if (name) lists[name].push({ subject, what: row.line.deed?.[name], row, since, contested })
  }
  return lists as unknown as Lists
}

const soonest = (a: string | null | undefined, b: string | null | undefined) => (a ?? '9').localeCompare(b ?? '9')

/** Does another post say otherwise? */
export const isContested = ({ contested }: Held<DeedName>) => contested.length > 0

/** What is still to be done, or perhaps, the soonest first; then what was done, the latest first. */
export function tasksOf({ task }: Lists): { open: Held<'task'>[]; closed: Held<'task'>[] } {
  const ended = (one: Held<'task'>) => !isContested(one) && (one.what.state === 'done' || one.what.state === 'dropped')
  return {
    open: task.filter((one) => !ended(one)).sort((a, b) => soonest(a.what.due, b.what.due)),
    closed: task.filter(ended).sort((a, b) => latest(a, b)),
  }
}

const latest = (a: { row: LineRow }, b: { row: LineRow }) => b.row.line.happened.localeCompare(a.row.line.happened)

export const latestFirst = <Name extends DeedName>(list: Held<Name>[]): Held<Name>[] => [...list].sort(latest)

/** Decisions that hold or wait, or perhaps, by the hour since which they do; revoked ones apart. */
export function decisionsOf({ decision }: Lists) {
  const revoked = (one: Held<'decision'>) => !isContested(one) && one.what.state === 'revoked'
  const sorted = [...decision].sort((a, b) => b.since.localeCompare(a.since))
  return { holding: sorted.filter((one) => !revoked(one)), revoked: sorted.filter(revoked) }
}

/** People by cell, in the order of the cells' names; those of no cell last. */
export function presenceByCell({ presence }: Lists): { cell: string; people: Held<'presence'>[] }[] {
  const cells = [...new Set(presence.map(({ what }) => what.cell))].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
  return cells.map((cell) => ({ cell, people: presence.filter(({ what }) => what.cell === cell).sort((a, b) => a.what.person.localeCompare(b.what.person)) }))
}

/** Not there: called, on the way, gone, or not to be had. */
export const absentees = ({ presence }: Lists) => presence.filter(({ what }) => what.state !== 'present')

export const reportsOf = ({ report }: Lists) => [...report].sort((a, b) => b.what.number - a.what.number)

/** What was told to the public, the latest first; withdrawn ones stay to be seen. */
export const bulletinsOf = ({ bulletin }: Lists) => latestFirst(bulletin)

export const tickKey = (card: string, gesture: number) => `${card}/${gesture}`
export const ticksByGesture = ({ tick }: Lists) => new Map(tick.map((one) => [tickKey(one.what.card, one.what.gesture), one]))

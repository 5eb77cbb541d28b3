// SPDX-License-Identifier: EUPL-1.2
// What holds in a room: for each thing the line about the latest moment stands (src/respond/crisis/standing.hpp). Whoever
// sits here has seen every line before writing the next, so nothing is contested.
import type { Deed, LineRow, Standing } from '@/api/client'

export function subjectOf(deed: Deed): string {
  const { opening, level, impact, task, tick, decision, presence, handover, request, placement, milestone, notice, report, closing } = deed
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
  return closing ? 'closing' : ''
}

const inTime = (a: LineRow, b: LineRow) => a.line.happened.localeCompare(b.line.happened) || a.line.typed.localeCompare(b.line.typed) || a.arrived - b.arrived
const atRest = ({ line }: LineRow) => line.deed?.impact?.state === 'full'

export function standingOf(rows: readonly LineRow[]): Standing[] {
  const corrected = new Set(rows.map(({ line }) => line.corrects).filter(Boolean))
  const bySubject = new Map<string, LineRow[]>()
  for (const row of rows) {
    const subject = row.line.deed && !corrected.has(row.line.id) ? subjectOf(row.line.deed) : ''
    if (subject) bySubject.set(subject, [...(bySubject.get(subject) ?? []), row])
  }
  return [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([subject, lines]) => {
    lines.sort(inTime)
    const top = subject === 'opening' ? lines[0] : lines.at(-1)
    if (!top) return []
    const rest = lines.findLastIndex(atRest)
    return [{ subject, row: top, since: (lines[rest + 1] ?? top).line.happened, contested: [] }]
  })
}

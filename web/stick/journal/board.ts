// SPDX-License-Identifier: EUPL-1.2
// What was declared down, and which services the plan says work degraded for it. There is no engine here: nothing is
// forecast beyond what the sheets of the services say.
import type { BoardElement, ImpactBoard, PlanDocument, Standing } from '@/api/client'

type Sheet = PlanDocument['services'][number]
const blank = {
  seen: null, since: null, cause: 'unknown', forecast: 'full', tolerated_h: null, tolerated_until: null, capacity_seen: null, capacity: null, stops: null, transfers: 0, curve: [], contested: false,
} as const satisfies Omit<BoardElement, 'id' | 'name' | 'layer'>

/** Every service and application that the plan names, and whatever else was declared. */
export function boardOf(standing: Standing[], plan: PlanDocument, now: number): ImpactBoard {
  const declared = standing.flatMap(({ row, since, contested }): BoardElement[] => {
    const impact = row.line.deed?.impact
    if (!impact) return []
    const out = impact.state !== 'full'
    return [{
      ...blank, curve: [], id: impact.element, name: impact.name, layer: impact.layer, seen: impact.state, since: out ? since : null, cause: out ? impact.cause : 'unknown', forecast: impact.state,
      capacity_seen: impact.capacity, transfers: impact.transfers ?? 0, contested: contested.length > 0,
    }]
  })
  // A ward and its application often have one name.
  const services = plan.services.map(({ id, name }): BoardElement => ({ ...blank, curve: [], id: id ?? '', name, layer: 'service' }))
  const applications = [...new Set(plan.services.flatMap(({ applications: names }) => names ?? []))].map((name): BoardElement => ({ ...blank, curve: [], id: '', name, layer: 'application' }))
  const silent = [...services, ...applications].filter(({ id, name, layer }) => !declared.some((one) => one.layer === layer && (one.name === name || (id !== '' && one.id === id))))
  return { now: new Date(now).toISOString(), elements: [...declared, ...silent].sort((a, b) => a.name.localeCompare(b.name)), first: [], known: false }
}

const hours = { h2: 2, h8: 8, h24: 24, h72: 72, w1: 168, w4: 672 } as const
export interface Touched { sheet: Sheet; without: string[]; mode: NonNullable<Sheet['modes']>[number] | undefined }

/** The services of the plan that work with something declared out, with the mode that holds by now. */
export function touchedBy(board: ImpactBoard, plan: PlanDocument, now: number): Touched[] {
  const out = board.elements.filter(({ layer, seen }) => layer !== 'service' && seen !== null && seen !== 'full')
  const since = new Map(out.map(({ name, since: from }) => [name, Date.parse(from ?? '') || now]))
  return plan.services.flatMap((sheet) => {
    const without = (sheet.applications ?? []).filter((name) => since.has(name))
    if (without.length === 0) return []
    const elapsed = (now - Math.min(...without.map((name) => since.get(name) ?? now))) / 3_600_000
    const modes = sheet.modes ?? []
    return [{ sheet, without, mode: modes.find(({ horizon }) => elapsed <= hours[horizon]) ?? modes.at(-1) }]
  })
}

// SPDX-License-Identifier: EUPL-1.2
interface Called { who: string; cell: string; unit: string; person: string }
interface Branch { caller: string; called?: string[] }

/** People as the plan's call trees name them, each with who calls; the others after them, by unit and name. Rows come in
    the order of calling: the last one of a person says where he or she stands, and in a room each name is one person's. */
export function inCallOrder<Row extends Called>(people: Row[], branches: Branch[]): { one: Row; by: string }[] {
  const order = new Map<string, { place: number; by: string }>()
  for (const { caller, called = [] } of branches) {
    for (const [contact, by] of [[caller, ''] as const, ...called.map((one) => [one, caller] as const)]) {
      const known = order.get(`contact:${contact}`)
      if (known === undefined) order.set(`contact:${contact}`, { place: order.size, by })
      else if (known.by === '') known.by = by
    }
  }
  const last = { place: order.size, by: '' }
  const planned = new Map(people.flatMap(({ person, who }) => (order.has(who) ? [[person, order.get(who)]] : [])))
  const once = new Map(people.map((one) => [one.person, one]))
  return [...once.values()]
    .map((one) => ({ one, ...(planned.get(one.person) ?? last) }))
    .sort((a, b) => a.place - b.place || (a.one.cell || a.one.unit).localeCompare(b.one.cell || b.one.unit) || a.one.person.localeCompare(b.one.person))
    .map(({ one, by }) => ({ one, by }))
}

// SPDX-License-Identifier: EUPL-1.2
// Names that a room offers while one types: from the plan in force, the impact board and the room itself. Nothing from
// the cartography, which whoever is called in the night may not read.
import { useMemo } from 'react'
import { useRoom } from './room-context'

const unique = (names: string[]) => [...new Set(names.filter(Boolean))]

export function useNames() {
  const { plan, board, lists } = useRoom()
  return useMemo(() => {
    const roles = unique(plan?.roles.map(({ name }) => name) ?? [])
    const cells = unique([...(plan?.cells.map(({ name }) => name) ?? []), ...lists.presence.map(({ what }) => what.cell)])
    const people = unique([...lists.presence.map(({ what }) => what.person), ...(plan?.contacts.filter(({ group }) => group === 'staff').map(({ name }) => name) ?? [])])
    const outside = unique(plan?.contacts.filter(({ group }) => group !== 'staff').map(({ name }) => name) ?? [])
    const services = unique([...(board?.elements.filter(({ layer }) => layer === 'service').map(({ name }) => name) ?? []), ...(plan?.services.map(({ name }) => name) ?? [])])
    return { roles, cells, people, outside, services, who: unique([...cells, ...roles, ...services, ...people, ...outside]), acting: unique([...roles, ...cells, ...people]) }
  }, [plan, board, lists])
}

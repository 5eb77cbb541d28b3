// SPDX-License-Identifier: EUPL-1.2
// What is read at five metres, by people who will act on it.
import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { Standing } from '@/api/client'
import { boardNow, resetRoom, roomOf, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { open, serve, words } from './page'

const at = `/facilities/${facility_id}/rooms/${room_id}`
beforeEach(async () => {
  resetRoom()
  await words('fr')
})

test('a decision that nobody has taken yet says so', async () => {
  const view = roomOf(room_id) as NonNullable<ReturnType<typeof roomOf>>
  const pending = ({ subject, row, ...rest }: Standing) => {
    const decision = row.line.deed?.decision
    return { ...rest, subject, row: decision ? { ...row, line: { ...row.line, deed: { ...row.line.deed, decision: { ...decision, state: 'pending' } } } } : row } as Standing
  }
  const decisions = async () => within(await screen.findByRole('region', { name: 'Décisions' })).findByText(/^Couper les liens/)
  serve('full')
  const { unmount } = open(`/facilities/${facility_id}/room/${room_id}/wall`)
  expect((await decisions()).closest('li')?.textContent).not.toContain('en attente')
  unmount()
  serve('full', { [`GET ${at}`]: { ...view, standing: view.standing.map(pending) } })
  open(`/facilities/${facility_id}/room/${room_id}/wall`)
  expect((await decisions()).closest('li')?.textContent).toContain('en attente')
})

test('a component that was declared down is on it, and one that only feels it is not', async () => {
  const [application] = boardNow().elements.filter(({ layer, seen }) => layer === 'application' && seen === 'down')
  const backup = { ...application, id: 'BKP', name: 'Serveur de sauvegarde', layer: 'component' as const }
  const server = { ...backup, id: 'SRV', name: 'Serveur muet', seen: null, forecast: 'down' as const }
  serve('full', { [`GET ${at}/board`]: { ...boardNow(), elements: [backup, server] } })
  open(`/facilities/${facility_id}/room/${room_id}/wall`)
  const impact = await screen.findByRole('region', { name: 'Impact' })
  expect(await within(impact).findByText('Serveur de sauvegarde')).toBeDefined()
  expect(within(impact).queryByText('Serveur muet')).toBeNull()
  expect(within(impact).queryByText(/Rien n’est/)).toBeNull()
})

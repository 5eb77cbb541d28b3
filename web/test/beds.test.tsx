// SPDX-License-Identifier: EUPL-1.2
// Where patients are, once no computer tells.
import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { uuid7 } from '@/lib/uuid7'
import { resetRoom, room_id, writeLine } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

beforeEach(async () => {
  resetRoom()
  await words('fr')
})

test('each service counts the beds that it has occupied, and whom it has to move', async () => {
  const place = (number: string, service: string, state: 'here' | 'to_move' | 'moved') => writeLine({ id: uuid7(), kind: 'information', deed: { placement: { number, service, bed: '', destination: '', state } } })
  for (const number of ['1', '2', '3']) place(number, 'Réanimation', 'here')
  place('3', 'Réanimation', 'to_move')
  place('9', 'Maternité', 'moved')
  serve('full')
  open(`/facilities/${facility_id}/room/${room_id}/beds`)
  const board = await screen.findByRole('region', { name: 'Localisation' })
  const counts = (await within(board).findAllByRole('listitem')).map(({ textContent }) => textContent)
  expect(counts).toContain('Réanimation 2 sur place · 2 à transférer')
  expect(counts.filter((one) => one?.includes('Maternité'))).toEqual([])
  await expectAccessible()
})

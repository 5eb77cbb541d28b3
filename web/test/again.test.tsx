// SPDX-License-Identifier: EUPL-1.2
// What is said again of something: an outage that ends, a decision that is looked at once more.
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { uuid7 } from '@/lib/uuid7'
import { boardNow, resetRoom, room_id, writeLine } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { open, serve, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
beforeEach(async () => {
  resetRoom()
  await words('fr')
})

test('what a stick knew by its name alone is ended under that name, though the hospital has one of that name', async () => {
  const [application] = boardNow().elements.filter(({ id }) => id === 'PACS')
  const named = { ...application, id: '', seen: 'down' as const, since: new Date(Date.now() - 3_600_000).toISOString() }
  const { asked } = serve('full', { [`GET /facilities/${facility_id}/rooms/${room_id}/board`]: { ...boardNow(), elements: [application, named] } })
  const user = userEvent.setup()
  open(`${root}/board`)
  await user.click(await screen.findByRole('button', { name: 'PACS Opaline' }))
  const drawer = await screen.findByRole('dialog')
  await user.selectOptions(within(drawer).getByLabelText(/^État/, { selector: 'select' }), 'full')
  await user.click(within(drawer).getByRole('button', { name: 'Déclarer' }))
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body).toMatchObject({ line: { deed: { impact: { element: '', name: 'PACS Opaline', state: 'full' } } } }))
})

test('a review comes again after the same time, also of a decision that was taken just before', async () => {
  const minute = 60_000
  const at = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString()
  const review = at(10)
  const decide = (state: 'pending' | 'taken', minutes: number) =>
    writeLine({ id: uuid7(), kind: 'decision', happened: at(minutes), deed: { decision: { id: 'd2', title: 'Arrêter le laboratoire', reason: '', decided_by: '', authority: '', care_cost: '', review, state } } })
  decide('pending', -230)
  decide('taken', -5)
  serve('full')
  open(`${root}/decisions`)
  await waitFor(() => expect(screen.getByText('Arrêter le laboratoire').closest('li')?.textContent).toMatch(/Revue, la prochaine dans (3.h 59|4.h)/), { timeout: 5_000 })
})

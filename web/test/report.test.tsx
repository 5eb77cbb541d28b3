// SPDX-License-Identifier: EUPL-1.2
// A situation report that was begun hours ago is not taken for one of now.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { recall, remember } from '@/lib/keep'
import { linesOf, resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const reports = `/facilities/${facility_id}/room/${room_id}/reports`
const name = `report/${room_id}`
const through = () => linesOf(0).through
const at = new Date(2026, 10, 26, 2, 0).toISOString()
const text = () => screen.findByLabelText<HTMLTextAreaElement>(/^Texte, à relire/)
const begin = async (user: ReturnType<typeof userEvent.setup>) => user.click(await screen.findByRole('button', { name: 'Composer un point' }))

beforeEach(async () => {
  resetRoom()
  remember('owner', 'owner')
  await words('fr')
  serve('full')
})

test('a draft with lines since waits for a choice; approval is held until then', async () => {
  remember(name, JSON.stringify({ text: 'Texte de la nuit', at, through: through() - 3 }))
  const user = userEvent.setup()
  open(reports)
  await begin(user)
  expect(await screen.findByText(/^▲ Brouillon composé .*02:00.*3 lignes depuis/)).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Approuver et inscrire' })).toBeNull()
  expect(screen.getByText('Texte de la nuit')).toBeDefined()
  await expectAccessible()
  await user.click(screen.getByRole('button', { name: 'Garder ce brouillon' }))
  expect((await text()).value).toBe('Texte de la nuit')
  expect(screen.getByText(/^▲ Composé .*02:00.*3 lignes depuis/)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Approuver et inscrire' })).toBeDefined()
})

test('composed anew, the draft is gone', async () => {
  remember(name, JSON.stringify({ text: 'Texte de la nuit', at, through: through() - 1 }))
  const user = userEvent.setup()
  open(reports)
  await begin(user)
  await user.click(await screen.findByRole('button', { name: 'Composer à nouveau' }))
  expect((await text()).value).toMatch(/^SOINS TOUCHÉS/)
  await waitFor(() => expect(recall(name)).toBeNull())
})

test('when nothing was written since, nothing is asked; what is typed keeps when it was composed', async () => {
  remember(name, JSON.stringify({ text: 'Texte de la nuit', at, through: through() }))
  const user = userEvent.setup()
  open(reports)
  await begin(user)
  expect((await text()).value).toBe('Texte de la nuit')
  await user.type(await text(), ' bis')
  expect(JSON.parse(recall(name) ?? '')).toEqual({ text: 'Texte de la nuit bis', at, through: through() })
})

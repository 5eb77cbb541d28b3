// SPDX-License-Identifier: EUPL-1.2
// The page of the USB stick: what cannot be taken back there is asked twice.
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { PlanDocument } from '@/api/client'
import { keptRooms, LocalRoom } from '../stick/local-room'
import type { Pack } from '../stick/pack'
import { StickPage } from '../stick/stick-page'
import obligations from '../../data/obligations.json'
import { planOf } from '../dev/fake_plan.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, show, words } from './page'

beforeEach(async () => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:journal', revokeObjectURL: () => {} }))
  await words('fr')
})

const packed = (): Pack => ({ facility: facility_id, name: 'Valmont', day: '2026-11-03', language: 'fr', number: 1, in_force: '2026-11-01', plan: planOf(1)?.document as PlanDocument, obligations: obligations as unknown as Pack['obligations'] })

test('a room that this browser keeps says how much of it, after the file that may hold more', async () => {
  const room = LocalRoom.open(facility_id, 'Crise', 'exercise', 'Clé USB')
  for (const id of ['1', '2']) room.write({ id, kind: 'fact', text: `Fait ${id}` }, () => '', 'Anne')
  show(<StickPage pack={packed()} />)
  const section = await screen.findByRole('region', { name: 'Reprendre une salle' })
  expect(within(section).getAllByRole('button').map((one) => one.textContent)).toEqual(['Ouvrir un fichier de main courante', expect.stringMatching(/^Crise \(.*: 2 lignes gardées ici$/)])
  expect(section.textContent).toContain('Ouvrez-le d’abord.')
  await userEvent.click(within(section).getByRole('button', { name: /^Crise/ }))
  expect(await screen.findByText('Fait 2')).toBeDefined()
  room.forget()
})

test('a copy that was handed to the browser is not said to be saved, and the room is erased at the second press', async () => {
  const user = userEvent.setup()
  show(<StickPage pack={packed()} />)
  await user.click(await screen.findByRole('button', { name: /Exercice/ }))
  await user.click(screen.getByRole('button', { name: 'Ouvrir la salle' }))
  await user.click(await screen.findByRole('link', { name: 'Fermer' }))
  await user.click(screen.getByRole('button', { name: 'Fermer la salle…' }))
  await user.click(screen.getByRole('button', { name: 'Fermer la salle maintenant' }))
  await user.click(screen.getByRole('button', { name: 'Enregistrer une copie' }))
  const strip = screen.getByRole('status', { name: 'Enregistrement de la main courante' })
  expect(strip.textContent).toMatch(/▲ Copie remise au navigateur.*\.jsonl.*Vérifiez/)
  expect(strip.textContent).not.toContain('✓')
  await expectAccessible('piece')
  await user.click(screen.getByRole('button', { name: 'Effacer cette salle de ce navigateur' }))
  expect(keptRooms(facility_id)).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Effacer maintenant, sans retour' }))
  expect(keptRooms(facility_id)).toEqual([])
  expect(await screen.findByRole('button', { name: /Exercice/ })).toBeDefined()
})

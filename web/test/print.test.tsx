// SPDX-License-Identifier: EUPL-1.2
// What a printer gets of a room, whichever part is printed: whose it is, what waits, and that an extract is one.
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PlanDocument } from '@/api/client'
import { remember } from '@/lib/keep'
import type { Pack } from '../stick/pack'
import { StickPage } from '../stick/stick-page'
import obligations from '../../data/obligations.json'
import { planOf } from '../dev/fake_plan.ts'
import { resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { open, serve, show, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
const screenMedia = matchMedia
beforeEach(async () => {
  resetRoom()
  vi.stubGlobal('matchMedia', (query: string) => ({ ...screenMedia(query), matches: query === 'print' }))
  await words('fr')
})
afterEach(() => vi.stubGlobal('matchMedia', screenMedia))

test('whatever part of a room on the stick is printed says whose it is, and EXERCICE on every page', async () => {
  const user = userEvent.setup()
  const pack: Pack = { facility: facility_id, name: 'Valmont', day: '2026-11-03', language: 'fr', number: 1, in_force: '2026-11-01', plan: planOf(1)?.document as PlanDocument, obligations: obligations as unknown as Pack['obligations'] }
  show(<StickPage pack={pack} />)
  await user.click(await screen.findByRole('button', { name: /Exercice/ }))
  await user.click(screen.getByRole('button', { name: 'Ouvrir la salle' }))
  for (const part of ['Main courante', 'Localisation', 'Relève', 'Annuaire', 'Imprimer']) {
    await user.click(screen.getByRole('link', { name: part }))
    expect(screen.getAllByText(/· situation au /).map((one) => one.textContent)).toEqual([expect.stringMatching(/^EXERCICE · Valmont · .* · situation au .* · 1 ligne · Empreinte [0-9a-f ]{19}$/)])
    expect(document.documentElement.style.getPropertyValue('--margin-note')).toContain('EXERCICE')
  }
})

test('lines that the server has not taken yet are on paper too, after the others', async () => {
  const away = (line: string) => ({ id: '019a0000-0000-7000-8000-000000000001', kind: 'fact', text: line, author: 'code:Accueil', happened: '2026-11-26T02:07:00Z', typed: '2026-11-26T02:07:00Z' })
  remember(`line/${room_id}/019a0000-0000-7000-8000-000000000001`, JSON.stringify(away('Ascenseur bloqué')))
  serve('full')
  open(root)
  const journal = await screen.findByRole('region', { name: 'Main courante' })
  const head = await within(journal).findByRole('heading', { name: 'Pas encore reçues par le serveur' })
  expect(head.nextSibling?.textContent).toMatch(/\d\d:07.*Ascenseur bloqué — Accueil/)
})

test('a card that is folded on the screen is whole on paper', async () => {
  serve('full')
  open(`${root}/cards`)
  const cards = await screen.findByRole('region', { name: 'Fiches' })
  await within(cards).findAllByRole('checkbox')
  expect([...cards.querySelectorAll('details')].filter((one) => !one.open)).toEqual([])
})

test('an extract says that it is one, of how many', async () => {
  const user = userEvent.setup()
  serve('full')
  const { unmount } = open(`${root}?kind=decision`)
  const journal = await screen.findByRole('region', { name: 'Main courante' })
  await user.type(await within(journal).findByRole('searchbox'), 'radio')
  expect(await within(journal).findByText(/^Extrait, «.décision · radio.».: \d+ sur 12$/)).toBeDefined()
  unmount()
  open(`${root}/beds`)
  const beds = await screen.findByRole('region', { name: 'Localisation' })
  expect(within(beds).queryByText(/^Extrait/)).toBeNull()
  await user.type(within(beds).getByRole('searchbox'), '12')
  expect(within(beds).getByText(/^Extrait, «.12.».: \d+ sur \d+$/)).toBeDefined()
  await user.type(within(beds).getByRole('searchbox'), ' nulle part')
  expect(within(beds).getByText('Aucune ligne ne correspond.')).toBeDefined() // not that nobody was registered
})

// SPDX-License-Identifier: EUPL-1.2
// The page of the USB stick: what cannot be taken back there is asked twice.
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { NewDeed, PlanDocument } from '@/api/client'
import { recallNames } from '@/lib/keep'
import { headOf, link } from '../stick/journal/chain'
import { keptRooms, LocalRoom } from '../stick/local-room'
import { isBehind, type Pack } from '../stick/pack'
import { StickPage } from '../stick/stick-page'
import obligations from '../../data/obligations.json'
import { planOf } from '../dev/fake_plan.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, show, words } from './page'

beforeEach(async () => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:journal', revokeObjectURL: () => {} }))
  await words('fr')
})

const packed = (day = '2026-11-03'): Pack => ({ facility: facility_id, name: 'Valmont', day, language: 'fr', number: 1, in_force: '2026-11-01', plan: planOf(1)?.document as PlanDocument, obligations: obligations as unknown as Pack['obligations'] })

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

test('a room goes on here though another node, which was taken in, has closed its own', async () => {
  const said = (id: string, deed: NewDeed) => JSON.stringify({ id, happened: '2026-11-26T02:00:00Z', typed: '2026-11-26T02:00:00Z', kind: 'decision', text: id, deed })
  const [server, laptop] = [{ id: 'server', room: 'night', node: 'serveur' }, { id: 'laptop', room: 'other', node: 'portable' }]
  const links = [link(server, headOf(server, []), said('Ouverture', { opening: { kind: 'exercise', name: 'Nuit', level: 'plan_blanc' } })), link(laptop, headOf(laptop, []), said('Close', { closing: { lessons: '' } }))]
  const room = LocalRoom.goOn({ head: { version: 1, room: 'night', facility: facility_id, name: 'Nuit', kind: 'exercise', made: '2026-11-26T02:00:00Z', chains: [server, laptop] }, links }, 'Clé USB')
  show(<StickPage pack={packed()} />)
  await userEvent.click(await screen.findByRole('button', { name: /^Nuit/ }))
  expect(await screen.findByLabelText('Texte de la ligne')).toBeDefined()
  expect(screen.queryByText(/Salle fermée/)).toBeNull()
  room.forget()
})

test('lessons wait in the browser until the room is closed', async () => {
  const user = userEvent.setup()
  show(<StickPage pack={packed()} />)
  await user.click(await screen.findByRole('button', { name: /Exercice/ }))
  await user.click(screen.getByRole('button', { name: 'Ouvrir la salle' }))
  await user.click(await screen.findByRole('link', { name: 'Fermer' }))
  await user.type(screen.getByLabelText('Ce qu’il faut retenir'), 'Des lampes au bloc')
  await user.click(screen.getByRole('link', { name: 'Localisation' }))
  await user.click(screen.getByRole('link', { name: 'Fermer' }))
  expect((screen.getByLabelText('Ce qu’il faut retenir') as HTMLTextAreaElement).value).toBe('Des lampes au bloc')
  expect(recallNames('closing/')).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Fermer la salle…' }))
  await user.click(screen.getByRole('button', { name: 'Fermer la salle maintenant' }))
  expect(recallNames('closing/')).toEqual([])
})

test('a clock that is behind the page itself is told before the first line, and in the room', async () => {
  const user = userEvent.setup()
  show(<StickPage pack={packed('2099-01-02')} />)
  expect((await screen.findByRole('alert')).textContent).toMatch(/^▲ L’horloge de ce PC retarde.*2099\. Mettez-la à l’heure/)
  await user.click(screen.getByRole('button', { name: /Exercice/ }))
  await user.click(screen.getByRole('button', { name: 'Ouvrir la salle' }))
  expect(screen.getByText(/^▲ L’horloge de ce PC retarde.*elle montre/)).toBeDefined()
  expect([isBehind(packed('2026-11-03'), new Date(2026, 10, 2, 23).getTime()), isBehind(packed('2026-11-03'), new Date(2026, 10, 3).getTime())]).toEqual([true, false])
})

test('a part that breaks leaves no white page: the journal is saved from there', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  const user = userEvent.setup()
  const pack = packed()
  show(<StickPage pack={{ ...pack, plan: { ...pack.plan, messages: null as unknown as PlanDocument['messages'] } }} />)
  await user.click(await screen.findByRole('button', { name: /Exercice/ }))
  await user.click(screen.getByRole('button', { name: 'Ouvrir la salle' }))
  await user.click(await screen.findByRole('link', { name: 'Messages' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Cette page s’est arrêtée sur une erreur.')
  await expectAccessible('piece')
  await user.click(screen.getByRole('button', { name: 'Enregistrer la main courante' }))
  expect((saved.mock.contexts[0] as HTMLAnchorElement).download).toMatch(/^releve-journal-.*\.jsonl$/)
  expect(screen.getByRole('button', { name: 'Revenir au début' })).toBeDefined()
  vi.restoreAllMocks()
})

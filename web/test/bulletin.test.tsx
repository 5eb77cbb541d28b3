// SPDX-License-Identifier: EUPL-1.2
// What leaves the room: the level's change is written, a bulletin is seen before anybody outside sees it.
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bulletin, NewLine } from '@/api/client'
import { blanksIn, noWords, systemsIn, touchedCare, withCare } from '@/features/respond/crisis/bulletin-words'
import { boardNow, resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
const api = `/facilities/${facility_id}/rooms/${room_id}`
beforeEach(async () => {
  resetRoom()
  localStorage.clear()
  await words('fr')
})

test('the level is raised with a reason and a name, beside the criteria of the plan', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(root)
  await user.click(await screen.findByRole('button', { name: 'Changer le niveau' }))
  const drawer = await screen.findByRole('dialog')
  expect(await within(drawer).findByText(/^La sécurité d’un patient est mise en danger/)).toBeDefined()
  const write = within(drawer).getByRole('button', { name: 'Inscrire la décision' })
  expect(write.hasAttribute('disabled')).toBe(true)
  await user.type(within(drawer).getByLabelText(/^Motif/), 'Réanimation touchée')
  await user.type(within(drawer).getByLabelText(/^Décidée par/, { selector: 'input' }), 'Léa Morel')
  await user.click(write)
  await waitFor(() => expect(asked.find(({ line }) => line === `POST ${api}/lines`)?.body).toMatchObject({ line: { kind: 'decision', from: 'Léa Morel', deed: { level: { level: 'plan_blanc', reason: 'Réanimation touchée', decided_by: 'Léa Morel' } } } }))
  expect(await screen.findByText(/décidé par Léa Morel/)).toBeDefined()
})

test('closing is beside the criteria of lifting', async () => {
  serve('full')
  open(`${root}/file`)
  expect(await screen.findByText(/^La cellule cyber dit que l’attaquant n’a plus d’accès connu/)).toBeDefined()
})

test('a bulletin: from the plan and the board, seen, approved, and published only once it is said who reads it', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/bulletin`)
  await expectAccessible()
  await user.click(await screen.findByRole('button', { name: 'Rédiger un bulletin' }))
  await user.selectOptions(await screen.findByLabelText('Partir d’un message prêt du plan'), 'Rendez-vous et interventions')
  await user.click(await screen.findByLabelText('Urgences adultes'))
  await user.click(screen.getByRole('button', { name: 'Ajouter au texte' }))
  const text = screen.getByLabelText(/^Texte/, { selector: 'textarea[required]' }) as HTMLTextAreaElement
  expect(text.value).toMatch(/^\[Les rendez-vous .*\n\n- Urgences adultes.: \[ouvert, ralenti ou fermé\]$/)
  await user.clear(text) // what a ready message cannot know stands in brackets: it is said or struck out
  await user.type(text, 'Certains rendez-vous sont reportés.')
  await waitFor(() => expect(document.querySelector('[role=group][aria-label="Tel que le public le verra"]')?.shadowRoot?.textContent).toContain('Certains rendez-vous'))
  await user.type(screen.getByLabelText(/^Approuvé par/, { selector: 'input' }), 'Léa Morel{Tab}')
  await user.click(screen.getByRole('button', { name: 'Publier…' }))
  expect(screen.getByRole('alert').textContent).toContain('/bulletin/')
  expect(asked.some(({ line }) => line === `POST ${api}/bulletins`)).toBe(false)
  await expectAccessible()
  await user.click(screen.getByRole('button', { name: 'Publier maintenant' }))
  await waitFor(() => expect(asked.find(({ line }) => line === `POST ${api}/bulletins`)?.body).toMatchObject({ bulletin: { title: 'Rendez-vous et interventions', approved_by: 'Léa Morel', state: 'published' } }))
  expect(await screen.findByRole('link', { name: /\/bulletin\// })).toBeDefined()
  expect(screen.getByRole('link', { name: 'Figer en un fichier' }).getAttribute('href')).toBe(`/api/v1${api}/bulletins/page`)

  await user.click(screen.getByRole('button', { name: 'retirer – Rendez-vous et interventions' }))
  expect(asked.filter(({ line }) => line === `POST ${api}/bulletins`)).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: /^Retirer maintenant.*Rendez-vous et interventions/ }))
  await waitFor(() => expect(screen.getByText(/^Rien n’est public en ce moment/)).toBeDefined())
  const sent = asked.filter(({ line }) => line === `POST ${api}/bulletins`).map(({ body }) => (body as { bulletin: Bulletin; line: NewLine }).bulletin)
  expect(sent.map(({ state }) => state)).toEqual(['published', 'withdrawn'])
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
})

test('what is changed after the question is asked again', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/bulletin`)
  await user.click(await screen.findByRole('button', { name: 'Rédiger un bulletin' }))
  await user.type(screen.getByLabelText(/^Titre/, { selector: '[required]' }), 'Urgences')
  await user.type(screen.getByLabelText(/^Texte/, { selector: 'textarea[required]' }), 'Venez.')
  await user.type(screen.getByLabelText(/^Approuvé par/, { selector: 'input' }), 'Léa Morel{Tab}')
  await user.click(screen.getByRole('button', { name: 'Publier…' }))
  await user.type(screen.getByLabelText(/^Titre/, { selector: '[required]' }), ' ce soir')
  expect(screen.queryByRole('button', { name: 'Publier maintenant' })).toBeNull()
  expect(asked.some(({ line }) => line === `POST ${api}/bulletins`)).toBe(false)
})

describe('words for the public', () => {
  test('the care that is touched, never a system', () => {
    const board = boardNow()
    expect(touchedCare(board).map(({ name }) => name)).toEqual(['Laboratoire de biologie médicale', 'Urgences adultes'])
    const later = Date.now() + 100 * 60_000
    const blank = withCare({ ...noWords, text: 'Ce soir.' }, touchedCare(board), later)
    expect(blank).toEqual({ text: 'Ce soir.\n\n- Laboratoire de biologie médicale\u00a0: [ouvert, ralenti ou fermé]\n- Urgences adultes\u00a0: [ouvert, ralenti ou fermé]' })
    expect(blanksIn({ ...noWords, ...blank })).toEqual(['[ouvert, ralenti ou fermé]'])
    const seen = touchedCare(board).map((one, i) => ({ ...one, stops: null, seen: i === 0 ? 'down' as const : 'full' as const, capacity_seen: 0.5 }))
    expect(withCare(noWords, seen, later)).toEqual({ text: '- Laboratoire de biologie médicale\u00a0: fermé\n- Urgences adultes\u00a0: fonctionne au ralenti' })
    const doubted = withCare(noWords, seen.map((one) => ({ ...one, seen: 'full' as const, stops: new Date(later).toISOString() })), later)
    expect(doubted.text).not.toMatch(/fermé$|ralenti$/m)
    const differing = touchedCare(board).map((one) => ({ ...one, seen: 'down' as const, contested: true }))
    expect(withCare(noWords, differing, later).text).not.toContain('fermé\n')
    expect(withCare({ ...noWords, text_en: 'Tonight.' }, seen, later).text_en).toBe('Tonight.\n\n- Laboratoire de biologie médicale: closed\n- Urgences adultes: slowed down')
  })

  test('a system that is named and a blank that is left are seen', () => {
    expect(systemsIn({ ...noWords, text: 'Le SIL-Bioréseau est en panne, comme le dossier patient Héliante.' }, boardNow())).toEqual(['SIL Bioréseau', 'Dossier patient Héliante'])
    expect(systemsIn({ ...noWords, text: 'Le laboratoire est fermé.' }, boardNow())).toEqual([])
    expect(blanksIn({ ...noWords, title: 'Point de [heure]', text: '[heure] et [consigne], mais pas []' })).toEqual(['[heure]', '[consigne]'])
  })
})

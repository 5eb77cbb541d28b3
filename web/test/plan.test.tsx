// SPDX-License-Identifier: EUPL-1.2
// The plan as people write, read and adopt it.
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { client, type PlanDocument } from '@/api/client'
import { isDue } from '@/features/prepare/plan/checked-today'
import { fieldText } from '@/features/prepare/plan/item-text'
import { LinesField } from '@/features/prepare/plan/ordered-fields'
import { PartPaper } from '@/features/prepare/plan/plan-paper'
import { blank, coveredUntil, horizons, listParts, shapes, type Mode } from '@/features/prepare/plan/parts'
import type { Words } from '@/lib/i18n'
import { contactsPreview, planOf, putItem, resetPlan, takeContacts } from '../dev/fake_plan.ts'
import { empty_id, facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, show, words } from './page'

const at = (rest = '') => `/facilities/${facility_id}/plan${rest}`
beforeEach(async () => {
  resetPlan()
  await words('fr')
})

test('on paper whoever may decide no more comes last, and it is said', () => {
  const document = planOf(1)?.document as PlanDocument
  const [one] = document.delegations
  const delegations = [{ ...one, id: 'old', ends: '2025-12-31' }, { ...one, id: 'next', starts: '2099-01-01', ends: '' }, { ...one, id: 'now', ends: '2099-12-31' }] as PlanDocument['delegations']
  show(<PartPaper part="delegations" document={{ ...document, delegations }} />)
  const heads = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)
  expect(heads).toEqual([expect.stringMatching(/▲ pas encore, à partir du/), expect.not.stringContaining('▲'), expect.stringMatching(/▲ échue le .*2025$/)])
  const { name, phone } = document.contacts.find(({ id }) => id === one?.contact) ?? {}
  expect(screen.getAllByRole('link', { name: phone }).map(({ parentElement }) => parentElement?.textContent)).toEqual(delegations.map(() => expect.stringContaining(`${name} ${phone}`)))
})

test('an empty facility has one button, and it starts from the library', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`/facilities/${empty_id}/plan`)
  await user.click(await screen.findByRole('button', { name: 'Partir de la bibliothèque' }))
  await waitFor(() => expect(asked.some(({ line }) => line === `POST /facilities/${empty_id}/plan/draft`)).toBe(true))
})

test('what is missing leads to where it is mended; Enter saves it with the revision that was seen', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  const { router } = open(at())
  expect(await screen.findByText(/^10 points à compléter/)).toBeDefined()
  expect(screen.getByText(/2 services sur 3 sans mode dégradé écrit pour 24/)).toBeDefined()
  expect(screen.getByText(/délégation pour déclarer l’incident/)).toBeDefined()
  await user.click(screen.getByRole('link', { name: /Compléter – Le numéro de Karim Benali .* 14 mois/ }))
  expect(router.state.location.pathname + router.state.location.search).toBe(at('/contacts?item=karim'))
  const drawer = await screen.findByRole('dialog', { name: 'Karim Benali' })
  const phone = within(drawer).getByLabelText('Numéro hors de l’hôpital')
  await user.clear(phone)
  await user.type(phone, '06 99 00 00 22{Enter}')
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/draft/items'))?.body).toMatchObject({ contact: { id: 'karim', revision: 1, phone: '06 99 00 00 22', group: 'staff' } }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(await screen.findByText('06 99 00 00 22')).toBeDefined()
  await expectAccessible()
})

/** Somebody else saves Karim Benali's number; the revision that it has from then on. */
function elsewhere(phone: string) {
  putItem({ contact: { id: 'karim', name: 'Karim Benali', phone } })
  return planOf(2)?.document.contacts.find(({ id }) => id === 'karim')?.revision
}

test('two editors of one contact: the second chooses, and nothing typed is lost', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at('/contacts?item=karim'))
  const phone = within(await screen.findByRole('dialog')).getByLabelText('Numéro hors de l’hôpital')
  await user.type(phone, '9')
  const revision = elsewhere('07')
  await user.keyboard('{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Enregistrer la mienne' }))
  await waitFor(() => expect(puts(asked).at(-1)).toMatchObject({ contact: { phone: '06 99 00 00 029', revision } }))
})

test('what a third editor saved is not replaced by a choice between two others', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at('/contacts?item=karim'))
  await user.type(within(await screen.findByRole('dialog')).getByLabelText('Numéro hors de l’hôpital'), '9')
  const second = elsewhere('07')
  await user.keyboard('{Enter}')
  const mine = await screen.findByRole('button', { name: 'Enregistrer la mienne' })
  const third = elsewhere('08')
  await user.click(mine)
  await waitFor(() => expect(puts(asked).at(-1)).toMatchObject({ contact: { revision: second } }))
  await user.click(await screen.findByRole('button', { name: 'Enregistrer la mienne' }))
  await waitFor(() => expect(puts(asked).at(-1)).toMatchObject({ contact: { phone: '06 99 00 00 029', revision: third } }))
})

test('what somebody else saved while it was looked at is not removed unseen', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  const { cache } = open(at('/contacts?item=karim'))
  const drawer = await screen.findByRole('dialog')
  const revision = elsewhere('07')
  await act(() => cache.invalidateQueries()) // as an event of the plan does
  await user.click(within(drawer).getByRole('button', { name: 'Retirer du plan' }))
  await user.click(await screen.findByRole('button', { name: 'Enregistrer la mienne' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked.filter(({ line }) => line.endsWith('/items/remove')).map(({ body }) => (body as { revision: number }).revision)).toEqual([1, revision])
})

test('what was typed waits when the drawer is closed by mistake', async () => {
  serve('full')
  const user = userEvent.setup()
  open(at('/cells?item=care'))
  await user.type(within(await screen.findByRole('dialog')).getByLabelText('Lieu'), 'Salle bleue')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Organisation des soins' }))
  const again = await screen.findByRole('dialog')
  expect((within(again).getByLabelText('Lieu') as HTMLInputElement).value).toBe('Salle bleue')
  expect(within(again).getByText(/Saisie non enregistrée/)).toBeDefined()
})

test('a service says until when it cares; its confirmation goes with its words', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at('/services?item=SAU'))
  const drawer = await screen.findByRole('dialog', { name: 'Urgences adultes' })
  const field = within(drawer).getByLabelText(/^Jusqu’à 24.h – Comment on soigne/)
  await user.type(field, 'Tri sur papier.')
  await expectAccessible()
  await user.click(within(drawer).getByRole('button', { name: 'Enregistrer' }))
  await waitFor(() => expect(asked.some(({ line }) => line.endsWith('/draft/items'))).toBe(true))
  const sent = asked.find(({ line }) => line.endsWith('/draft/items'))?.body as { service: { modes: Mode[] } }
  expect(sent.service.modes.map(({ procedure }) => procedure !== '')).toEqual([true, true, true, false, false, false])
  expect(sent.service.modes[2]?.assumed).toBe(true)
})

test('the bodies are heard, the director adopts what was seen, the version then stands still', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at('/versions'))
  expect(await screen.findByText(/Avis attendus avant l’adoption.* CME .*CSE/)).toBeDefined()
  expect(screen.getByText(/rendu sur une rédaction antérieure/)).toBeDefined()
  for (const reference of ['PV CME 12', 'PV CSE 7']) {
    await user.type(screen.getByLabelText(/Référence du procès-verbal/), `${reference}{Enter}`)
    await screen.findByText(new RegExp(reference))
  }
  await user.type(await screen.findByLabelText(/^Directeur/), 'Léa Morel')
  await user.type(screen.getByLabelText(/Référence de la décision/), 'Décision 2026-77')
  await expectAccessible()
  await user.click(screen.getByRole('button', { name: 'Adopter cette version' }))
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/adopt'))?.body).toMatchObject({ director: 'Léa Morel', reference: 'Décision 2026-77', seen: 4 }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Adopter cette version' })).toBeNull())
  expect(await screen.findByRole('button', { name: 'Ouvrir un brouillon' })).toBeDefined()
})

const puts = (asked: { line: string; body: unknown }[]) => asked.filter(({ line }) => line.endsWith('/draft/items')).map(({ body }) => body as Record<string, Record<string, unknown>>)

test('what was not checked for long is dated today by one button or one key, and taken back', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at('/contacts'))
  await user.click((await screen.findAllByRole('button', { name: 'Vérifié aujourd’hui – Karim Benali' }))[0] as HTMLElement)
  const today = new Date().toLocaleDateString('sv')
  await waitFor(() => expect(puts(asked)).toEqual([{ contact: expect.objectContaining({ id: 'karim', checked: today, revision: 1 }) as object }]))
  const undo = await screen.findByRole('button', { name: 'Annuler' })
  expect(screen.queryByRole('button', { name: 'Vérifié aujourd’hui – Karim Benali' })).toBeNull()
  expect(document.activeElement).toBe(undo)
  await expectAccessible()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(puts(asked).at(-1)?.['contact']).toMatchObject({ id: 'karim', checked: '2025-09-20' }))
  screen.getByRole('button', { name: 'Inès Costa' }).focus()
  await user.keyboard('v')
  await waitFor(() => expect(puts(asked).at(-1)?.['contact']).toMatchObject({ id: 'ines', checked: today }))
  expect(screen.queryByRole('button', { name: 'Vérifié aujourd’hui – Luc Faure' })).toBeNull() // has no number
})

test('the list of what is missing dates a check too', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at())
  await user.click(await screen.findByRole('button', { name: 'Vérifié aujourd’hui – Inès Costa' }))
  await waitFor(() => expect(puts(asked)).toHaveLength(1))
  expect(await screen.findByText(/Inès Costa.: vérifié aujourd’hui/)).toBeDefined()
})

test('lines, people and items get another place by keys and by buttons', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  const { router } = open(at('/roles?item=crisis_director'))
  const drawer = await screen.findByRole('dialog')
  const order = within(drawer).getByRole('list', { name: 'Suppléants, dans l’ordre d’appel' })
  await user.click(within(order).getByRole('button', { name: /^Monter Inès Costa/ }))
  expect(within(order).getAllByRole('listitem')[0]?.textContent).toContain('Inès Costa')
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Monter Inès Costa/)
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  await expectAccessible()
  await user.click(within(drawer).getByRole('button', { name: 'Enregistrer' }))
  await waitFor(() => expect(puts(asked).at(-1)?.['role']).toMatchObject({ deputies: ['ines', 'luc'] }))

  await act(() => router.navigate(at('/cells')))
  const second = (await screen.findAllByRole('row'))[2] as HTMLElement
  within(second).getByRole('button').focus()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/items/move'))?.body).toEqual({ part: 'cells', id: 'secretary', before: 'decision' }))
})

test('the line of the caret moves, and the caret with it', async () => {
  serve('full')
  const user = userEvent.setup()
  function Held() {
    const [lines, setLines] = useState(['un', 'deux', 'trois'])
    return <LinesField label="Lignes" required={false} value={lines} onChange={setLines} />
  }
  show(<Held />)
  const area = screen.getByLabelText<HTMLTextAreaElement>('Lignes')
  area.focus()
  area.setSelectionRange(1, 1)
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(area.value).toBe('deux\nun\ntrois')
  expect(area.selectionStart).toBe(6)
  await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}')
  expect(area.value).toBe('deux\ntrois\nun')
  await user.click(screen.getByRole('button', { name: 'Monter la ligne' }))
  expect(area.value).toBe('deux\nun\ntrois')
})

test('a spreadsheet is looked at, then taken into the directory', async () => {
  serve('full')
  const user = userEvent.setup()
  const look = vi.spyOn(client, 'previewContacts').mockImplementation(() => Promise.resolve(contactsPreview()))
  const take = vi.spyOn(client, 'takeContacts').mockImplementation(() => Promise.resolve(takeContacts()))
  open(at('/contacts'))
  await user.click(await screen.findByRole('button', { name: 'Remplir depuis un tableur' }))
  const file = new File(['Nom;Téléphone'], 'annuaire.csv')
  await user.upload(screen.getByLabelText('Choisir des fichiers', { selector: 'input' }), file)
  const table = await screen.findByRole('table', { name: 'annuaire.csv' })
  expect(look).toHaveBeenCalledWith(facility_id, file)
  expect(within(table).getByRole('row', { name: /Karim Benali/ }).textContent).toContain('06 99 00 00 02 → 06 99 00 00 12')
  expect(screen.getByText(/3 contacts lus.*Nouveaux.: 1.*Changés.: 1.*Sans changement.: 1/)).toBeDefined()
  expect(screen.getByText(/Le numéro de Paul Aubry n’en est pas un/)).toBeDefined()
  await expectAccessible()
  await user.click(screen.getByRole('button', { name: 'Prendre ces contacts' }))
  await screen.findByText('2 contacts ajoutés ou mis à jour.')
  expect(take).toHaveBeenCalledWith(facility_id, file, 'ab', 4)
  expect(await screen.findByRole('button', { name: 'Paul Aubry' })).toBeDefined()
})

test('differences are told item by item', async () => {
  serve('full')
  open(at('/versions'))
  const table = await screen.findByRole('table', { name: /Ce que change la version 2/ })
  const row = within(table).getByRole('row', { name: /Karim Benali/ })
  expect(row.textContent).toContain('06 99 00 00 09 → 06 99 00 00 02')
})

test('a difference is told in words: of codes, of a service by how long it lasts', async () => {
  const change = (part: string, id: string, name: string, fields: string[][]) => ({ part, id, name, kind: 'changed', fields: fields.map(([field, before, after]) => ({ field, before, after })) })
  serve('full', { [`GET /facilities/${facility_id}/plan/versions/2/difference`]: { from: 1, to: 2, changes: [
    change('delegations', 'd', 'cut_network', [['act', 'decide', 'cut_network'], ['at_night', 'false', 'true']]),
    change('services', 'SAU', 'Urgences', [['modes.h8.capacity', '0.6', ''], ['modes.h8.procedure', '', 'Dossier papier'], ['sector', 'surgery', 'medicine']]),
    { ...change('delegations', '', '', [['order', 'decide · declare', 'declare · decide']]), kind: 'reordered' },
  ] } })
  open(at('/versions'))
  const table = await screen.findByRole('table', { name: /Ce que change la version 2/ })
  const rows = within(table).getAllByRole('row').map(({ textContent }) => textContent?.replaceAll('\u00a0', ' '))
  expect(rows[1]).toMatch(/^Couper le réseau.*Décider de l’activation → Couper le réseau.*non → oui$/)
  expect(rows[2]).toMatch(/8 h · Capacité gardée60 % → —.*8 h · Comment on soigne— → Dossier papier.*[Cc]hirurgie → [Mm]édecine/)
  expect(rows[3]).toContain('Décider de l’activation · Déclarer l’incident → Déclarer l’incident · Décider de l’activation')
})

test('the paper holds every part, and a box before each gesture', async () => {
  serve('full')
  open(at('/whole'))
  expect(await screen.findByRole('heading', { level: 2, name: 'Fiches réflexes' })).toBeDefined()
  expect(screen.getAllByText('☐').length).toBeGreaterThan(100)
  expect(screen.getByText(/CH de Valmont · version 2 · brouillon · imprimé le/)).toBeDefined()
  await expectAccessible()
})

describe('parts', () => {
  test('a check is due as the server counts whole months', () => {
    const now = new Date('2026-11-26T12:00:00')
    const of = (checked: string, phone = '06') => isDue('contacts', { checked, phone }, 6, now)
    expect([of(''), of('2026-04-26'), of('2026-04-27'), of('2026-11-26'), of('2020-01-01', '')]).toEqual([true, true, false, false, false])
    expect(isDue('contacts', { checked: '2020-01-01', phone: '06' }, 0, now)).toBe(false)
    expect(isDue('trainings', { checked: '' }, 6, now)).toBe(false)
  })

  test('each list begins a new item with all its fields', () => {
    for (const part of listParts) {
      const item = blank(part)
      expect(Object.keys(item)).toEqual(shapes[part].fields.map(({ name }) => name))
      expect(Object.values(item).every((value) => value !== undefined)).toBe(true)
    }
  })

  test('a hole ends what is covered', () => {
    const written = (...procedures: string[]) => procedures.map((procedure, i): Mode => ({ horizon: horizons[i] ?? 'w4', capacity: null, procedure, assumed: true, forms: [], stocks: [] }))
    expect(coveredUntil(written())).toBeUndefined()
    expect(coveredUntil(written('', 'b'))).toBeUndefined()
    expect(coveredUntil(written('a', 'b', '', 'd'))).toBe('h8')
    expect(coveredUntil(written('a', 'b', 'c', 'd', 'e', 'f'))).toBe('w4')
  })

  test('what the service has not confirmed is not told as its own word', () => {
    const field = shapes.services.fields.find(({ kind }) => kind === 'modes')
    const words = { t: (code: string) => code } as unknown as Words
    const told = (assumed: boolean[]) => field && fieldText(field, assumed.map((one, i): Mode => ({ horizon: horizons[i] ?? 'w4', capacity: null, procedure: 'a', assumed: one, forms: [], stocks: [] })), {} as PlanDocument, words)
    expect(told([false, false])).toBe('ui.plan.mode.covered')
    expect(told([false, true])).toBe('ui.plan.mode.proposed')
    expect(told([])).toBe('ui.plan.mode.nothing')
  })
})

// SPDX-License-Identifier: EUPL-1.2
// What a person does on the screens, against the fictional server.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { client } from '@/api/client'
import { parsedAmount } from '@/features/prepare/assessment/cost-field'
import { walked } from '@/features/prepare/assessment/service-strips'
import { outline } from '@/features/prepare/assessment/strip-shape'
import { weekMoment } from '@/features/prepare/assessment/week'
import { Problem } from '@/api/request'
import { DataTable } from '@/ui/data-table'
import { EditFailure } from '@/ui/states'
import { outcome } from '../dev/fake_outcome.ts'
import { facility_id, facilityOf } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, show, words } from './page'

const at = (rest: string) => `/facilities/${facility_id}/${rest}`
beforeEach(() => words('fr'))

describe('measures', () => {
  test('a tick asks for the after, rested, with the measures ticked and the costs typed', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open(at('assessment/measures'))
    await user.click(await screen.findByRole('checkbox', { name: /Second facteur/ }))
    await user.click(screen.getByRole('checkbox', { name: /Supprimer 3/ }))
    const strip = screen.getByRole('region', { name: 'Avant et après' })
    await waitFor(() => expect(within(strip).getByText(/Avec 2 mesures/)).toBeDefined())
    await waitFor(() => expect(strip.textContent).toMatch(/−35/))
    const cost = screen.getByRole('textbox', { name: /^Coût\s: Second facteur/ })
    await user.clear(cost)
    await user.type(cost, '9500{Enter}')
    await waitFor(() => expect(asked.at(-1)).toMatchObject({
      line: expect.stringContaining('/what-if') as string,
      body: { measures: ['close_relation:3', 'remote_access_mfa'], costs: [{ id: 'remote_access_mfa', cost_eur: 9500, effort_days: 10 }] },
    }))
    await waitFor(() => expect(strip.textContent?.replace(/\s/g, ' ')).toContain('9 500 €'))
  })

  test('equal ranks say that they cannot be told apart; rank 0 is grouped apart', async () => {
    serve('full')
    open(at('assessment/measures'))
    const table = await screen.findByRole('table', { name: 'Mesures' })
    expect(within(table).getAllByText(/ex æquo \(3\)/)).toHaveLength(6)
    expect(within(screen.getByRole('table', { name: /sans rang/ })).getAllByText('non classée')).toHaveLength(2)
  })

  test('the budget ticks the set of the frontier', async () => {
    serve('full')
    const user = userEvent.setup()
    open(at('assessment/measures'))
    await user.click(await screen.findByRole('button', { name: 'Cocher cet ensemble' }))
    await waitFor(() => expect(screen.getAllByRole('checkbox').filter((box) => (box as HTMLInputElement).checked).length).toBeGreaterThan(3))
  })

  test.each([['33 000 €', 33000], ['9,5', 9.5], ['beaucoup', null], ['', null]])('typed amount %j', (text, amount) => {
    expect(parsedAmount(text)).toBe(amount)
  })
})

describe('services over time', () => {
  test('arrows give the figures; the same as a table', async () => {
    serve('full')
    const user = userEvent.setup()
    open(at('assessment/services'))
    const strips = await screen.findByRole('group', { name: /Services dans le temps/ })
    strips.focus()
    await user.keyboard('{ArrowRight}{End}{ArrowDown}')
    expect(screen.getByText(/^Urgences adultes, .* après les premiers dégâts/)).toBeDefined()
    await user.click(screen.getByRole('radio', { name: 'Tableau' }))
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(32)
    await expectAccessible()
  })

  test('the walk stays inside', () => {
    const services = outcome.services.slice(0, 2)
    expect(walked({ row: 1, hours: 2 }, 'ArrowDown', services)).toEqual({ row: 1, hours: 2 })
    expect(walked({ row: 0, hours: 2 }, 'ArrowLeft', services)).toEqual({ row: 0, hours: 2 })
    expect(walked({ row: 0, hours: 2 }, 'a', services)).toBeUndefined()
    expect(walked(null, 'Escape', services)).toBeUndefined()
    expect(walked({ row: 0, hours: 2 }, 'Escape', services)).toBeNull()
  })

  test('the outline runs along p95 and back along p5; the last point holds to the end of the axis', () => {
    const middle = Math.sqrt(2 * 1344)
    expect(outline([{ hours: 2, p5: 0, p50: 0.5, p95: 1 }, { hours: middle, p5: 0, p50: 0, p95: 0.5 }], 100, 22))
      .toBe('M0.0 1.0L50.0 11.0L100.0 11.0L100.0 21.0L50.0 21.0L0.0 21.0Z')
    expect(outline([], 100, 22)).toBe('')
  })

  test('moments of the week', () => {
    expect(weekMoment(0, 0, 'fr')).toMatch(/^lun\. 00:00$/)
    expect(weekMoment(119, 2, 'en')).toMatch(/^Sat 01:00$/)
  })
})

describe('imports', () => {
  test('validate sends the commit; nothing is sent before', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open(at('imports'))
    const first = (await screen.findAllByRole('button', { name: 'Valider l’import' }))[0] as HTMLElement
    expect(asked.filter(({ line }) => line.startsWith('POST'))).toEqual([])
    await user.click(first)
    await waitFor(() => expect(asked.some(({ line }) => line.endsWith('/imports/i6/commit'))).toBe(true))
  })

  test('the mapping refuses two columns for one field, then sends the choice', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open(at('imports/i5'))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Statut' }), 'component.name')
    expect(screen.getByRole('alert').textContent).toContain('nom')
    expect((screen.getByRole('button', { name: 'Relire le fichier ainsi' }) as HTMLButtonElement).disabled).toBe(true)
    await user.selectOptions(screen.getByRole('combobox', { name: 'Statut' }), 'component.host_name')
    await user.click(screen.getByRole('button', { name: 'Relire le fichier ainsi' }))
    await screen.findByText('Correspondances retenues.')
    const sent = asked.find(({ line }) => line.endsWith('/imports/i5/mapping'))?.body as { mapping: { columns: unknown[] }[] }
    expect(sent.mapping[0]?.columns[1]).toEqual({ header: 'Statut', field: 'component.host_name' })
  })
})

describe('cartography', () => {
  test('what if this falls: the clock of each service', async () => {
    serve('full')
    const user = userEvent.setup()
    open(at('cartography/application?focus=DPI'))
    await user.click(await screen.findByRole('switch', { name: 'Et si ceci tombe ?'.replace(' ?', '\u202f?') }))
    const table = await screen.findByRole('table', { name: /tombe et ne revient pas/ })
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(20)
    await expectAccessible()
  })

  test('details tell the origin of each fact; a correction is sent as JSON', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open(at('cartography/care?focus=LABO'))
    await user.click(await screen.findByRole('button', { name: 'Fiche' }))
    const drawer = await screen.findByRole('dialog')
    expect(within(drawer).getAllByText('valeur par défaut, non confirmée').length).toBeGreaterThan(2)
    await user.click(within(drawer).getByRole('button', { name: /Corriger\s: taux/ }))
    const field = within(drawer).getByRole('textbox')
    await user.clear(field)
    await user.type(field, '92,5')
    await user.click(within(drawer).getByRole('button', { name: 'Enregistrer' }))
    await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/answers'))?.body).toEqual({ element: 'LABO', field: 'occupancy', value: '0.925', seen: '' }))
  })
})

describe('overview', () => {
  test('I do not know passes to the next question; an answer is sent and can be undone', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open(at('overview'))
    await user.click(await screen.findByRole('button', { name: 'Je ne sais pas' }))
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Copie hors ligne' }), 'true')
    await user.click(screen.getAllByRole('button', { name: 'Répondre' }).find((one) => one.getAttribute('type') === 'submit') as HTMLElement)
    await screen.findByText(/Réponse enregistrée/)
    expect(asked.find(({ line }) => line.endsWith('/answers'))?.body).toEqual({ element: 'backup-1', field: 'offline_backup', value: 'true', seen: '' })
    await user.click(screen.getByRole('button', { name: 'Annuler' }))
    await waitFor(() => expect(asked.some(({ line }) => line.endsWith('/answers/remove'))).toBe(true))
  })
})

describe('two editors', () => {
  test('the second sees both versions and chooses', async () => {
    const user = userEvent.setup()
    const chosen: string[] = []
    const said = { code: 'edit.changed_meanwhile', params: [{ name: 'theirs', value: '4' }, { name: 'yours', value: '9' }] }
    show(<EditFailure error={new Problem(409, { message: said })} onTheirs={() => chosen.push('theirs')} onYours={() => chosen.push('yours')} />)
    expect(screen.getByRole('alert').textContent?.replace(/\s/g, ' ')).toMatch(/Maintenant : « 4 ».*Votre version : « 9 »/)
    await user.click(screen.getByRole('button', { name: 'Garder la leur' }))
    await user.click(screen.getByRole('button', { name: 'Enregistrer la mienne' }))
    expect(chosen).toEqual(['theirs', 'yours'])
  })

  test('of shared sites that list is replaced which is shown', async () => {
    const here = `GET /facilities/${facility_id}`
    const sharedBy = (...ids: string[]) => ({ ...facilityOf(facility_id), sites: ids.map((id) => ({ id, name: id, town: '' })) })
    const instead = { [here]: sharedBy('A', 'B') }
    serve('full', instead)
    const share = vi.spyOn(client, 'shareSystem').mockRejectedValueOnce(new Problem(409, { message: { code: 'edit.changed_meanwhile' } })).mockImplementation(async () => instead[here] as never)
    const user = userEvent.setup()
    open(at('overview'))
    const remove = await screen.findByRole('button', { name: 'Retirer A' })
    instead[here] = sharedBy('A', 'B', 'C')
    await user.click(remove)
    await screen.findByRole('link', { name: 'C' })
    await user.click(await screen.findByRole('button', { name: 'Enregistrer la mienne' }))
    expect(share.mock.calls.map(([, wanted, seen]) => ({ wanted, seen }))).toEqual([{ wanted: ['B'], seen: ['A', 'B'] }, { wanted: ['B'], seen: ['A', 'B', 'C'] }])
    share.mockRestore()
  })
})

describe('frame', () => {
  test('the palette opens with / and leads to a screen', async () => {
    serve('full')
    const user = userEvent.setup()
    const { router } = open(at('overview'))
    await screen.findByRole('heading', { level: 1 })
    await user.keyboard('/')
    await user.type(await screen.findByRole('combobox', { name: /Chercher un écran/ }), 'imp{Enter}')
    await waitFor(() => expect(router.state.location.pathname).toBe(at('imports')))
  })

  test('the server is asked in the language of the page, and asked again in the other', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open(at('overview'))
    await screen.findByRole('heading', { level: 1, name: 'Vue d’ensemble' })
    expect(new Set(asked.map(({ language }) => language))).toEqual(new Set(['fr']))
    const before = asked.length
    await user.click((await screen.findAllByRole('button', { name: 'English' }))[0] as HTMLElement)
    await waitFor(() => expect(asked.slice(before).map(({ line, language }) => `${language} ${line}`)).toContain(`en GET /facilities/${facility_id}`))
  })

  test('rooms that do not exist yet are there, disabled, and say so', async () => {
    serve('full')
    open(at('overview'))
    for (const name of ['S’exercer']) {
      const room = (await screen.findAllByRole('button', { name })).find((one) => one.getAttribute('aria-disabled'))
      expect(room?.getAttribute('aria-description')).toMatch(/^Pas encore dans cette version/)
    }
  })
})

describe('table', () => {
  const rows = Array.from({ length: 3000 }, (_, i) => ({ id: `c-${i}`, name: `compte ${i}` }))

  test('of three thousand rows only those in view are drawn; arrows walk them, Enter opens', async () => {
    const opened: string[] = []
    show(
      <DataTable caption="Comptes" rows={rows} rowKey={(row) => row.id} onOpen={(row) => opened.push(row.id)} exportName="comptes" columns={[{ key: 'name', head: 'Nom', cell: (row) => row.name, value: (row) => row.name }]} />,
    )
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('3001')
    const user = userEvent.setup()
    screen.getByRole('button', { name: 'compte 0' }).focus()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(opened).toEqual(['c-1'])
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'compte 2999' } })
    expect(screen.getByRole('button', { name: 'compte 2999' })).toBeDefined()
    await expectAccessible('piece')
  })
})

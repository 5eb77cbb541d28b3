// SPDX-License-Identifier: EUPL-1.2
// The crisis room as people use it: three gestures, the line, what follows, the queue, the wall.
import { QueryClient } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LineRow, NewLine } from '@/api/client'
import { joinLines, queries } from '@/api/queries'
import { Problem } from '@/api/request'
import { shownLines } from '@/features/respond/crisis/journal'
import { LineQueue } from '@/features/respond/crisis/line-queue'
import { listsOf, tasksOf } from '@/features/respond/crisis/lists'
import { recallNames, remember } from '@/lib/keep'
import { uuid7 } from '@/lib/uuid7'
import { boardNow, linesOf, resetRoom, roomOf, room_id, writeLine } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
const need = (): never => {
  throw new Error('the fictional room has lost it')
}
beforeEach(async () => {
  resetRoom()
  recallNames('line/').forEach((name) => remember(name, null))
  await words('fr')
})

test('three gestures open a room', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  const { router } = open(`/facilities/${facility_id}/activate`)
  expect(await screen.findByText('Une salle de crise est déjà ouverte.')).toBeDefined()
  await screen.findByRole('button', { name: /Crise réelle/ })
  await user.keyboard('1')
  expect((await screen.findByText(/^Ce que dit le plan en vigueur.: mobilisation interne/)).closest('details')?.querySelector('li')).not.toBeNull()
  await user.type(await screen.findByLabelText(/^Que sait-on/), 'Postes éteints{Enter}')
  await screen.findByRole('button', { name: 'Activer' })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(asked.some(({ line }) => line === `POST /facilities/${facility_id}/rooms`)).toBe(true))
  const body = asked.find(({ line }) => line === `POST /facilities/${facility_id}/rooms`)?.body as Record<string, string>
  expect(body).toMatchObject({ kind: 'real', level: 'internal_mobilisation', known: 'Postes éteints' })
  await waitFor(() => expect(router.state.location.pathname).toBe(`/facilities/${facility_id}/room/${body['room']}`))
})

test('an activation that was written on paper keeps its hour', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`/facilities/${facility_id}/activate`)
  await user.click(await screen.findByRole('button', { name: /Exercice/ }))
  await user.click(await screen.findByRole('button', { name: 'Activée plus tôt, sur papier' }))
  const hour = screen.getByLabelText('Heure de l’activation')
  await user.clear(hour)
  await user.type(hour, '2026-11-26T02:07')
  await expectAccessible()
  await user.type(screen.getByLabelText(/^Que sait-on/), '{Enter}')
  expect(await screen.findByRole('heading', { name: /26.*2026.*02:07/ })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Activer' }))
  await waitFor(() => expect(asked.find(({ line }) => line === `POST /facilities/${facility_id}/rooms`)?.body).toMatchObject({ happened: new Date('2026-11-26T02:07').toISOString() }))
})

test('a line: N, F, words, Enter; it is in the journal once the server has it', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(root)
  await screen.findByLabelText('Texte de la ligne')
  await screen.findByText(/Automates du laboratoire isolés/)
  await user.keyboard('nf')
  expect(document.activeElement).toBe(screen.getByLabelText('Texte de la ligne'))
  await user.keyboard('Imprimantes arrêtées au bloc{Enter}')
  await waitFor(() => expect(asked.some(({ line }) => line === `POST /facilities/${facility_id}/rooms/${room_id}/lines`)).toBe(true))
  const sent = asked.find(({ line }) => line === `POST /facilities/${facility_id}/rooms/${room_id}/lines`)?.body as { line: NewLine }
  expect(sent.line).toMatchObject({ kind: 'fact', text: 'Imprimantes arrêtées au bloc', seen: 12 })
  expect(await within(screen.getByRole('group', { name: 'Main courante' })).findByText('Imprimantes arrêtées au bloc')).toBeDefined()
  expect((screen.getByLabelText('Texte de la ligne') as HTMLTextAreaElement).value).toBe('')
  await expectAccessible()
})

test('an impact is declared by its name and becomes a line with its deed', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/board`)
  expect(await screen.findByText(/s’arrête à .*dans 1.h 19|s’arrête à .*dans 1.h 20/)).toBeDefined()
  expect(screen.getByText('À rétablir d’abord')).toBeDefined()
  await user.click(screen.getAllByRole('button', { name: 'Déclarer' })[0] as HTMLElement)
  const drawer = await screen.findByRole('dialog')
  await user.type(within(drawer).getByLabelText(/^Élément/, { selector: 'input' }), 'PACS Opaline')
  await user.click(within(drawer).getByRole('button', { name: 'Déclarer' }))
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body).toMatchObject({ line: { deed: { impact: { element: 'PACS', layer: 'application', state: 'down' } } } }))
})

test('a clock is met: who, how, reference', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/clocks`)
  await user.click(await screen.findByRole('button', { name: /^C’est fait – SAMU prévenu/ }))
  await user.type(screen.getByLabelText(/^Qui a été prévenu/, { selector: 'input' }), '{Control>}a{/Control}Dr Petit{Enter}')
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body).toMatchObject({ line: { deed: { notice: { obligation: 'samu', state: 'met', whom: 'Dr Petit' } } } }))
})

test('three lines to tick stand above all, with a number to call; settled, they are one line', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(root)
  const first = await screen.findByRole('region', { name: 'À prévenir tout de suite' })
  expect(within(first).getAllByRole('listitem').map((one) => one.querySelector('b')?.textContent)).toEqual(['ARS prévenue', 'SAMU prévenu', 'Préfet prévenu'])
  expect(within(first).getAllByText('règle à confirmer')).toHaveLength(3)
  expect((await within(first).findByRole('link')).getAttribute('href')).toBe('tel:0199007004')
  await expectAccessible()
  for (const label of ['ARS prévenue', 'SAMU prévenu', 'Préfet prévenu']) {
    await user.click(await screen.findByRole('button', { name: `C’est fait – ${label}` }))
    await user.click(screen.getByRole('button', { name: 'Inscrire' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: `C’est fait – ${label}` })).toBeNull())
  }
  const told = asked.filter(({ line }) => line.endsWith('/lines') && line.startsWith('POST')).map(({ body }) => (body as { line: NewLine }).line)
  expect(told[1]).toMatchObject({ kind: 'call', to: 'SAMU – centre 15', deed: { notice: { obligation: 'samu', state: 'met', whom: 'SAMU – centre 15', how: 'téléphone' } } })
  expect(Math.abs(Date.parse(told[1]?.happened ?? '') - Date.now())).toBeLessThan(120_000)
  expect(await screen.findByText(/✓ ARS prévenue .*✓ Préfet prévenu/)).toBeDefined()
  expect(screen.queryByRole('region', { name: 'À prévenir tout de suite' })).toBeNull()
})

test('in an exercise the three lines are simulated and lead to no telephone', async () => {
  const view = roomOf(room_id)
  if (!view) throw new Error('no room')
  serve('full', { [`GET /facilities/${facility_id}/rooms/${room_id}`]: { ...view, room: { ...view.room, kind: 'exercise' } } })
  open(root)
  const first = await screen.findByRole('region', { name: /^EXERCICE/ })
  await screen.findByText(/Automates du laboratoire isolés/)
  expect(within(first).queryAllByRole('link')).toEqual([])
  expect(within(first).getAllByText('règle à confirmer')).toHaveLength(3)
  await userEvent.setup().click(within(first).getByRole('button', { name: 'C’est simulé – SAMU prévenu' }))
  expect((within(first).getByLabelText('Comment', { selector: 'input' }) as HTMLInputElement).value).toBe('appel simulé')
})

test('before rebuilding, what is open is said and nothing is forbidden', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/cards?phase=rebuild`)
  expect(await screen.findByText(/Avant de reconstruire.*Dépôt de plainte, Preuves mises de côté/)).toBeDefined()
  const card = (await screen.findAllByRole('group')).find((one) => one.tagName === 'DETAILS')
  if (!card) throw new Error('no card')
  await user.click(within(card).getAllByRole('checkbox', { hidden: true })[0] as HTMLElement)
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body).toMatchObject({ line: { deed: { tick: { gesture: 0, done: true } } } }))
})

test('what waits for the server shows at once, with who said it', async () => {
  serve('full')
  const answered = fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => (init?.method === 'POST' ? new Promise(() => {}) : answered(url, init)))
  const user = userEvent.setup()
  open(`${root}/cards?phase=alert`)
  const box = (await screen.findAllByRole<HTMLInputElement>('checkbox', { hidden: true })).find(({ checked }) => !checked)
  if (!box) throw new Error('no box')
  await user.click(box)
  await waitFor(() => expect(box.checked).toBe(true))
  expect(box.closest('li')?.textContent).toMatch(/owner/)
})

test('a new task is asked for by its button', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/tasks`)
  await user.click(await screen.findByRole('button', { name: 'Nouvelle tâche' }))
  const drawer = await screen.findByRole('dialog')
  await user.type(within(drawer).getByLabelText(/^Tâche/, { selector: 'input' }), 'Sortir les pancartes{Enter}')
  await waitFor(() => expect(asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body).toMatchObject({ line: { deed: { task: { title: 'Sortir les pancartes' } } } }))
})

test('what is told without a time is told now, also while the server is away', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/clocks`)
  await user.click(await screen.findByRole('button', { name: /^C’est fait – SAMU prévenu/ }))
  await user.clear(screen.getByLabelText(/^À quelle heure/, { selector: 'input' }))
  await user.click(screen.getByRole('button', { name: 'Inscrire' }))
  await waitFor(() => expect(asked.some(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))).toBe(true))
  const { line } = asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body as { line: NewLine }
  expect(line.happened).toBe(line.typed)
})

test('the beginning of a room is not corrected, another line is', async () => {
  serve('full')
  const user = userEvent.setup()
  open(root)
  const group = await screen.findByRole('group', { name: 'Main courante' })
  const menus = await within(group).findAllByRole('button', { expanded: false })
  await user.click(menus[0] as HTMLElement)
  expect(within(group).queryByRole('button', { name: 'Corriger cette ligne' })).toBeNull()
  await user.click(menus[1] as HTMLElement)
  expect(within(group).getByRole('button', { name: 'Corriger cette ligne' })).toBeDefined()
})

test('a room that is being closed takes no more lines, before the server has answered', async () => {
  serve('full')
  const answered = fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => (init?.method === 'POST' ? new Promise(() => {}) : answered(url, init)))
  const user = userEvent.setup()
  open(`${root}/file`)
  await user.click(await screen.findByRole('button', { name: 'Fermer la salle…' }))
  await user.click(await screen.findByRole('button', { name: 'Fermer la salle maintenant' }))
  await waitFor(() => expect(screen.queryByLabelText('Texte de la ligne')).toBeNull())
})

test('the wall has nothing to press', async () => {
  serve('full')
  open(`${root}/wall`)
  expect(await screen.findByRole('heading', { level: 1, name: /CRISE RÉELLE · Crise cyber/ })).toBeDefined()
  expect(screen.getByText('T+02:14')).toBeDefined()
  expect(screen.queryAllByRole('button')).toEqual([])
  expect(screen.queryAllByRole('link')).toEqual([])
  await expectAccessible()
})

test('the banner says that a room is open on every screen', async () => {
  serve('full')
  open(`/facilities/${facility_id}/overview`)
  const banner = await screen.findByRole('region', { name: 'CRISE RÉELLE – Crise cyber du 26 novembre' })
  expect(within(banner).getByRole('link', { name: 'Ouvrir la salle' }).getAttribute('href')).toBe(root)
})

test('a line that waited goes from any screen, and the banner tells of one that is held up', async () => {
  const typed = (author: string): NewLine => ({ id: uuid7(), kind: 'fact', text: 'Imprimante du bloc arrêtée', author })
  for (const line of [typed('owner'), typed('karim')]) remember(`line/${room_id}/${line.id}`, JSON.stringify(line))
  const { asked } = serve('full')
  open(`/facilities/${facility_id}/overview`)
  await waitFor(() => expect(asked.find(({ line }) => line === `POST /facilities/${facility_id}/rooms/${room_id}/lines`)?.body).toMatchObject({ line: { author: 'owner' } }))
  expect(await screen.findByText(/1 ligne en attente/)).toBeDefined()
})

test('a room that was closed too soon is opened again by a line', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/file`)
  await user.click(await screen.findByRole('button', { name: 'Fermer la salle…' }))
  await user.click(await screen.findByRole('button', { name: 'Fermer la salle maintenant' }))
  await user.click(await screen.findByRole('button', { name: 'Rouvrir la salle…' }))
  await user.click(await screen.findByRole('button', { name: 'Rouvrir la salle maintenant' }))
  const [closing, opening] = asked.filter(({ line }) => line.endsWith('/lines') && line.startsWith('POST')).map(({ body }) => (body as { line: NewLine }).line)
  expect(opening?.corrects).toBe(closing?.id)
})

test('a room that two people closed at once is opened again by one gesture', async () => {
  for (const id of ['closing 1', 'closing 2']) writeLine({ id, kind: 'decision', deed: { closing: { lessons: '' } } })
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`${root}/file`)
  await user.click(await screen.findByRole('button', { name: 'Rouvrir la salle…' }))
  await user.click(await screen.findByRole('button', { name: 'Rouvrir la salle maintenant' }))
  const written = () => asked.filter(({ line }) => line.endsWith('/lines') && line.startsWith('POST')).map(({ body }) => (body as { line: NewLine }).line.corrects)
  await waitFor(() => expect(written()).toEqual(['closing 1', 'closing 2']))
})

test('the lines of a server that was restored, and wrote as many again, take the place of those that are known', async () => {
  serve('full')
  const cache = new QueryClient()
  const read = async () => (await cache.fetchQuery({ ...queries.lines(facility_id, room_id), staleTime: 0 })).items.map(({ line }) => line.text)
  const before = ['commune', 'perdue 1', 'perdue 2']
  const begun = linesOf(0).items.map(({ line }) => line.text)
  for (const text of before) writeLine({ id: uuid7(), kind: 'fact', text })
  expect(await read()).toEqual([...begun, ...before])
  for (const after of [['autre 1', 'autre 2', 'autre 3'], ['plus court'], ['plus long', 'et', 'encore', 'une']]) {
    resetRoom()
    for (const text of after) writeLine({ id: uuid7(), kind: 'fact', text })
    expect(await read()).toEqual([...begun, ...after])
  }
})

test('a closing that another post brought in does not close this room', async () => {
  const view = roomOf(room_id) ?? need()
  const row = { ...(view.standing[0]?.row ?? need()), arrived: view.through }
  const closing = { subject: 'closing', row: { ...row, line: { ...row.line, deed: { closing: { lessons: '' } } } }, since: view.now, contested: [] }
  serve('full', { [`GET /facilities/${facility_id}/rooms/${room_id}`]: { ...view, standing: [...view.standing, closing] } })
  open(root)
  expect(await screen.findByLabelText('Texte de la ligne')).toBeDefined()
})

test('a deadline that is over is not said to come', async () => {
  const view = roomOf(room_id) ?? need()
  const clocks = view.clocks.map((one) => (one.due ? { ...one, state: 'late', due: new Date(Date.now() - 3 * 3_600_000).toISOString() } : one))
  serve('full', { [`GET /facilities/${facility_id}/rooms/${room_id}`]: { ...view, clocks } })
  open(`${root}/handover`)
  const section = await screen.findByRole('region', { name: /^Délais qui courent/ })
  expect(within(section).getAllByText(/▲/).length).toBeGreaterThan(0)
  expect(within(section).queryByText(/dans 3.h/)).toBeNull()
})

describe('queue', () => {
  afterEach(() => void vi.useRealTimers())
  const line = (text: string): NewLine => ({ id: uuid7(), kind: 'fact', text })
  const row = (said: NewLine, arrived: number) => ({ arrived, line: said }) as unknown as LineRow

  test('in order, once, and after a reload', async () => {
    vi.useFakeTimers()
    let away = true
    const got: string[] = []
    const send = async (said: NewLine) => {
      if (away) throw new Problem(0, {})
      got.push(said.text ?? '')
      return row(said, got.length)
    }
    const queue = new LineQueue('r1', send, () => {})
    for (const text of ['un', 'deux', 'trois']) queue.add(line(text))
    await vi.advanceTimersByTimeAsync(10)
    expect(queue.lines().map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    away = false
    const reloaded = new LineQueue('r1', send, () => {})
    await vi.advanceTimersByTimeAsync(10)
    expect(got).toEqual(['un', 'deux', 'trois'])
    expect(reloaded.lines()).toEqual([])
    expect(Object.keys(localStorage).filter((name) => name.startsWith('releve.line/'))).toEqual([])
  })

  test('a line goes under the name of who typed it, or of who takes it over', async () => {
    const got: (string | undefined)[] = []
    let away = true
    const send = async (said: NewLine) => {
      if (away) throw new Problem(401, {})
      got.push(`${said.author} ${said.text}`)
      return row(said, got.length)
    }
    const anne = new LineQueue('r3', send, () => {})
    anne.goesFor('anne')
    anne.add({ ...line('un'), author: 'anne' })
    await waitFor(() => expect(anne.lines()[0]?.state).toBe('waiting'))
    away = false
    const karim = new LineQueue('r3', send, () => {})
    karim.goesFor('karim')
    karim.add({ ...line('deux'), author: 'karim' })
    await waitFor(() => expect(got).toEqual(['karim deux']))
    expect(karim.lines().map(({ state }) => state)).toEqual(['foreign'])
    karim.retry(karim.lines()[0]?.line.id ?? '')
    await waitFor(() => expect(got).toEqual(['karim deux', 'karim un']))
  })

  test('a refused line stays to be seen and does not hold up the others', async () => {
    const got: string[] = []
    const queue = new LineQueue('r2', async (said) => {
      if (said.text === 'non') throw new Problem(400, {})
      got.push(said.text ?? '')
      return row(said, got.length)
    }, () => {})
    for (const text of ['non', 'oui']) queue.add(line(text))
    await waitFor(() => expect(got).toEqual(['oui']))
    expect(queue.lines().map((one) => [one.line.text, one.state])).toEqual([['non', 'refused']])
    queue.drop(queue.lines()[0]?.line.id ?? '')
    expect(queue.lines()).toEqual([])
  })
})

test('a decision to cut: the board gives the price in care, the plan the person and the authority', async () => {
  const board = boardNow()
  const cut = { ...board, elements: board.elements.map((one) => (one.id === 'MAT' ? { ...one, stops: new Date(Date.now() + 4 * 3_600_000).toISOString(), transfers: 3 } : one)) }
  const at = `GET /facilities/${facility_id}/rooms/${room_id}/board`
  const { asked } = serve('full', { [at]: board, [`${at}?internet=true`]: cut })
  const user = userEvent.setup()
  open(`${root}/decisions`)
  await user.click(await screen.findByRole('button', { name: 'Nouvelle décision' }))
  const drawer = await screen.findByRole('dialog')
  await user.click(await within(drawer).findByRole('combobox', { name: /^Et si on coupe/ }))
  await user.click(await screen.findByRole('option', { name: 'internet' }))
  const price = within(drawer).getByLabelText<HTMLTextAreaElement>(/^Prix en soins/)
  await waitFor(() => expect(price.value).toMatch(/^Maternité s’arrête à .* \(dans [34].h[^)]*\), 3 patients à transférer$/))
  const may = within(drawer).getByRole('region', { name: /^Qui peut décider/ })
  await user.click(within(may).getAllByRole('button')[0] as HTMLElement)
  await user.click(within(drawer).getByRole('button', { name: 'Inscrire la décision' }))
  await waitFor(() => expect(asked.some(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))).toBe(true))
  const sent = asked.find(({ line }) => line.endsWith('/lines') && line.startsWith('POST'))?.body as { line: NewLine }
  const decision = sent.line.deed?.decision
  expect(decision?.title).toBe('Couper\u00a0: internet')
  expect(decision?.care_cost).toContain('Maternité')
  expect(decision?.decided_by).not.toBe('')
  expect(decision?.authority).toMatch(/^délégation pour /)
})

describe('deriving', () => {
  test('lists by what was done; of one thing the line that stands', () => {
    const lists = listsOf(roomOf(room_id)?.standing ?? [])
    expect(tasksOf(lists).open.map(({ what }) => what.id)).toEqual(['t1', 't2'])
    expect(lists.decision[0]?.what.care_cost).toBe('Plus de résultats à distance.')
    expect(lists.opening).toHaveLength(1)
  })

  test('lines are joined once, in the order of arrival', () => {
    const rows = linesOf(0).items
    expect(joinLines(rows.slice(0, 5), rows.slice(3)).map(({ arrived }) => arrived)).toEqual(rows.map(({ arrived }) => arrived))
  })

  test('filter and order', () => {
    const rows = linesOf(0).items
    expect(shownLines(rows, 'arrived', 'call', '')).toHaveLength(2)
    expect(shownLines(rows, 'arrived', '', 'rancon')).toHaveLength(2)
  })

  test('identities sort as they were minted', () => {
    const ids = Array.from({ length: 5000 }, () => uuid7(1_700_000_000_000))
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(5000)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

// SPDX-License-Identifier: EUPL-1.2
// Recalling staff: two gestures at 2 a.m., and the page of whoever is called.
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test } from 'vitest'
import { inCallOrder } from '@/features/respond/recall/call-order'
import { nextTimeAt } from '@/features/respond/recall/times'
import { resetRoom, room_id, roomsOf } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const at = (part: string) => `/facilities/${facility_id}/recall/${part}`
const callouts = `POST /facilities/${facility_id}/rooms/${room_id}/callouts`
beforeEach(async () => {
  resetRoom()
  await words('fr')
})

/** An exercise that was opened after the crisis: the server names the newest first. */
function withExercise() {
  const { items } = roomsOf(facility_id)
  const [real] = items
  if (!real) throw new Error('no room')
  const exercise = { ...real, id: '018f3f2a-0000-7000-8000-0000000000ee', kind: 'exercise', name: 'Exercice du jeudi' }
  return serve('full', { [`GET /facilities/${facility_id}/rooms`]: { items: [exercise, real, ...items.slice(1)] } })
}

describe('a crisis and an exercise both open', () => {
  test('from a room people are called for that room, which is named down to the last button', async () => {
    const { asked } = withExercise()
    const user = userEvent.setup()
    const { router } = open(`/facilities/${facility_id}/room/${room_id}/people`)
    const people = await screen.findByRole('region', { name: 'Présences' })
    await user.click(within(people).getByRole('link', { name: 'Rappel du personnel' }))
    await waitFor(() => expect(router.state.location.search).toBe(`?room=${room_id}`))
    await user.click(await screen.findByRole('button', { name: 'Rappeler ces 2 personnes' }))
    const send = await screen.findByRole('button', { name: 'Envoyer à 2 personnes' })
    expect(send.parentElement?.textContent).toContain('CRISE RÉELLE · Crise cyber du 26 novembre')
    await user.click(send)
    await waitFor(() => expect(router.state.location.pathname).toBe(at('people')))
    expect(router.state.location.search).toBe(`?room=${room_id}`)
    expect(asked.filter(({ line }) => line.startsWith('POST')).map(({ line }) => line)).toEqual([`${callouts}/preview`, callouts])
  })

  test('without a room it is asked for which', async () => {
    withExercise()
    const user = userEvent.setup()
    const { router } = open(at('choose'))
    expect(await screen.findByRole('heading', { name: /^Pour quelle salle/ })).toBeDefined()
    expect(screen.queryByRole('button', { name: /^Rappeler ces/ })).toBeNull()
    await expectAccessible()
    await user.click(screen.getByRole('link', { name: /^CRISE RÉELLE.*Crise cyber/ }))
    expect(await screen.findByRole('button', { name: 'Rappeler ces 2 personnes' })).toBeDefined()
    expect(router.state.location.search).toBe(`?room=${room_id}`)
  })

  test('a room that was closed meanwhile is not replaced by another', async () => {
    withExercise()
    open(`${at('choose')}?room=018f3f2a-0000-7000-8000-0000000000ff`)
    expect(await screen.findByText(/^La salle demandée est fermée/)).toBeDefined()
    expect(screen.queryByRole('button', { name: /^Rappeler ces/ })).toBeNull()
  })
})

test('two gestures recall the usual people: nothing is sent before it was shown', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  const { router } = open(at('choose'))
  await user.click(await screen.findByRole('button', { name: 'Rappeler ces 2 personnes' }))
  expect(await screen.findByText('2 personnes seront rappelées')).toBeDefined()
  expect(screen.getByText(/EXERCICE – Valmont/)).toBeDefined()
  expect(asked.some(({ line }) => line === callouts)).toBe(false)
  await user.click(screen.getByRole('button', { name: 'Envoyer à 2 personnes' }))
  await waitFor(() => expect(router.state.location.pathname).toBe(at('people')))
  const sent = asked.find(({ line }) => line === callouts)?.body as { id: string; selection: unknown; deputies_after: number }
  const shown = asked.find(({ line }) => line === `${callouts}/preview`)?.body
  expect(sent).toEqual(shown)
  expect(sent.selection).toEqual({ usual: true })
  expect(sent.deputies_after).toBe(10)
  expect(sent.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('who comes: numbers to call, a text with the link, why somebody was not reached', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(at('people'))
  const call = await screen.findByRole('link', { name: 'Appeler 06 00 00 00 02' })
  expect(call.getAttribute('href')).toBe('tel:0600000002')
  expect(screen.getAllByRole('link', { name: 'Écrire un SMS' })[1]?.getAttribute('href')).toMatch(/^sms:0600000002\?&body=.*answer%230+1$/)
  expect(screen.getByText(/HTTP 404/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Relancer la personne sans réponse' }))
  await waitFor(() => expect(asked.some(({ line }) => line === `${callouts}/remind`)).toBe(true))
  await expectAccessible()
})

describe('the page behind a personal link', () => {
  test('answers in one gesture, and says what was kept', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    location.hash = '#a1b2c3'
    open('/answer')
    expect(await screen.findByRole('heading', { level: 1, name: 'Centre hospitalier de Valmont-sur-Serre' })).toBeDefined()
    expect(screen.getByText(/EXERCICE/)).toBeDefined()
    expect(screen.queryByRole('navigation')).toBeNull()
    await expectAccessible()
    await user.click(screen.getByRole('button', { name: /Dans 30/ }))
    expect(await screen.findByText(/Réponse enregistrée/)).toBeDefined()
    const sent = asked.find(({ line }) => line === 'POST /answers')?.body as { comes: boolean; expected: string }
    expect(sent.comes).toBe(true)
    expect(Math.abs(Date.parse(sent.expected) - Date.now() - 30 * 60_000)).toBeLessThan(60_000)
    await user.click(screen.getByRole('button', { name: 'Indisponible' }))
    expect(await screen.findByText(/indisponible\./)).toBeDefined()
  })

  test('says nothing about a link that is none', async () => {
    serve('full')
    location.hash = '#wrong'
    open('/answer')
    expect((await screen.findByRole('alert', {}, { timeout: 8_000 })).textContent).toContain('Ce lien n’est pas valable')
    expect(screen.queryByText(/Valmont/)).toBeNull()
  }, 10_000)
})

test('an hour that has passed is tomorrow', () => {
  const night = new Date(2026, 10, 26, 2, 7)
  expect(nextTimeAt('02:30', night)).toEqual(new Date(2026, 10, 26, 2, 30))
  expect(nextTimeAt('01:30', night)).toEqual(new Date(2026, 10, 27, 1, 30))
})

test('the printed list follows the call trees, each person once, as the last call found them', () => {
  const one = (who: string, unit: string, person = who, call = 1) => ({ who, cell: '', unit, person, call })
  const list = inCallOrder([one('staff:z', 'B'), one('contact:c', '', 'Karim'), one('contact:a', ''), one('contact:b', ''), one('staff:y', 'A'), one('contact:a', '', 'contact:a', 2), one('staff:k', 'B', 'Karim', 2)], [
    { caller: 'a', called: ['b'] }, { caller: 'b', called: ['c'] },
  ])
  expect(list.map(({ one: { who, call }, by }) => `${who} ${call}${by ? ` by ${by}` : ''}`)).toEqual(['contact:a 2', 'contact:b 1 by a', 'staff:k 2 by b', 'staff:y 1', 'staff:z 1'])
})

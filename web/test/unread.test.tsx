// SPDX-License-Identifier: EUPL-1.2
// What could not be read is never shown as nothing: board, journal and plan of a room.
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
const board = `rooms/${room_id}/board`
const lines = `rooms/${room_id}/lines`
const plan = 'plan/in-force'
type How = 'refused' | 'silent'

/** A server that answers everything but these. */
function withhold(how: How, ...parts: string[]): { mend: () => void } {
  serve('full')
  const answered = fetch
  let broken = true
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (!broken || !parts.some((part) => url.includes(part))) return answered(url, init)
    return how === 'silent' ? new Promise(() => {}) : Promise.resolve(Response.json({ kind: 'environment', message: { code: 'ui.problem.unknown', params: [] }, incident: '7F3A-21' }, { status: 500 }))
  })
  return { mend: () => void (broken = false) }
}

beforeEach(async () => {
  resetRoom()
  await words('fr')
})

describe.each<How>(['refused', 'silent'])('a server that is %s about it', (how) => {
  test('the wall says that the board was not read', async () => {
    withhold(how, board)
    open(`${root}/wall`)
    const impact = await screen.findByRole('region', { name: 'Impact' })
    expect(await within(impact).findByText(/^▲ Tableau d’impact non lu/)).toBeDefined()
    expect(within(impact).queryByText(/Rien n’est/)).toBeNull()
    expect(screen.queryAllByRole('button')).toEqual([])
    await expectAccessible()
  })

  test('the handover page says so, and counts nothing', async () => {
    withhold(how, board)
    open(`${root}/handover`)
    const outages = await screen.findByRole('region', { name: /^Arrêté/ })
    expect(await within(outages).findByText(/^▲ Tableau d’impact non lu/)).toBeDefined()
    expect(within(outages).queryByText('Rien.')).toBeNull()
    expect(outages.textContent).not.toContain('(0)')
  })

  test('the journal has no count while its lines have not come', async () => {
    withhold(how, lines)
    open(root)
    const journal = await screen.findByRole('region', { name: 'Main courante' })
    expect(await within(journal).findByRole(how === 'refused' ? 'alert' : 'status')).toBeDefined()
    expect(within(journal).queryByText(/0.ligne/)).toBeNull()
  })

  test('the cards are not said to be none', async () => {
    withhold(how, plan)
    open(`${root}/cards`)
    const cards = await screen.findByRole('region', { name: /^Fiches/ })
    expect(await within(cards).findByRole(how === 'refused' ? 'alert' : 'status')).toBeDefined()
    expect(within(cards).queryByText(/Aucune fiche/)).toBeNull()
  })
})

test('the board is asked for again by a button', async () => {
  const { mend } = withhold('refused', board)
  const user = userEvent.setup()
  open(`${root}/board`)
  const again = await screen.findByRole('button', { name: 'Réessayer' })
  mend()
  await user.click(again)
  expect(await screen.findByText('À rétablir d’abord')).toBeDefined()
})

test('a form says what it does not know, and can be sent all the same', async () => {
  withhold('refused', board, plan)
  const user = userEvent.setup()
  open(`${root}/decisions`)
  await user.click(await screen.findByRole('button', { name: 'Nouvelle décision' }))
  const drawer = await screen.findByRole('dialog')
  expect(await within(drawer).findByText(/^▲ Tableau d’impact non lu/)).toBeDefined()
  expect(within(drawer).getByText(/^▲ Plan non lu/)).toBeDefined()
  await user.type(within(drawer).getByLabelText(/^Décision/, { selector: 'input' }), 'Couper internet')
  expect(within(drawer).getByRole<HTMLButtonElement>('button', { name: 'Inscrire la décision' }).disabled).toBe(false)
})

// SPDX-License-Identifier: EUPL-1.2
// Forms take and offer no more than the server does.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { BoardElement, ImpactBoard } from '@/api/client'
import { careInWords } from '@/features/respond/crisis/board-words'
import { DeedForm } from '@/features/respond/crisis/deed-form'
import { useWords } from '@/lib/i18n'
import { show, words } from './page'

beforeEach(async () => words('fr'))

test('a title from a long gesture, and words that a button fills in, are cut to what the server takes', async () => {
  const user = userEvent.setup()
  const sent = vi.fn()
  show(
    <DeedForm
      fields={[{ name: 'task', kind: 'line', max: 300 }, { name: 'reason', kind: 'text', max: 2_000 }]} initial={{ task: 'x'.repeat(900) }} submit="Inscrire" onSend={sent}
      aside={(fill) => <button type="button" onClick={() => fill({ reason: 'y'.repeat(3_000) })}>Reprendre</button>}
    />,
  )
  expect([...screen.getAllByRole('textbox')].map((field) => (field as HTMLInputElement).maxLength)).toEqual([300, 2_000])
  await user.click(screen.getByRole('button', { name: 'Reprendre' }))
  await user.click(screen.getByRole('button', { name: 'Inscrire' }))
  expect(sent).toHaveBeenCalledWith({ task: `${'x'.repeat(299)}…`, reason: `${'y'.repeat(1_999)}…` })
})

test('of the care that a decision costs the first five are named, and how many more there are', () => {
  const service = (n: number): BoardElement => ({
    id: `${n}`, name: `Service ${n}`, layer: 'service', seen: 'down', since: null, cause: 'unknown', forecast: 'down', tolerated_h: null, tolerated_until: null, capacity_seen: null, capacity: null, stops: null,
    transfers: 0, curve: [], contested: false,
  })
  const board: ImpactBoard = { now: '2026-11-26T02:00:00Z', elements: Array.from({ length: 8 }, (_, n) => service(n + 1)), first: [], known: true }
  const Care = () => <p>{careInWords(board, 0, useWords())}</p>
  show(<Care />)
  expect(screen.getByText(/Service 1/).textContent).toBe('Service 1\u202f; Service 2\u202f; Service 3\u202f; Service 4\u202f; Service 5\u202f; et 3 autres services')
})

// SPDX-License-Identifier: EUPL-1.2
// The journal of another post, taken in: what came, what was left out and which attachments did not come.
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { client } from '@/api/client'
import { resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

test('what a merge could not bring is said beside what it brought', async () => {
  resetRoom()
  await words('fr')
  serve('full')
  // A file goes by XMLHttpRequest, which the fake server does not hear.
  const said = { lines: 12, known: 3, left_out: ['La ligne 4 (portable) diffère.'], missing_files: ['note.jpg'] }
  vi.spyOn(client, 'mergeJournal').mockReturnValue({ done: Promise.resolve(said), cancel: () => undefined })
  const user = userEvent.setup()
  open(`/facilities/${facility_id}/room/${room_id}/file`)
  await screen.findByRole('button', { name: 'Reprendre celle d’un autre poste' })
  await user.upload(document.querySelector('main input[type=file]') as HTMLInputElement, new File(['{}'], 'portable.jsonl'))
  const told = await screen.findAllByRole('alert')
  expect(told.map(({ textContent }) => textContent).join('\n')).toMatch(/gardez le fichier.:La ligne 4 \(portable\) diffère\.\n.*note\.jpg/)
  expect(screen.getByText(/^12 lignes reprises/)).toBeDefined()
  await expectAccessible()
})

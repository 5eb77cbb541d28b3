// SPDX-License-Identifier: EUPL-1.2
// A line on its way: the file it waits for, the draft that two tabs share, what is kept of it and what it carries with it.
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { client, type LineRow, type NewLine } from '@/api/client'
import { Problem } from '@/api/request'
import { LineQueue } from '@/features/respond/crisis/line-queue'
import { recall, recallNames, remember } from '@/lib/keep'
import { uuid7 } from '@/lib/uuid7'
import { resetRoom, room_id } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const draft = `draft/${room_id}`
beforeEach(async () => {
  resetRoom()
  await words('fr')
})

afterEach(() => void vi.useRealTimers())

async function room() {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`/facilities/${facility_id}/room/${room_id}`)
  const text = (await screen.findByLabelText('Texte de la ligne')) as HTMLTextAreaElement
  const sent = () => asked.filter(({ line }) => line === `POST /facilities/${facility_id}/rooms/${room_id}/lines`).map(({ body }) => (body as { line: NewLine }).line)
  return { user, text, sent }
}

test('a file that hangs holds up no line: it is said, and the line goes without it', async () => {
  let stop: (problem: Problem) => void = () => {}
  const attach = vi.spyOn(client, 'attach').mockReturnValue({ done: new Promise((_, reject) => (stop = reject)), cancel: () => stop(new Problem(0, { message: { code: 'ui.problem.upload_stopped' } })) })
  const { user, text, sent } = await room()
  const entry = screen.getByRole('region', { name: 'Nouvelle ligne' })
  await user.upload(entry.querySelector('input[type=file]') as HTMLInputElement, new File(['x'], 'rançon.jpg'))
  await user.type(text, 'Message affiché au bloc{Enter}')
  expect(within(entry).getByRole('status').textContent).toMatch(/encore en cours d’envoi/)
  expect(sent()).toEqual([])
  await expectAccessible()
  await user.type(text, '{Enter}')
  await waitFor(() => expect(sent()).toMatchObject([{ text: 'Message affiché au bloc', attachments: [] }]))
  expect(text.value).toBe('')
  await user.click(within(entry).getByRole('button', { name: 'Retirer rançon.jpg' }))
  expect(await within(entry).findByText(/L’envoi a été arrêté/)).toBeDefined()
  expect(within(entry).queryByText(/rançon.jpg/)).toBeNull()
  attach.mockRestore()
})

test('what another tab keeps is not forgotten with what was sent here', async () => {
  const { user, text, sent } = await room()
  await user.type(text, 'ici')
  remember(draft, '{"text":"là-bas"}')
  await user.type(text, '{Enter}')
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(recall(draft)).toBe('{"text":"là-bas"}')
})

test('what is shown here is kept again when somebody turns away, whatever another tab sent', async () => {
  const { user, text } = await room()
  await user.type(text, 'encore à écrire')
  remember(draft, null)
  dispatchEvent(new Event('blur'))
  expect(recall(draft)).toContain('encore à écrire')
})

test('what cannot be read stays, and holds up nobody', async () => {
  const damaged = { 'line/r4/1': '{"id":"01', 'line/r4/2': 'null', 'line/r4/3': '{"kind":"fact"}' }
  for (const [name, text] of Object.entries(damaged)) remember(name, text)
  const good: NewLine = { id: uuid7(), kind: 'fact', text: 'un' }
  remember(`line/r4/${good.id}`, JSON.stringify(good))
  const got: NewLine[] = []
  const queue = new LineQueue('r4', async (said) => ({ arrived: got.push(said), line: said }) as unknown as LineRow, () => {})
  await waitFor(() => expect(got).toEqual([good]))
  await waitFor(() => expect(queue.lines()).toEqual([]))
  expect(recallNames('line/r4/').sort()).toEqual(Object.keys(damaged))
})

test('the head and the count are those of the last line, which no deed has the room read again for', async () => {
  const { user, text } = await room()
  expect(await screen.findByText(/· 12 lignes · Empreinte 7f3a 21c0 9be4/)).toBeDefined()
  await user.type(text, 'Imprimantes arrêtées au bloc{Enter}')
  expect(await screen.findByText(/· 13 lignes · Empreinte 0000 000d /)).toBeDefined()
})

test('clocks are read again also where no stream tells of a line', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const { asked } = serve('full')
  open(`/facilities/${facility_id}/room/${room_id}/clocks`)
  await screen.findByRole('button', { name: /^C’est fait – SAMU prévenu/ })
  const read = () => asked.filter(({ line }) => line === `GET /facilities/${facility_id}/rooms/${room_id}`).length
  const before = read()
  await act(() => vi.advanceTimersByTimeAsync(125_000))
  expect(read()).toBeGreaterThan(before)
})

// SPDX-License-Identifier: EUPL-1.2
// What leaves the room: demands and their answers, texts for authorities, and the hour that lines bear.
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { NewLine } from '@/api/client'
import { uuid7 } from '@/lib/uuid7'
import { resetRoom, roomOf, room_id, writeLine } from '../dev/fake_room.ts'
import { facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const root = `/facilities/${facility_id}/room/${room_id}`
beforeEach(async () => {
  resetRoom()
  await words('fr')
})

test('moving patients is proposed to the ARS, and its answer is a line', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  const sent = () => asked.filter(({ line }) => line.startsWith('POST') && line.endsWith('/lines')).map(({ body }) => (body as { line: NewLine }).line)
  open(`${root}/requests`)
  await user.click(await screen.findByRole('button', { name: 'Nouvelle demande' }))
  const part = within(screen.getByRole('region', { name: 'Demandes' }))
  await user.selectOptions(part.getByLabelText(/^Nature/), 'move_patients')
  await user.type(part.getByLabelText(/^Quoi/), 'Six patients de réanimation')
  await user.type(part.getByLabelText(/^À qui/, { selector: 'input' }), 'ARS')
  await user.click(screen.getByRole('button', { name: 'Inscrire la demande' }))
  await waitFor(() => expect(sent()[0]).toMatchObject({ kind: 'call', to: 'ARS', deed: { request: { kind: 'move_patients', what: 'Six patients de réanimation', state: 'asked' } } }))
  const row = (await part.findByText('Six patients de réanimation')).closest('li') as HTMLElement
  await user.click(within(row).getByRole('button', { name: /^Inscrire la réponse/ }))
  await user.type(await screen.findByLabelText(/^Ce qui a été répondu/), 'Quatre au CHU à 06:00')
  await user.click(part.getByRole('button', { name: 'Inscrire' }))
  await waitFor(() => expect(sent()[1]).toMatchObject({ from: 'ARS', deed: { request: { kind: 'move_patients', state: 'granted', answer: 'Quatre au CHU à 06:00' } } }))
  await expectAccessible()
})

test('a text for the authorities is read whole, copied and printed', async () => {
  serve('full')
  const user = userEvent.setup()
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const printed = vi.spyOn(window, 'print').mockReturnValue()
  open(`${root}/clocks`)
  await user.click((await screen.findAllByRole('button', { name: 'texte prérempli' }))[0] as HTMLElement)
  await user.click(await screen.findByRole('button', { name: 'Copier' }))
  expect(await screen.findByText('Copié.')).toBeDefined()
  const [text = ''] = copied.mock.lastCall ?? []
  expect(text.length).toBeGreaterThan(20)
  expect(document.querySelector('pre')?.textContent).toBe(text)
  await user.click(screen.getByRole('button', { name: 'Imprimer' }))
  expect(printed).toHaveBeenCalledOnce()
  await expectAccessible()
})

test('an approved report leaves as text with its number, who approved it, and once that it is an exercise', async () => {
  const exercise = '*** EXERCICE ***'
  for (const text of [`${exercise}\nPOINT DE SITUATION`, 'Exercice retouché']) writeLine({ id: uuid7(), kind: 'information', deed: { report: { number: 0, approved_by: 'Léa Morel', text, head: 'ab12' } } })
  const view = roomOf(room_id)
  serve('full', { [`GET /facilities/${facility_id}/rooms/${room_id}`]: { ...view, room: { ...view?.room, kind: 'exercise' } } })
  const user = userEvent.setup()
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  open(`${root}/reports`)
  for (const name of [/^Point de situation n° ?1$/, /^Point de situation n° ?2$/]) {
    await user.click(await screen.findByRole('button', { name: (said) => name.test(said.replaceAll('\u00a0', ' ')) }))
    await user.click(screen.getByRole('button', { name: 'Copier' }))
    const [text = ''] = copied.mock.lastCall ?? []
    expect(text.split(exercise)).toHaveLength(2)
    expect(text).toMatch(/Point de situation n°.[12] — .* — approuvé par Léa Morel/)
    expect(text).toMatch(/ab12$/)
    await user.click(screen.getByRole('button', { name: (said) => name.test(said.replaceAll('\u00a0', ' ')) }))
  }
})

test.each([[7, 'retarde de 7 min'], [-7, 'avance de 6 min']])('a computer whose clock is wrong says by how much (%i min)', async (minutes, said) => {
  const view = roomOf(room_id)
  serve('full', { [`GET /facilities/${facility_id}/rooms/${room_id}`]: { ...view, now: new Date(Date.now() + minutes * 60_000 + 500).toISOString() } })
  open(root)
  expect(await screen.findByText((text) => text.replaceAll('\u00a0', ' ').includes(`L’horloge de ce poste ${said}`))).toBeDefined()
})

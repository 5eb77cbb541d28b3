// SPDX-License-Identifier: EUPL-1.2
// The journal of another post, taken in: what came, what was left out, which attachments did not come, and what differs.
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { client, type LineRow } from '@/api/client'
import { uuid7 } from '@/lib/uuid7'
import { boardNow, linesOf, resetRoom, roomOf, room_id } from '../dev/fake_room.ts'
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

test('lines that waited in a lost browser and were saved to a file go from here, once, and not into another room', async () => {
  resetRoom()
  await words('fr')
  const { asked } = serve('full')
  const user = userEvent.setup()
  open(`/facilities/${facility_id}/room/${room_id}/file`)
  await screen.findByRole('button', { name: 'Reprendre celle d’un autre poste' })
  const line = (text: string, author = 'owner') => ({ id: uuid7(), kind: 'fact', text, happened: '2026-11-26T02:00:00.000Z', typed: '2026-11-26T02:00:00.000Z', author })
  const lines = [line('Téléphones coupés'), line('Générateur démarré'), line('Porte forcée', 'paul')]
  const give = (room: string) => {
    const said = JSON.stringify({ room, name: 'Autre nuit', lines })
    const file = Object.assign(new File([said], 'lignes.json'), { text: () => Promise.resolve(said) }) // jsdom reads none
    return user.upload(document.querySelector('main input[type=file]') as HTMLInputElement, file)
  }
  await give(uuid7())
  expect((await screen.findByRole('alert')).textContent).toMatch(/attendaient dans la salle «.Autre nuit.»/)
  await give(room_id)
  expect(await screen.findByText(/^Lignes en attente reprises dans ce fichier.: 3/)).toBeDefined()
  await give(room_id)
  const sent = () => asked.filter(({ line: one }) => one.startsWith('POST') && one.endsWith('/lines')).map(({ body }) => (body as { line: { id: string } }).line.id)
  await waitFor(() => expect([...new Set(sent())]).toEqual(lines.slice(0, 2).map(({ id }) => id)))
  expect(linesOf(0).items.filter(({ line: { text } }) => text === 'Téléphones coupés')).toHaveLength(1)
  expect(await screen.findByText('Tapée ici par paul')).toBeDefined()
})

test('what two posts say otherwise of a deadline and of an outage is shown where it stands', async () => {
  resetRoom()
  await words('fr')
  const view = roomOf(room_id) as NonNullable<ReturnType<typeof roomOf>>
  const other = linesOf(0).items[2]?.line.id ?? ''
  const standing = view.standing.map((one) => (one.subject.startsWith('impact/') ? { ...one, contested: [other] } : one))
  const row = standing[0]?.row as LineRow
  const known = { subject: 'milestone/breach_known', row: { ...row, line: { ...row.line, deed: { milestone: { event: 'breach_known', label: '' } } } }, since: view.now, contested: [other] }
  const board = boardNow()
  const elements = board.elements.map((one) => (one.name === 'SIL Bioréseau' ? { ...one, contested: true } : one))
  const at = `GET /facilities/${facility_id}/rooms/${room_id}`
  serve('full', { [at]: { ...view, standing: [...standing, known] }, [`${at}/board`]: { ...board, elements } })
  open(`/facilities/${facility_id}/room/${room_id}`)
  for (const name of ['Délais', 'Impact']) {
    const panel = await screen.findByRole('region', { name: new RegExp(`^${name}`) })
    expect((await within(panel).findAllByText(/Deux postes se contredisent/)).length).toBe(1)
  }
  cleanup()
  open(`/facilities/${facility_id}/room/${room_id}/handover`)
  const outages = await screen.findByRole('region', { name: /^Arrêté, dégradé/ })
  expect(await within(outages).findByText('contesté', { exact: false })).toBeDefined()
})

test('an obligation that two posts say they met is told as met, and one line settles by whom', async () => {
  resetRoom()
  await words('fr')
  const view = roomOf(room_id) as NonNullable<ReturnType<typeof roomOf>>
  const [first, second] = linesOf(0).items as [LineRow, LineRow]
  const told = (row: LineRow, whom: string) => ({ ...row, line: { ...row.line, text: `Plainte : ${whom}`, deed: { notice: { obligation: 'complaint', label: 'Dépôt de plainte', state: 'met', whom, how: '', reference: '' } } } }) as unknown as LineRow
  const [here, there] = [told(first, 'gendarmerie'), told(second, 'police')]
  const tomorrow = told({ ...first, line: { ...first.line, id: uuid7(), happened: new Date(Date.now() + 86_400_000).toISOString() } }, 'parquet') // its clock was ahead
  const clocks = view.clocks.map((one) => (one.obligation === 'complaint' ? { ...one, state: 'met' as const, met: here.line.happened } : one))
  expect(clocks.some(({ state, obligation }) => state === 'met' && obligation === 'complaint')).toBe(true)
  const at = `/facilities/${facility_id}/rooms/${room_id}`
  const { asked } = serve('full', {
    [`GET ${at}`]: { ...view, clocks, standing: [...view.standing, { subject: 'notice/complaint', row: here, since: here.line.happened, contested: [there.line.id, tomorrow.line.id] }] },
    [`GET ${at}/lines?after=0&size=5000`]: { items: [here, there, tomorrow], through: 3 },
  })
  open(`/facilities/${facility_id}/room/${room_id}/handover`)
  const deadlines = await screen.findByRole('region', { name: /^Délais/ })
  const row = (await within(deadlines).findByText('Dépôt de plainte')).closest('li')
  expect(row?.textContent).toMatch(/^Dépôt de plainte ▲ contesté — fait /)
  cleanup()

  open(`/facilities/${facility_id}/room/${room_id}`)
  const panel = await screen.findByRole('region', { name: /^Délais/ })
  expect(await within(panel).findByText(/— Plainte : parquet/)).toBeDefined()
  expect(within(panel).queryByRole('button', { name: /^Retenir – .* — Plainte : parquet/, hidden: true })).toBeNull()
  await userEvent.click(await within(panel).findByRole('button', { name: /^Retenir – .* — Plainte : police \(owner\)$/, hidden: true }))
  await waitFor(() => expect(asked.find(({ line }) => line === `POST ${at}/lines`)?.body).toMatchObject({ line: { happened: there.line.happened, text: 'Plainte : police', deed: there.line.deed } }))
})

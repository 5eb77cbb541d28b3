// SPDX-License-Identifier: EUPL-1.2
// A line on its way: the file it waits for, the draft that two tabs share, what is kept of it and what it carries with it.
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { client, type Attachment, type LineRow, type NewLine } from '@/api/client'
import { Problem } from '@/api/request'
import { toField } from '@/features/respond/crisis/deed-form'
import { LineQueue } from '@/features/respond/crisis/line-queue'
import { recall, recallNames, remember } from '@/lib/keep'
import { uuid7 } from '@/lib/uuid7'
import { linesOf, resetRoom, room_id, writeLine } from '../dev/fake_room.ts'
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

test('what was only read here is not kept again: another tab may have sent it since', async () => {
  remember('owner', 'owner')
  remember(draft, '{"text":"une moitié"}')
  const { user, text, sent } = await room()
  expect(text.value).toBe('une moitié')
  remember(draft, null)
  dispatchEvent(new Event('blur'))
  dispatchEvent(new Event('pagehide'))
  expect(recall(draft)).toBeNull()
  await user.type(text, ' et le reste')
  expect(recall(draft)).toContain('une moitié et le reste')
  await user.type(text, '{Enter}')
  await waitFor(() => expect(sent()).toHaveLength(1))
  remember(draft, '{"text":"là-bas"}')
  dispatchEvent(new Event('blur'))
  expect(recall(draft)).toBe('{"text":"là-bas"}')
})

test('nothing is kept here for whoever signed in in another tab', async () => {
  const { user, text } = await room()
  await user.type(text, 'à moi')
  remember('owner', 'karim')
  remember(draft, null)
  dispatchEvent(new Event('blur'))
  dispatchEvent(new Event('pagehide'))
  await user.type(text, ' seule')
  expect(text.value).toBe('à moi seule')
  expect(recall(draft)).toBeNull()
})

/** Opens a line of the journal by its place and begins to correct it. */
async function correct(user: ReturnType<typeof userEvent.setup>, place: number) {
  const journal = await screen.findByRole('group', { name: 'Main courante' })
  await within(journal).findAllByRole('button', { expanded: false })
  const line = within(journal).getAllByRole('button').filter((one) => one.hasAttribute('aria-expanded'))[place] as HTMLElement
  if (line.getAttribute('aria-expanded') === 'false') await user.click(line)
  await user.click(within(journal).getByRole('button', { name: 'Corriger cette ligne' }))
}

/** Uploads that end when they are told to. */
function uploads() {
  const ends = new Map<string, () => void>()
  const attach = vi.spyOn(client, 'attach').mockImplementation((_facility, _room, { name }) => ({
    done: new Promise((done) => ends.set(name, () => done({ hash: name, name, type: 'image/jpeg', size: 1 } as Attachment))), cancel: () => {},
  }))
  const entry = screen.getByRole('region', { name: 'Nouvelle ligne' })
  return {
    entry,
    pick: (user: ReturnType<typeof userEvent.setup>, name: string) => user.upload(entry.querySelector('input[type=file]') as HTMLInputElement, new File(['x'], name)),
    end: (name: string) => act(async () => ends.get(name)?.()),
    files: () => within(entry).queryAllByRole('button', { name: /^Retirer / }).map((one) => one.getAttribute('aria-label')),
    stop: () => attach.mockRestore(),
  }
}

test('whoever sent a line without its file is asked again for another file only', async () => {
  const { user, text, sent } = await room()
  const { entry, pick, stop } = uploads()
  await pick(user, 'lente.jpg')
  await user.type(text, 'Première{Enter}{Enter}')
  await user.type(text, 'Deuxième{Enter}')
  await waitFor(() => expect(sent().map((line) => line.text)).toEqual(['Première', 'Deuxième']))
  await pick(user, 'autre.jpg')
  await user.type(text, 'Troisième{Enter}')
  expect(within(entry).getByRole('status').textContent).toMatch(/encore en cours d’envoi/)
  expect(sent()).toHaveLength(2)
  stop()
})

test('a file that was picked for the draft does not land in a correction that was begun meanwhile', async () => {
  const { user, text, sent } = await room()
  const { entry, pick, end, files, stop } = uploads()
  await user.type(text, 'Rançon demandée')
  await pick(user, 'rançon.jpg')
  await correct(user, 1)
  const wrong = text.value
  expect(wrong).not.toMatch(/Rançon demandée|^$/)
  expect(files()).toEqual([])
  await pick(user, 'preuve.jpg')
  await end('rançon.jpg')
  await end('preuve.jpg')
  expect(files()).toEqual(['Retirer preuve.jpg'])
  await user.type(text, ' au bloc{Enter}')
  await waitFor(() => expect(sent().at(-1)).toMatchObject({ text: `${wrong} au bloc`, attachments: [{ name: 'preuve.jpg' }] }))
  expect(within(entry).getByDisplayValue('Rançon demandée')).toBe(text)
  expect(files()).toEqual(['Retirer rançon.jpg'])
  stop()
})

test('a correction that is begun and left gives the draft back, also where the browser keeps nothing', async () => {
  const { user, text } = await room()
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError') })
  await user.type(text, 'Rançon demandée')
  await correct(user, 1)
  expect(text.value).not.toMatch(/Rançon demandée/)
  await user.click(screen.getByRole('button', { name: 'Annuler' }))
  expect(text.value).toBe('Rançon demandée')
  full.mockRestore()
})

const corrections = () => recallNames(`${draft}/`)

test('a correction is kept while it is typed, beside the draft, and comes back with its line', async () => {
  const { user, text } = await room()
  await user.type(text, 'Rançon demandée')
  await correct(user, 1)
  const wrong = text.value
  expect(corrections()).toEqual([]) // read, not yet typed
  await user.type(text, ' au bloc')
  expect(corrections()).toHaveLength(1)
  expect(recall(corrections()[0] as string)).toContain(`${wrong} au bloc`)
  expect(recall(draft)).toContain('Rançon demandée')

  cleanup() // the tab is closed, and opened again
  const again = await room()
  expect(again.text.value).toBe('Rançon demandée')
  await again.user.click(within(await screen.findByText(/^Correction commencée/)).getByRole('button'))
  expect(again.text.value).toBe(`${wrong} au bloc`)
  await again.user.type(again.text, '{Enter}')
  await waitFor(() => expect(again.sent()).toMatchObject([{ text: `${wrong} au bloc`, corrects: expect.any(String) }]))
  expect(corrections()).toEqual([])
  expect(again.text.value).toBe('Rançon demandée')
})

test('another line picked meanwhile loses nothing of the correction that was begun; one that is given up is gone', async () => {
  const { user, text, sent } = await room()
  await correct(user, 1)
  const [first, kept] = [text.value, ' au bloc']
  await user.type(text, kept)
  await correct(user, 2)
  const second = text.value
  expect(second).not.toContain(kept)
  await user.type(text, ' en pharmacie')
  await correct(user, 1)
  expect(text.value).toBe(first + kept)
  await correct(user, 2)
  expect(text.value).toBe(`${second} en pharmacie`)
  expect(corrections()).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Annuler' }))
  expect(corrections()).toHaveLength(1)
  await correct(user, 2)
  expect(text.value).toBe(second)
  await correct(user, 1)
  await user.type(text, '{Enter}')
  await waitFor(() => expect(sent().map((line) => line.text)).toEqual([first + kept]))
  expect(corrections()).toEqual([])
})

test('a file lands in the correction that it was picked for, though another one is on the screen', async () => {
  const { user } = await room()
  const { pick, end, files, stop } = uploads()
  await correct(user, 1)
  await pick(user, 'preuve.jpg')
  await correct(user, 2)
  await end('preuve.jpg')
  expect(files()).toEqual([])
  await correct(user, 1)
  expect(files()).toEqual(['Retirer preuve.jpg'])
  stop()
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

test('words for a line that somebody else corrected meanwhile become the draft, once that was sent', async () => {
  const wrong = linesOf(0).items[2] as LineRow
  writeLine({ id: uuid7(), kind: 'fact', text: 'Corrigée par un autre', corrects: wrong.line.id } as NewLine)
  remember('owner', 'owner')
  remember(`${draft}/${wrong.line.id}`, JSON.stringify({ kind: 'call', text: 'mes mots', happened: toField(wrong.line.happened), timed: true, attachments: [] }))
  const { user, text, sent } = await room()
  const begun = () => screen.findByText(/^Correction commencée/)
  await user.type(text, 'Rançon demandée')
  expect(within(await begun()).queryByRole('button')).toBeNull()
  expect((await begun()).textContent).toContain('à reprendre une fois la ligne en cours envoyée')
  await user.type(text, '{Enter}')
  await user.click(within(await begun()).getByRole('button', { name: /corrigée depuis/ }))
  expect(text.value).toBe('mes mots')
  expect(document.activeElement).toBe(text)
  expect(corrections()).toEqual([])
  expect(screen.queryByText(/^Correction commencée/)).toBeNull()
  await user.type(text, '{Enter}')
  await waitFor(() => expect(sent()).toMatchObject([{ text: 'Rançon demandée' }, { text: 'mes mots', kind: 'call' }]))
  expect(Date.parse(sent()[1]?.happened ?? '')).toBe(Math.floor(Date.parse(wrong.line.happened) / 60_000) * 60_000)
  expect(sent()[1]?.corrects ?? '').toBe('')
})

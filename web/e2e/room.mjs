// SPDX-License-Identifier: EUPL-1.2
// A crisis from the first key to the closing; a server that dies while two lines wait; the wall.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { axeSays, button, looked, need, openWindow, ownBrowser, until, word } from './house.mjs'

const text = (page) => page.getByLabel(word('ui.room.text'), { exact: true })
const field = (within, name) => within.locator('input, textarea').and(within.getByLabel(word(`ui.room.field.${name}`), { exact: false })).first()
const linesOf = async (api, root) => (await api(`${root}/lines?after=0`)).items.map(({ line }) => line)

/** Three gestures on a phone, by keyboard alone; the room's address under the API. */
export async function activated(window, facility, known) {
  const { page } = window
  await window.go(`/facilities/${facility}/activate`)
  await page.getByRole('button', { name: new RegExp(word('room.words.kind.exercise'), 'i') }).waitFor()
  await page.keyboard.press('2')
  await page.getByLabel(word('ui.activate.known')).first().waitFor()
  await page.keyboard.type(known)
  await page.keyboard.press('Enter')
  await button(page, 'ui.activate.button').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/room\/[0-9a-f-]+$/)
  await text(page).waitFor()
  return { id: page.url().split('/').at(-1), root: `/facilities/${facility}/rooms/${page.url().split('/').at(-1)}` }
}

export async function crisisRoom({ browser, server, shared }) {
  const phone = await openWindow(browser, server.base, { state: shared.state, width: 390 })
  const { page, api } = phone
  const { facility } = await api('/session')
  const { id, root } = await activated(phone, facility, 'Note de rançon imprimée')
  for (let n = 1; n <= 10; n++) {
    await page.keyboard.press(n === 1 ? 'n' : 'Shift')
    if (n === 1) await page.keyboard.press('f')
    await text(page).focus()
    await page.keyboard.type(`Fait numéro ${n}`)
    await page.keyboard.press('Enter')
    await page.getByText(`Fait numéro ${n}`, { exact: true }).waitFor()
  }
  const said = (await linesOf(api, root)).map((line) => line.text)
  need(said.length === 11 && said.filter((one) => /^Fait numéro/.test(one)).length === 10, `the journal holds ${said.length} lines`)
  await looked(phone, 'the room on a phone')
  need((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'the room scrolls sideways')

  const desk = await openWindow(browser, server.base, { state: shared.state })
  const at = `/facilities/${facility}/room/${id}`
  await desk.go(at)
  const board = await api(`${root}/board`)
  const application = board.elements.find(({ layer }) => layer === 'application')
  await button(desk.page, 'ui.room.declare').first().click()
  const drawer = desk.page.getByRole('dialog')
  await field(drawer, 'element').fill(application.name)
  await drawer.getByRole('button', { name: word('ui.room.declare'), exact: true }).click()
  await until('the forecast follows', async () => (await api(`${root}/board`)).elements.find(({ id: one }) => one === application.id)?.seen === 'down')
  await desk.page.getByRole('region', { name: word('ui.room.board') }).getByText(application.name).first().waitFor()
  await looked(desk, 'the room at a desk')

  // N then D: a decision with its reason and its price in care.
  await desk.page.locator('h1').click()
  await desk.page.keyboard.press('n')
  await desk.page.keyboard.press('d')
  await field(drawer, 'decision').fill('Couper internet')
  await field(drawer, 'reason').fill('Empêcher la propagation')
  await field(drawer, 'review').fill(new Date(Date.now() + 7_200_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16))
  await drawer.getByRole('button', { name: word('ui.room.decision.add') }).click()
  await until('the decision stands', async () => (await api(root)).standing.some(({ row }) => row.line.deed?.decision?.title === 'Couper internet'))

  await desk.page.keyboard.press('p')
  await field(desk.page, 'approved_by').fill('Anne Roche')
  await button(desk.page, 'ui.room.report.approve').click()
  await desk.page.getByRole('button', { name: word('ui.room.report.title', { n: 1 }), exact: true }).click()
  const saved = async (act) => {
    const [file] = await Promise.all([desk.page.waitForEvent('download'), button(desk.page, act).click()])
    return [file.suggestedFilename(), readFileSync(await file.path())]
  }
  const [pdf, bytes] = await saved('ui.room.report.pdf')
  need(pdf === 'situation-1.pdf' && bytes.includes('%PDF-') && bytes.includes('/StructTreeRoot'), 'the report is no tagged PDF')
  const [plain, words] = await saved('ui.room.report.as_text')
  need(plain === 'situation-1.txt' && words.includes('Couper internet'), 'the report is not saved as text')

  await desk.go(`${at}/decisions`)
  await desk.page.getByRole('button', { name: new RegExp(`^${word('ui.room.decision.reviewed', { span: '' })}`) }).click()
  await until('the decision is looked at again', async () => (await api(root)).standing.some(({ row }) => Date.parse(row.line.deed?.decision?.review ?? '') > Date.now()))

  await desk.go(`${at}/clocks`)
  await desk.page.getByRole('button', { name: new RegExp(`^${word('ui.room.clock.met')}`) }).first().click()
  await field(desk.page, 'whom').fill('Dr Petit')
  await button(desk.page, 'ui.room.clock.met.send').click()
  await until('the clock is met', async () => (await api(root)).clocks.some(({ state }) => state === 'met'))

  const wall = await openWindow(browser, server.base, { state: shared.state, width: 1920 })
  await wall.go(`${at}/wall`)
  await wall.page.getByRole('region', { name: word('ui.room.decisions') }).getByText('Couper internet').waitFor()
  const small = await wall.page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => one.children.length === 0 && one.textContent.trim() && parseFloat(getComputedStyle(one).fontSize) < 28).map((one) => one.textContent))
  need(small.length === 0, `too small for a wall: ${small.join(' | ')}`)
  need((await axeSays(wall.page)).length === 0, `wall: ${(await axeSays(wall.page)).join('\n')}`)

  await desk.go(`${at}/file`)
  await desk.page.getByLabel(word('ui.room.close.lessons')).fill('Les numéros hors réseau manquaient.')
  await button(desk.page, 'ui.room.close.button').click()
  await button(desk.page, 'ui.room.close.sure').click()
  await until('the room is closed', async () => (await api(root)).room.closed !== null)
  await text(page).waitFor({ state: 'detached' }) // live on the phone too
  need((await (await phone.context.request.fetch(`${server.base}/api/v1${root}/journal/text`)).text()).includes('Fait numéro 10'), 'the closed room is not readable')
  for (const window of [phone, desk, wall]) {
    need(window.complaints.length === 0, window.complaints.join('\n    '))
    await window.context.close()
  }
}

/** The server is killed while two lines are typed; on the same data again, they arrive once and in order. */
export async function roomOffline({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const { facility } = await api('/session')
  const { id, root } = await activated(window, facility, 'Exercice de coupure')
  await until('the page is kept', () => page.evaluate(() => navigator.serviceWorker.controller !== null))
  await server.kill()
  for (const said of ['Écrit sans serveur, un', 'Écrit sans serveur, deux']) {
    await text(page).fill(said)
    await page.keyboard.press('Enter')
  }
  await page.getByText(word('ui.room.waiting_other', { n: 2 })).waitFor()
  const saving = page.waitForEvent('download')
  await button(page, 'ui.room.queue.save').click()
  const saved = readFileSync(await (await saving).path(), 'utf8')
  // Opened again without a server: page, journal and queue are still there.
  await page.reload()
  await page.getByText('Exercice de coupure').first().waitFor({ timeout: 60_000 })
  await page.getByText(word('ui.room.waiting_other', { n: 2 })).waitFor()
  await page.waitForTimeout(6_000) // longer than anything is asked again: who is here is known all the same
  need((await page.getByText(word('ui.room.send.foreign')).count()) === 0, 'lines of one\'s own count as those of somebody else')
  // The plan and its directory too, which nobody had opened here before.
  await page.goto(`${server.base}/facilities/${facility}/plan-in-force`)
  await page.getByRole('heading', { level: 2, name: word('ui.plan.part.contacts'), exact: true }).waitFor()
  need((await page.locator('a[href^="tel:"]').count()) > 3, 'no number of the directory is there')
  await page.goto(`${server.base}/facilities/${facility}/room/${id}`)
  await server.start()
  await page.getByText(word('ui.room.waiting_other', { n: 2 })).waitFor({ state: 'detached', timeout: 60_000 })
  const waited = await until('both have arrived', async () => {
    const said = (await linesOf(api, root)).map((line) => line.text).filter((one) => one.startsWith('Écrit sans serveur'))
    return said.length > 1 && said
  })
  need(waited.join() === 'Écrit sans serveur, un,Écrit sans serveur, deux', `arrived: ${waited.join()}`)
  // A browser that was lost: what it saved goes from another one, and nothing twice.
  const file = JSON.parse(saved)
  need(file.lines.length === 2, `${file.lines.length} lines were saved`)
  file.lines.push({ ...file.lines[1], id: file.lines[1].id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), text: 'Écrit sans serveur, trois' })
  await page.goto(`${server.base}/facilities/${facility}/room/${id}/file`)
  await page.getByRole('region', { name: word('ui.room.file') }).locator('input[type=file]').setInputFiles({ name: 'releve-lignes.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) })
  await until('the third has arrived', async () => (await linesOf(api, root)).filter(({ text: said }) => said.startsWith('Écrit sans serveur')).length === 3)
  await window.context.close()
}

/** The computer goes out the moment a line is written, with the server away: on again, every line waits, and goes. */
export async function powerCut({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { api } = window
  const { facility } = await api('/session')
  const { id, root } = await activated(window, facility, 'Exercice de panne')
  const profile = join(server.folder, 'profile')
  const at = `${server.base}/facilities/${facility}/room/${id}`
  const before = await ownBrowser(profile)
  const { cookies } = await window.context.storageState()
  await before.context.addCookies(cookies)
  await before.page.goto(at)
  await text(before.page).waitFor()
  await until('the page is kept', () => before.page.evaluate(() => navigator.serviceWorker.controller !== null))
  await before.page.waitForTimeout(10_000) // a browser writes down its cookies late
  await server.kill()
  const typed = Array.from({ length: 12 }, (_, i) => `Écrit avant la panne, ${i + 1}`)
  for (const one of typed) {
    await text(before.page).fill(one)
    await before.page.keyboard.press('Enter')
  }
  await before.page.getByText(typed.at(-1), { exact: true }).waitFor()
  await before.cutOff()

  const after = await ownBrowser(profile)
  await after.page.goto(at)
  await after.page.getByText(word('ui.room.waiting_other', { n: typed.length })).waitFor()
  await server.start()
  await after.context.addCookies(cookies) // as if signed in again: a session ends with its browser
  const arrived = async () => (await linesOf(api, root)).map((line) => line.text).filter((one) => one.startsWith('Écrit avant'))
  await until('every line has gone', async () => (await arrived()).length >= typed.length)
  need((await arrived()).join() === typed.join(), `arrived: ${(await arrived()).join()}`)
  await after.context.close()
  await window.context.close()
}

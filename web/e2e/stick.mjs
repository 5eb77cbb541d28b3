// SPDX-License-Identifier: EUPL-1.2
// One stick, one PC, no server: the page is opened from a file; what it writes is checked and taken back by the program.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { axeSays, button, need, openWindow, until, word } from './house.mjs'

const field = (within, name) => within.locator('input, textarea').and(within.getByLabel(word(`ui.room.field.${name}`), { exact: false })).first()
const text = (page) => page.getByLabel(word('ui.room.text'), { exact: true })
const key_delay = 60 // milliseconds: somebody who types with two fingers
const thinks = 500 // before each gesture

/** A window that asks nobody anything: neither a server nor the internet. */
async function alone(browser, address, { width = 1280, picks = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 800 }, locale: 'fr', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', acceptDownloads: true })
  // No dialog can be answered in a browser without a screen; the file that it would give is the browser's own kind.
  if (picks) await context.addInitScript(() => { window.showSaveFilePicker = async ({ suggestedName }) => (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }) })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints = []
  page.on('console', (said) => said.type() === 'error' && complaints.push(`console: ${said.text().slice(0, 300)}`))
  page.on('pageerror', (error) => complaints.push(`page error: ${error}`))
  page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url()) && request.url() !== address) complaints.push(`request: ${request.url()}`) })
  await page.goto(address)
  return { context, page, complaints }
}

const saved = async (page, act) => {
  const waiting = page.waitForEvent('download')
  await act()
  return readFileSync(await (await waiting).path(), 'utf8')
}
const nothingWrong = async ({ page, complaints }, at) => {
  const said = [...complaints, ...(await axeSays(page))]
  need(said.length === 0, `${at}: ${said.join('\n    ')}`)
  need((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${at} scrolls sideways`)
}
/** The choice of the room, then the words, then the room. */
async function opened(page, hand) {
  await hand(() => page.getByRole('button', { name: new RegExp(word('room.words.kind.exercise'), 'i') }).click())
  await hand(() => page.keyboard.type('Serveurs chiffrés', { delay: key_delay }))
  await hand(() => page.keyboard.press('Enter'))
  await text(page).waitFor()
}

export async function usbStick({ browser, server, releve, shared }) {
  const folder = mkdtempSync(join(tmpdir(), 'releve-stick-'))
  try {
    // The page, by its button, while the server is still there.
    const desk = await openWindow(browser, server.base, { state: shared.state })
    const { facility } = await desk.api('/session')
    await desk.go(`/facilities/${facility}/plan-in-force`)
    const html = await saved(desk.page, () => desk.page.getByRole('link', { name: word('ui.stick.make') }).click())
    const file = join(folder, 'releve.html')
    writeFileSync(file, html)

    // From the file: open, ten lines, patients placed, the board on paper.
    let gestures = 0
    const hand = async (act) => {
      gestures += 1
      await new Promise((done) => setTimeout(done, thinks))
      await act()
    }
    const began = Date.now()
    const pc = await alone(browser, pathToFileURL(file).href)
    const { page } = pc
    await opened(page, hand)
    console.log(`figure stick.room_open_s ${((Date.now() - began) / 1000).toFixed(1)}`)
    await hand(() => page.keyboard.press('l'))
    await hand(() => button(page, 'ui.room.bed.new').click())
    for (const [number, service, bed] of [['12', 'Réanimation', '4'], ['31', 'Urgences', 'box 2'], ['47', 'Néonatologie', '7']]) {
      for (const [name, value] of [['number', number], ['service', service], ['bed', bed]]) {
        await hand(async () => {
          await field(page.locator('form').first(), name).click()
          await page.keyboard.type(value, { delay: key_delay })
        })
      }
      await hand(() => page.keyboard.press('Enter'))
      await page.getByRole('row').filter({ hasText: service }).waitFor()
    }
    await hand(() => page.getByRole('link', { name: word('ui.stick.part.print'), exact: true }).click())
    await hand(() => page.getByRole('link', { name: word('ui.stick.sheet.beds') }).click())
    await page.getByRole('heading', { name: word('ui.stick.sheet.beds') }).waitFor()
    await nothingWrong(pc, 'the sheet')
    const pdf = await page.pdf({ preferCSSPageSize: true })
    console.log(`figure stick.b4_s ${((Date.now() - began) / 1000).toFixed(1)}`)
    console.log(`figure stick.b4_gestures ${gestures}`)
    need(Date.now() - began < 300_000, 'the board was not on paper within five minutes')
    writeFileSync(join(folder, 'board.pdf'), pdf)
    const paper = execFileSync('pdftotext', ['-layout', join(folder, 'board.pdf'), '-'], { encoding: 'utf8' })
    need(['Réanimation', 'box 2', '47', word('ui.room.banner.exercise')].every((one) => paper.includes(one)), `on paper: ${paper}`)
    need(!paper.includes(word('ui.stick.part.directory')), 'the tabs are on paper')

    await page.getByRole('link', { name: word('ui.stick.part.journal'), exact: true }).click()
    for (let n = 1; n <= 10; n++) {
      await text(page).fill(`Fait numéro ${n}`)
      await page.keyboard.press('Enter')
    }
    await page.getByText('Fait numéro 10', { exact: true }).waitFor()
    await nothingWrong(pc, 'the room')
    const journal = await saved(page, () => button(page, 'ui.stick.file.download').click())
    writeFileSync(join(folder, 'journal.jsonl'), journal)
    const verified = execFileSync(releve, ['--language', 'fr', 'verify', join(folder, 'journal.jsonl')], { encoding: 'utf8' })
    need(/14/.test(verified), `verify says: ${verified}`)

    // The tab is closed and the page opened again: the room is still there, below the button for a file.
    await page.close({ runBeforeUnload: false })
    const again = await pc.context.newPage()
    await again.goto(pathToFileURL(file).href)
    await again.locator('#go-on ~ ul button').nth(1).click()
    await again.getByText('Fait numéro 10', { exact: true }).waitFor()
    await pc.context.close()

    // Another PC goes on from the file; a changed one is refused with its line.
    const other = await alone(browser, pathToFileURL(file).href, { width: 390 })
    const choose = other.page.locator('input[type=file]')
    writeFileSync(join(folder, 'changed.jsonl'), journal.replace('Fait numéro 5', 'Fait numéro 6'))
    await choose.setInputFiles(join(folder, 'changed.jsonl'))
    const changed = JSON.parse(journal.split('\n').find((line) => line.includes('Fait numéro 5'))).link
    await other.page.getByText(word('journal.line_changed', { line: String(changed.number), node: word('ui.stick.node', { who: word('ui.stick.somebody') }) })).waitFor()
    await nothingWrong(other, 'the beginning on a phone')
    await choose.setInputFiles(join(folder, 'journal.jsonl'))
    await text(other.page).waitFor()
    await text(other.page).fill('Écrit sur le second poste')
    await other.page.keyboard.press('Enter')
    await other.page.getByText('Écrit sur le second poste', { exact: true }).waitFor()
    await nothingWrong(other, 'the room on a phone')
    const both = await saved(other.page, () => button(other.page, 'ui.stick.file.download').click())
    await other.context.close()

    // Back on the server: everything once, and its own journal is read by the page.
    const room = await desk.api(`/facilities/${facility}/rooms`, { room: randomUUID(), line: randomUUID(), kind: 'exercise', name: 'Retour', level: 'plan_blanc', known: '' })
    const root = `/facilities/${facility}/rooms/${room.room.id}`
    for (const again of [0, 1]) {
      const reply = await desk.context.request.fetch(`${server.base}/api/v1${root}/merge`, { method: 'POST', data: both, headers: { 'Content-Type': 'application/octet-stream' } })
      need(reply.ok(), `merge: ${await reply.text()}`)
      const { lines } = await reply.json()
      need(lines === (again ? 0 : 16), `merge ${again}: ${lines} lines`) // 14, that they were taken in, one
    }
    const said = (await desk.api(`${root}/lines?after=0`)).items.map(({ line }) => line.text)
    need(said.filter((one) => /^Fait numéro/.test(one)).length === 10 && said.includes('Écrit sur le second poste'), `merged: ${said.join(' | ')}`)
    need((await desk.api(root)).standing.filter(({ subject }) => subject.startsWith('placement/')).length === 3, 'the patients are not placed')
    const ours = await (await desk.context.request.fetch(`${server.base}/api/v1${root}/journal`)).text()
    await desk.api(`${root}/lines`, { line: { id: randomUUID(), kind: 'decision', deed: { closing: { lessons: '' } } } })
    await desk.context.close()

    // Saved at every line, without a hand.
    const host = createServer((_, reply) => reply.setHeader('Content-Type', 'text/html').end(html))
    await new Promise((ready) => host.listen(0, '127.0.0.1', ready))
    const writes = await alone(browser, `http://127.0.0.1:${host.address().port}/`, { picks: true })
    writeFileSync(join(folder, 'server.jsonl'), ours)
    await writes.page.locator('input[type=file]').setInputFiles(join(folder, 'server.jsonl'))
    await text(writes.page).waitFor()
    for (const words of ['Gardée sans un geste', 'Et celle-ci aussi']) {
      await text(writes.page).fill(words)
      await writes.page.keyboard.press('Enter')
    }
    const kept = await until('the file has every line', () => writes.page.evaluate(async () => {
      for await (const handle of (await navigator.storage.getDirectory()).values()) {
        if (!handle.name.endsWith('.jsonl')) continue // the browser's own, while it writes beside
        const whole = await (await handle.getFile()).text()
        if (whole.includes('Et celle-ci aussi')) return whole
      }
      return ''
    }))
    writeFileSync(join(folder, 'kept.jsonl'), kept)
    execFileSync(releve, ['verify', join(folder, 'kept.jsonl')])
    const taken = JSON.parse(ours.split('\n')[0]).journal.chains.length // a line tells of each
    await writes.page.getByText(word('ui.stick.file.saved_other', { n: String(ours.split('\n').filter((line) => line.startsWith('{"link"')).length + taken + 2), file: '' }).trim(), { exact: false }).waitFor()
    await nothingWrong(writes, 'the room that saves itself')
    // Closed and saved, nothing stays in the browser.
    await writes.page.getByRole('link', { name: word('ui.stick.part.end'), exact: true }).click()
    await button(writes.page, 'ui.room.close.button').click()
    await button(writes.page, 'ui.room.close.sure').click()
    await button(writes.page, 'ui.stick.forget.button').click()
    await button(writes.page, 'ui.stick.forget.sure').click()
    await writes.page.getByRole('heading', { name: word('ui.activate.kind') }).waitFor()
    need((await writes.page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('stick/')).length)) === 0, 'lines stay in the browser')
    await writes.context.close()
    await new Promise((closed) => host.close(closed))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

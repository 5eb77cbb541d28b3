// SPDX-License-Identifier: EUPL-1.2
// What the public is told: written and approved in the room, read by a stranger without a session, frozen to a file that
// opens from a disk, withdrawn. And what a fresh room shows first.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { axeSays, button, looked, need, openWindow, until, word } from './house.mjs'

const labelled = (page, code) => page.locator('input, textarea, select').and(page.getByLabel(word(code), { exact: false })).first()

/** Somebody outside, with an old telephone and nothing of ours. */
async function stranger(browser, address) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: true, locale: 'fr' })
  const page = await context.newPage()
  const asked = []
  page.on('request', (request) => asked.push(request.url()))
  const reply = await page.goto(address)
  return { context, page, reply, asked }
}

export async function publicBulletin({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state, width: 390 })
  const { page, api, context } = window
  const { facility } = await api('/session')
  const { room: { id }, public_page } = await api(`/facilities/${facility}/rooms`, { room: randomUUID(), line: randomUUID(), kind: 'exercise', level: 'internal_mobilisation', known: 'Postes éteints', name: 'Exercice du bulletin' })
  const root = `/facilities/${facility}/rooms/${id}`
  const { elements } = await api(`${root}/board`)
  const application = elements.find(({ layer }) => layer === 'application')
  await api(`${root}/lines`, { line: { id: randomUUID(), kind: 'fact', deed: { impact: { element: application.id, name: application.name, layer: 'application', state: 'down' } } } })

  // A fresh room on a telephone: the three lines stand on top, and in an exercise nothing leads to a telephone.
  await window.go(`/facilities/${facility}/room/${id}`)
  const first = page.getByRole('region', { name: word('ui.room.first.simulated') })
  await first.waitFor()
  need((await first.getByRole('listitem').count()) === 3, 'three lines to tick')
  need((await first.getByRole('link').count()) === 0, 'an exercise leads to a telephone')
  // Below the room's own parts and nothing else.
  const parts = await page.getByRole('navigation', { name: word('ui.room.parts') }).boundingBox()
  const below = (await first.boundingBox()).y - parts.y
  need(below < 250, `the three lines begin ${below} px below the parts`)
  await looked(window, 'a fresh room on a phone')
  const ticks = first.getByRole('button', { name: new RegExp(`^${word('ui.room.first.tick_simulated')}`) })
  for (let i = 0; i < 3; i++) {
    await ticks.first().click()
    await button(page, 'ui.room.clock.met.send').click()
    await until(`${i + 1} told`, async () => (await api(root)).clocks.filter((one) => one.first && one.state === 'met').length === i + 1)
    await until('the page says so too', async () => (await ticks.count()) === 2 - i)
  }
  await first.waitFor({ state: 'detached' })

  // The level is raised, with a reason, and stands in the banner.
  await button(page, 'ui.room.form.level').click()
  const drawer = page.getByRole('dialog')
  await labelled(drawer, 'ui.room.field.reason').fill('La réanimation est touchée')
  await labelled(drawer, 'ui.room.field.decided_by').fill('Anne Roche')
  await page.keyboard.press('Tab')
  await looked(window, 'the change of the level')
  await button(drawer, 'ui.room.level.write').click()
  await until('the level is raised', async () => (await api(root)).room.level === 'plan_blanc')
  await page.getByRole('region', { name: word('ui.room.banner.exercise') }).getByText(word('ui.plan.level.plan_blanc')).waitFor()
  need((await api(`${root}/documents/situation`)).text.includes('La réanimation est touchée'), 'the report does not say why the level was raised')

  // Nothing is public before it is published.
  need((await fetch(server.base + public_page)).status === 404, 'the page is there before anything was told')
  await window.go(`/facilities/${facility}/room/${id}/bulletin`)
  await looked(window, 'no bulletin yet')
  await button(page, 'ui.room.bulletin.new').click()
  await labelled(page, 'ui.room.field.title').fill('Urgences : où aller ce soir')
  await labelled(page, 'ui.room.field.text').fill(`Notre ${application.name} est arrêté.`)
  await page.getByText(word('ui.room.bulletin.systems', { list: application.name })).waitFor()
  await labelled(page, 'ui.room.field.text').fill('Venez seulement si votre état ne peut pas attendre.\n- Enfants : entrée nord\n- Adultes : entrée sud <b>')
  await page.getByText(word('ui.room.bulletin.english')).click()
  await labelled(page, 'ui.room.field.title_en').fill('Emergency department tonight')
  await labelled(page, 'ui.room.field.text_en').fill('Come only if your condition cannot wait.')
  const preview = page.getByRole('group', { name: word('ui.room.bulletin.preview') })
  await preview.getByText('Adultes : entrée sud <b>').waitFor()
  await preview.getByText('Come only if your condition cannot wait.').waitFor()
  await labelled(page, 'ui.room.field.approved_by').fill('Anne Roche')
  await page.keyboard.press('Tab')
  await button(page, 'ui.room.bulletin.publish').click()
  await page.getByText(word('ui.room.bulletin.sure.who')).waitFor()
  await looked(window, 'before it is published')
  need((await fetch(server.base + public_page)).status === 404, 'published before it was said who reads')
  await button(page, 'ui.room.bulletin.sure.publish').click()
  await page.getByText(word('ui.room.bulletin.title', { n: 1, title: 'Urgences : où aller ce soir' })).waitFor()
  await looked(window, 'a bulletin is public')

  // A stranger reads it, and nothing else of the house.
  const outside = await stranger(browser, server.base + public_page)
  need(outside.reply.status() === 200 && outside.asked.length === 1, `the public page asks for ${outside.asked.join(' ')}`)
  await outside.page.getByRole('heading', { level: 1, name: 'Urgences : où aller ce soir' }).waitFor()
  need(/EXERCICE/.test(await outside.page.locator('body').innerText()), 'an exercise does not say so')
  need(!/Anne Roche|réanimation/.test(await outside.page.content()), 'the page says more than the bulletin')
  need((await axeSays(outside.page)).length === 0, `public page: ${(await axeSays(outside.page)).join('\n')}`)
  need((await outside.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'the public page scrolls sideways')
  const headers = outside.reply.headers()
  need(/default-src 'none'/.test(headers['content-security-policy']) && headers['cache-control'] === 'public, max-age=60' && !headers['set-cookie'], `headers: ${JSON.stringify(headers)}`)
  need((await fetch(`${server.base}${public_page.slice(0, -1)}x`)).status === 404, 'another address is not a 404')
  need((await fetch(`${server.base}/api/v1${root}`)).status === 401, 'a stranger reads the room')

  // Frozen: one file that opens from a disk.
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: word('ui.room.bulletin.freeze') }).click()])
  const file = join(server.folder, 'bulletin.html')
  await download.saveAs(file)
  need(!/https?:\/\/|<script/.test(readFileSync(file, 'utf8')), 'the file leads elsewhere')
  const frozen = await stranger(browser, `file://${file}`)
  await frozen.page.getByRole('heading', { level: 1, name: 'Urgences : où aller ce soir' }).waitFor()
  need((await frozen.page.locator('.facility').evaluate((one) => getComputedStyle(one).fontWeight)) === '700', 'the file has lost its style')
  need((await axeSays(frozen.page)).length === 0, `frozen page: ${(await axeSays(frozen.page)).join('\n')}`)

  // Closed, it stays readable; withdrawn, it is gone.
  await api(`${root}/lines`, { line: { id: randomUUID(), kind: 'decision', deed: { closing: { lessons: '' } } } })
  need((await fetch(server.base + public_page)).status === 200, 'closing took the page away')
  await window.go(`/facilities/${facility}/room/${id}/bulletin`)
  await page.getByRole('button', { name: new RegExp(`^${word('ui.room.bulletin.withdraw')} –`) }).click()
  await page.getByRole('button', { name: word('ui.room.bulletin.withdraw.sure', { title: 'Urgences : où aller ce soir' }) }).click()
  await until('the page is gone', async () => (await fetch(server.base + public_page)).status === 404)
  await page.getByText(word('ui.room.bulletin.nothing_public')).waitFor()
  const trail = await api('/trail?size=50')
  need(JSON.stringify(trail).includes('/bulletins'), 'the trail does not say that something was published')
  need(window.complaints.length === 0, window.complaints.join('\n    '))
  for (const one of [context, outside.context, frozen.context]) await one.close()
}

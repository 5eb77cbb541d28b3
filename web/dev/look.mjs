// SPDX-License-Identifier: EUPL-1.2
// Looks at every screen of `npm run dev:fake` in Debian's Chromium: screenshots, axe, sideways scrolling.
// node dev/look.mjs OUT_FOLDER [filter]
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'

const out = process.argv[2] ?? 'look'
const filter = process.argv[3] ?? ''
mkdirSync(out, { recursive: true })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const root = '/facilities/990000017'
const room = `${root}/room/01940000-0000-7000-8000-000000000001`
const screens = {
  overview: `${root}/overview`, 'overview-empty': '/facilities/990000025/overview', imports: `${root}/imports`, 'imports-empty': '/facilities/990000025/imports',
  cartography: `${root}/cartography/care`, 'cartography-focus': `${root}/cartography/application?focus=DPI`, 'cartography-directory': `${root}/cartography/infrastructure?focus=directory-1`, accounts: `${root}/cartography/account`,
  services: `${root}/assessment/services`, loss: `${root}/assessment/loss`, doors: `${root}/assessment/doors`, measures: `${root}/assessment/measures`, story: `${root}/assessment/story`,
  plan: `${root}/plan`, 'plan-empty': '/facilities/990000025/plan', 'plan-contact': `${root}/plan/contacts?item=karim`, 'plan-services': `${root}/plan/services`, 'plan-service': `${root}/plan/services?item=SAU`,
  'plan-cards': `${root}/plan/cards`, 'plan-roles': `${root}/plan/roles`, 'plan-frame': `${root}/plan/frame`, 'plan-versions': `${root}/plan/versions`, 'plan-whole': `${root}/plan/whole`,
  'assessment-empty': '/facilities/990000025/assessment', settings: '/settings', tables: '/settings/tables', about: '/settings/about', new: '/new', account: '/account', people: '/people', audit: '/audit',
  activate: `${root}/activate`, 'activate-known': `${root}/activate`, rooms: `${root}/room`, 'rooms-empty': '/facilities/990000025/room', room: room, 'room-board': `${room}/board`, 'room-clocks': `${room}/clocks`, 'room-cards': `${room}/cards?phase=rebuild`,
  'room-decisions': `${room}/decisions`, 'room-decide': `${room}/decisions`, 'room-people': `${room}/people`, 'room-handover': `${room}/handover`, 'room-beds': `${room}/beds`, 'room-reports': `${room}/reports`, 'room-bulletin': `${room}/bulletin`, 'room-bulletin-empty': `${room}/bulletin`, 'room-level': room, 'room-exercise': `${root}/activate`, 'room-told': room, 'room-file': `${room}/file`, 'room-wall': `${room}/wall`,
  recall: `${root}/recall/choose`, 'recall-people': `${root}/recall/people`, 'recall-staff': `${root}/recall/staff`, answer: '/answer#0123456789abcdef0123456789abcdef',
  'sign-in': '/sign-in?refused=access.unknown_identity', error: `${root}/imports?error=1`, nowhere: '/elsewhere',
}
const looks = [[1280, 'light', 'fr'], [390, 'dark', 'fr'], [1920, 'dark', 'en'], [390, 'light', 'en']]
// Things to do before looking, by screen name.
const acts = {
  'cartography-focus': async (page) => { await page.getByRole('switch').click(); await page.waitForTimeout(300) },
  measures: async (page) => { for (const i of [0, 2]) await page.getByRole('checkbox').nth(i).check(); await page.waitForTimeout(500) },
  services: async (page) => { const strips = page.locator('[role=group][tabindex="0"]').first(); await strips.focus(); for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight'); await page.keyboard.press('ArrowDown') },
  account: async (page) => { await page.getByRole('button', { name: /^(Mettre en place|Begin)$/ }).click(); await page.waitForTimeout(300) },
  people: async (page) => { await page.getByText('Aïcha Benali').first().click(); await page.waitForTimeout(500) },
  'activate-known': async (page) => { await page.keyboard.press('1'); await page.waitForTimeout(200) },
  'room-decide': async (page) => { await page.getByRole('button', { name: /^(Nouvelle décision|New decision)$/ }).click(); await page.waitForTimeout(400) },
  'room-reports': async (page) => { await page.getByRole('button', { name: /^(Composer un point|Compose a report)$/ }).click(); await page.waitForTimeout(400) },
  'room-bulletin': async (page) => {
    await page.getByRole('button', { name: /^(Rédiger un bulletin|Write a bulletin)$/ }).click()
    await page.getByRole('combobox', { name: /^(Partir d’un message|Begin with a ready)/ }).selectOption({ index: 1 })
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: /^(Ajouter au texte|Add to the text)$/ }).click()
    await page.getByRole('textbox', { name: /^(Texte|Text)/ }).first().press('End')
    await page.getByLabel(/^(Approuvé par|Approved by)/).first().fill('Léa Morel')
    await page.keyboard.press('Tab')
    await page.waitForTimeout(700)
    await page.getByRole('button', { name: /^(Publier…|Publish…)$/ }).click()
    await page.waitForTimeout(300)
  },
  'room-level': async (page) => { await page.getByRole('button', { name: /^(Changer le niveau|Change the level)$/ }).click(); await page.waitForTimeout(500) },
  'room-exercise': async (page) => { await page.keyboard.press('2'); await page.waitForTimeout(200); await page.keyboard.press('Enter'); await page.waitForTimeout(200); await page.keyboard.press('Enter'); await page.waitForTimeout(1500) },
  'room-told': async (page) => { await page.getByRole('button', { name: /^(C’est fait – SAMU|Done – SAMU)/ }).first().click(); await page.waitForTimeout(300) },
  tables: async (page) => { await page.getByText(/^(Modifier|Change)$/).click() },
}

const server = await createServer({ mode: 'fake', server: { port: 0 } })
await server.listen()
const base = server.resolvedUrls.local[0].replace(/\/$/, '')
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
let wrong = 0
for (const [width, theme, language] of looks) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, locale: language, timezoneId: 'Europe/Paris', reducedMotion: 'reduce' })
  await context.addInitScript(([t, l]) => { localStorage.setItem('releve.theme', t); localStorage.setItem('releve.language', l) }, [theme, language])
  const page = await context.newPage()
  page.on('console', (said) => { if (['error', 'warning'].includes(said.type()) && !/Failed to load resource/.test(said.text())) { wrong++; console.log(`console ${said.type()}: ${said.text().slice(0, 300)}`) } })
  page.on('pageerror', (error) => { wrong++; console.log(`pageerror ${error}`) })
  page.on('request', (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(base)) { wrong++; console.log(`outside request ${request.url()}`) } })
  for (const [name, path] of Object.entries(screens)) {
    if (filter && !name.includes(filter)) continue
    const label = `${name}-${width}-${theme}-${language}`
    try {
      await page.goto(base + path)
      await page.locator('h1').first().waitFor()
      await page.waitForTimeout(name === 'error' ? 7500 : 700)
      await acts[name]?.(page)
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (sideways > 0) { wrong++; console.log(`${label}: ${sideways} px sideways`) }
      await page.screenshot({ path: `${out}/${label}.png`, fullPage: true })
      await page.evaluate(axe)
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
      for (const one of violations) {
        wrong++
        console.log(`${label}: ${one.id} (${one.nodes.length}) ${one.nodes.slice(0, 2).map((node) => `${node.html.slice(0, 160)} :: ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`)
      }
    } catch (error) {
      wrong++
      console.log(`${label}: ${String(error).slice(0, 300)}`)
    }
  }
  await context.close()
}
await browser.close()
await server.close()
console.log(wrong === 0 ? 'clean' : `${wrong} remarks`)
process.exit(wrong === 0 ? 0 : 1)

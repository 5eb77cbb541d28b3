// SPDX-License-Identifier: EUPL-1.2
// What a reader does with Relève, from the first link to the last setting. Each journey throws at its first wrong step.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { axeSays, button, generate, need, openWindow, until, word } from './house.mjs'

/** No complaint of the browser but those a journey provokes. */
const quiet = (window, allowed = []) => {
  const wrong = window.complaints.filter((one) => !allowed.some((pattern) => pattern.test(one)))
  need(wrong.length === 0, wrong.join('\n    '))
}
const enclosed = (text) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))

/** The link signs in once; whoever finds it later in a history stays outside. */
export async function oneTimeLink({ browser, server, shared }) {
  const window = await openWindow(browser, server.base)
  await window.page.goto(server.link)
  await window.page.waitForURL(/\/facilities\/[^/]+\/overview$/)
  need(await window.page.evaluate(() => !('size' in URLSearchParams.prototype || 'Temporal' in window)), 'this browser knows more than the oldest one')
  shared.facility = /facilities\/([^/]+)/.exec(window.page.url())[1]
  shared.state = await window.context.storageState({ indexedDB: false })
  shared.state.origins = []
  const stranger = await openWindow(browser, server.base)
  const again = await stranger.page.goto(server.link)
  need(again.status() === 403, `second use answered ${again.status()}`)
  need((await stranger.context.cookies()).length === 0, 'second use set a cookie')
  const asked = await stranger.context.request.get(`${server.base}/api/v1/facilities`)
  need(asked.status() === 401, `without a session the API answered ${asked.status()}`)
  await stranger.context.close()
  quiet(window)
  await window.context.close()
}

/** A new facility, its files looked at before they count, a broken one refused, the last one undone. */
export async function imports({ browser, server, releve, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const files = generate(releve, join(server.folder, 'small'), 'small', 2)
  await window.go('/new')
  await page.getByLabel(word('ui.new_facility.name')).fill('Hôpital local de Brume')
  await page.getByLabel(word('ui.new_facility.fictional')).check()
  await button(page, 'ui.new_facility.create').click()
  await page.waitForURL((url) => /\/overview$/.test(url.pathname) && !url.pathname.includes(shared.facility))
  shared.small = /facilities\/([^/]+)/.exec(page.url())[1]
  await page.getByRole('link', { name: word('ui.empty.button') }).first().click()

  const chosen = ['inventaire.xlsx', 'sharphound.zip', 'nmap.xml', 'nessus.nessus', 'kev.json', 'epss.csv']
  const choose = page.locator('main input[type=file]')
  for (const name of chosen) {
    await choose.setInputFiles(join(files, name))
    const preview = page.locator('main section > details').filter({ hasText: name })
    const commit = preview.getByRole('button', { name: word('ui.imports.commit') })
    await preview.first().waitFor()
    if (!(await preview.first().evaluate((one) => one.open))) await preview.first().locator('summary').click()
    await commit.waitFor({ timeout: 60_000 })
    if (name === 'inventaire.xlsx') {
      const services = preview.getByRole('row').filter({ hasText: word('ui.element.service') }).first()
      const created = Number((await services.getByRole('cell').first().innerText()).replace(/\D/g, ''))
      need(created > 0, 'preview counts no created service')
      need((await api(`/facilities/${shared.small}`)).counts.every(({ count }) => count === 0), 'the preview already changed the facility')
      shared.created = created
    }
    await commit.click()
    await preview.waitFor({ state: 'detached', timeout: 60_000 })
  }
  await window.go(`/facilities/${shared.small}/cartography/care`)
  const { total } = await api(`/facilities/${shared.small}/elements?layer=care&size=1`)
  need(total === shared.created, `${total} services, the preview said ${shared.created}`)
  await until('the services in the table', async () => (await page.locator('main tbody tr').count()) === total)
  quiet(window)
  await window.context.close()
}

export async function brokenFile({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const cut = join(server.folder, 'coupe.zip')
  const whole = readFileSync(join(server.folder, 'small', 'sharphound.zip'))
  writeFileSync(cut, whole.subarray(0, whole.length / 2))
  const before = await api(`/facilities/${shared.small}`)
  await window.go(`/facilities/${shared.small}/imports`)
  await page.locator('main input[type=file]').setInputFiles(cut)
  const preview = page.locator('main section > details').filter({ hasText: 'coupe.zip' }).first()
  await preview.getByText(word('ui.imports.refused')).waitFor({ timeout: 60_000 })
  need((await preview.getByRole('button', { name: word('ui.imports.commit') }).count()) === 0, 'a refused file can be committed')
  const said = await preview.locator('ul li p').first().innerText()
  need(said.length > 25 && !/[a-z]+\.[a-z]+_[a-z]+/.test(said), `no sentence but "${said}"`)
  const after = await api(`/facilities/${shared.small}`)
  need(JSON.stringify([before.version, before.counts]) === JSON.stringify([after.version, after.counts]), 'a refused file changed the facility')
  await preview.getByRole('button', { name: word('ui.imports.discard') }).click()
  await preview.waitFor({ state: 'detached' })
  quiet(window)
  await window.context.close()
}

export async function undoLastImport({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  await window.go(`/facilities/${shared.small}/imports`)
  await page.locator('main input[type=file]').setInputFiles({
    name: 'services.csv', mimeType: 'text/csv', buffer: Buffer.from('Identifiant;Nom;Lits\nBRUME-ESSAI;Unité de brume;12\n'),
  })
  const preview = page.locator('main section > details').filter({ hasText: 'services.csv' }).first()
  await preview.getByRole('button', { name: word('ui.imports.commit') }).click({ timeout: 60_000 })
  await preview.waitFor({ state: 'detached' })
  const ids = async () => (await api(`/facilities/${shared.small}/elements?layer=care&size=500`)).items.map(({ id }) => id)
  need((await ids()).includes('BRUME-ESSAI'), 'the new service is not in the cartography')
  const row = page.getByRole('row').filter({ hasText: 'services.csv' })
  need((await page.getByRole('button', { name: word('ui.imports.undo'), exact: true }).count()) === 1, 'not exactly one import can be undone')
  await row.getByRole('button', { name: word('ui.imports.undo') }).click()
  await row.getByText(word('ui.import_state.undone')).waitFor()
  const left = await ids()
  need(!left.includes('BRUME-ESSAI') && left.length === shared.created, 'undo did not give the former services back')
  quiet(window)
  await window.context.close()
}

/** The demo's first run ends by itself and the overview then answers its four questions with figures. */
export async function overviewFigures({ browser, server, shared, patience }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  await window.go(`/facilities/${shared.facility}/overview`)
  await until('the first assessment done', async () => {
    const { items } = await window.api(`/facilities/${shared.facility}/assessments`)
    need(items[0] && !['failed', 'cancelled', 'interrupted'].includes(items[0].state), `the run ${items[0]?.state}`)
    return items[0].state === 'done'
  }, { seconds: patience, every: 1000 })
  // No reload: the page is told.
  const said = window.page.locator('main dl').first().locator('dd').filter({ hasText: /\d/ })
  await until('figures in the overview', async () => (await said.count()) >= 3, { seconds: 20 })
  const { headline } = (await window.api(`/facilities/${shared.facility}/assessments`)).items[0]
  const tonight = await window.page.locator('main dl dd').first().innerText()
  need(tonight.includes(String(headline.services)), `"${tonight}" does not name ${headline.services} services`)
  quiet(window)
  await window.context.close()
}

/** The addresses of the screens, optional parts included, from the one list the page itself is made of. */
function screenPaths(facility) {
  const text = readFileSync(new URL('../src/app/screens.ts', import.meta.url), 'utf8')
  const paths = [...text.matchAll(/path: [`']([^`']+)[`']/g)].map(([, path]) => path.replace('${facility_root}', '/facilities/:facility'))
  const parts = {
    ':layer?': ['care', 'application', 'infrastructure', 'account', 'zone', 'dependency'],
    ':part?': { assessment: ['services', 'loss', 'doors', 'measures', 'story'], people: ['accounts', 'shares', 'codes'], settings: ['display', 'facility', 'tables', 'about'] },
  }
  return paths.flatMap((path) => {
    const bare = path.replace(':facility', facility).replace(/\/:\w+\?/g, '')
    const optional = /:\w+\?$/.exec(path)?.[0]
    const known = Array.isArray(parts[optional]) ? parts[optional] : (parts[optional]?.[bare.split('/').at(-1)] ?? [])
    return known.length > 0 ? known.map((part) => `${bare}/${part}`) : [bare]
  })
}

/** Every screen, wide and narrow, light and dark: no complaint, no violation, no sideways scrolling. */
export async function everyScreen({ browser, server, shared }) {
  const paths = screenPaths(shared.facility)
  need(paths.length >= 6, `only ${paths.length} screens found`)
  const wrong = new Set()
  for (const width of [1280, 390]) {
    const window = await openWindow(browser, server.base, { width, theme: 'auto', state: shared.state })
    const { page } = window
    for (const path of paths) {
      const at = `${path.replace(shared.facility, '…')} ${width}`
      await window.go(path)
      await window.settled()
      for (const one of await axeSays(page)) wrong.add(`${at}: ${one}`)
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (sideways > 0) wrong.add(`${at}: ${sideways} px sideways`)
      const codes = await page.locator('main').innerText()
      for (const bad of codes.match(/\b(NaN|undefined|Invalid Date)\b|\bui\.[a-z_]+\.[a-z_.]+/g) ?? []) wrong.add(`${at}: shows ${bad}`)
      // A name with an underscore is a code of ours that has no words. The tables of figures are for experts and keep theirs.
      if (!path.endsWith('/tables')) for (const bad of codes.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? []) wrong.add(`${at}: shows the code ${bad}`)
      // The dark theme is the same page in other colours: as when the evening comes to whoever follows the system.
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
      for (const one of await axeSays(page, ['color-contrast'])) wrong.add(`${at} dark: ${one}`)
      await page.emulateMedia({ colorScheme: 'light' })
      for (const one of window.complaints.splice(0)) wrong.add(`${at}: ${one}`)
    }
    await window.context.close()
  }
  need(wrong.size === 0, `${wrong.size} remarks\n    ${[...wrong].slice(0, 60).join('\n    ')}`)
}

/** Started, a first answer read while it runs, cancelled; then to the end, and its readings are there. */
export async function assess({ browser, server, shared, patience }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const root = `/facilities/${shared.small}`
  const runs = async () => (await api(`${root}/assessments`)).items
  await window.go(`${root}/assessment`)
  await page.getByLabel(word('ui.run.worlds')).selectOption('20000')
  await button(page, 'ui.run.first').click()
  const progress = page.getByRole('progressbar', { name: word('ui.run.running') })
  await progress.waitFor({ state: 'attached' }) // at 0 % the bar has no width
  await page.getByText(word('ui.preliminary.mark', { worlds: '96' })).waitFor({ timeout: 120_000 })
  await page.getByRole('group', { name: word('ui.strips.label') }).getByText(word('ui.strips.down')).waitFor()
  await button(page, 'ui.cancel').click()
  await until('the run cancelled', async () => (await runs())[0]?.state === 'cancelled', { seconds: 30 })
  await progress.waitFor({ state: 'detached', timeout: 20_000 })

  // Fewer worlds than the page offers, as the command line may ask; the page then offers that number as well.
  const { id } = await api(`${root}/assessments`, { scenario: 'crisis', worlds: 100, seed: '1' })
  await until('100 worlds done', async () => (await runs()).find((one) => one.id === id)?.state === 'done', { seconds: patience })
  await page.getByRole('link', { name: word('ui.assessment.measures') }).waitFor()
  const outcome = await api(`${root}/assessments/${id}/outcome`)
  need(outcome.worlds === 100 && outcome.services.length === shared.created, `${outcome.worlds} worlds, ${outcome.services.length} services`)
  await page.getByText(outcome.services[0].name, { exact: true }).first().waitFor()
  for (const [part, shown] of [['doors', outcome.doors[0].label], ['measures', null], ['story', null]]) {
    await page.getByRole('link', { name: word(`ui.assessment.${part}`), exact: true }).click()
    if (shown) await page.getByText(shown, { exact: true }).first().waitFor()
    if (part === 'measures') await page.getByRole('checkbox').first().waitFor()
    if (part === 'story') await until('the story', async () => (await page.locator('main ol li').count()) > 0)
  }
  // The world that hits the service of one's choice.
  const hit = outcome.services.filter((one) => one.typical_world !== null).at(-1)
  await page.getByText(word('ui.story.service'), { exact: true }).click()
  await page.getByLabel(word('ui.story.which_service')).selectOption({ label: hit.name })
  await page.locator('main ol li').getByText(word('story.service_stops', { service: hit.name })).first().waitFor()
  need(new URL(page.url()).searchParams.get('service') === hit.id, `${page.url()} does not name the service`)
  await page.getByLabel(word('ui.run.worlds')).selectOption('100')
  await page.getByLabel(word('ui.run.seed'), { exact: true }).fill('1')
  await button(page, 'ui.run.again').click()
  const again = await until('the same run again', async () => {
    const [latest] = await runs()
    return latest.id !== id && latest.state === 'done' && latest
  }, { seconds: patience })
  const twice = await api(`${root}/assessments/${again.id}/outcome`)
  need(JSON.stringify(twice.loss) === JSON.stringify(outcome.loss), 'the same seed gave another loss')
  quiet(window)
  await window.context.close()
}

/** Two measures ticked: the head of the list says before and after. */
export async function whatIf({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page } = window
  await window.go(`/facilities/${shared.facility}/assessment/measures`)
  const boxes = page.getByRole('checkbox')
  await boxes.nth(1).waitFor()
  const answers = []
  // The answer to the first tick may be given up for that to both: Chromium then has no body of it any more.
  page.on('response', (reply) => reply.url().endsWith('/what-if') && void reply.json().then((answer) => answers.push(answer), () => undefined))
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  const head = page.getByRole('region', { name: word('ui.what_if.title') })
  await head.getByText(word('ui.what_if.after_other', { count: '2' })).waitFor()
  await head.getByText(word('ui.what_if.avoided'), { exact: true }).waitFor()
  await until('the answer for two', async () => (await head.getAttribute('aria-busy')) !== 'true' && answers.length > 0, { seconds: 60 })
  const { loss_before, loss_after, loss_avoided } = answers.at(-1)
  need(loss_after.mean < loss_before.mean, `after ${loss_after.mean}, before ${loss_before.mean}`)
  need(Math.abs(loss_before.mean - loss_after.mean - loss_avoided.mean) < 1e-6 * Math.max(1, loss_before.mean), 'avoided is not before less after')
  const figures = await head.locator('dd').allInnerTexts()
  need(figures.length >= 4 && /\d/.test(figures[0]) && /\d/.test(figures[1]) && figures[0] !== figures[1], `header: ${figures.join(' | ')}`)
  await head.getByRole('button', { name: word('ui.what_if.clear') }).click()
  await head.getByText(word('ui.what_if.tick')).waitFor()
  quiet(window)
  await window.context.close()
}

/** Is what holds the focus seen, and is it seen to hold it? */
const focusSeen = () => {
  const at = document.activeElement
  if (!at || at === document.body) return 'nothing has the focus'
  const ringed = (one) => one && ((getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) > 0) || getComputedStyle(one).boxShadow !== 'none')
  const box = at.getBoundingClientRect()
  const label = at.labels?.[0]
  const near = [at, label, at.parentElement, at.nextElementSibling]
  if (!near.some((one) => one && ringed(one)) && at.getAttribute('role') !== 'combobox') return `no focus ring: ${at.outerHTML.slice(0, 120)}`
  const seen = box.width > 1 ? box : label?.getBoundingClientRect()
  if (seen && (seen.bottom < 0 || seen.top > innerHeight)) return `focus out of view: ${at.outerHTML.slice(0, 120)}`
  return ''
}

/** From the overview to a ticked measure without a pointer. */
export async function keyboardOnly({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page } = window
  const key = page.keyboard
  const unseen = new Set()
  const focused = () => page.evaluate(() => ({ text: (document.activeElement?.innerText ?? '').trim(), type: document.activeElement?.getAttribute('type') ?? '' }))
  const tabTo = async (what, wanted) => {
    for (let i = 0; i < 80; i++) {
      await key.press('Tab')
      const wrong = await page.evaluate(focusSeen)
      if (wrong && !wrong.startsWith('nothing')) unseen.add(wrong)
      if (wanted(await focused())) return
    }
    throw new Error(`80 times Tab and never on ${what}`)
  }
  await window.go(`/facilities/${shared.facility}/overview`)
  await key.press('Tab')
  need((await focused()).text === word('ui.skip'), 'the first stop is not the skip link')
  await key.press('Control+k')
  await page.getByRole('combobox', { name: word('ui.palette.title') }).waitFor()
  await key.type(word('ui.assessment.title').slice(0, 5))
  await key.press('ArrowDown')
  await key.press('ArrowUp')
  await key.press('Enter')
  await page.waitForURL(/\/assessment$/)
  await until('the hands are on the page', () => page.evaluate(() => document.activeElement?.id === 'content'))
  await tabTo('the first reading', ({ text }) => text === word('ui.assessment.services'))
  for (let i = 0; i < 3; i++) await key.press('ArrowRight')
  need((await focused()).text === word('ui.assessment.measures'), `arrows led to "${(await focused()).text}"`)
  await key.press('Enter')
  await page.waitForURL(/\/measures$/)
  await page.getByRole('checkbox').first().waitFor()
  await tabTo('a measure', ({ type }) => type === 'checkbox')
  await key.press('Space')
  await page.getByRole('region', { name: word('ui.what_if.title') }).getByText(word('ui.what_if.avoided'), { exact: true }).waitFor()
  await key.press('?')
  await page.getByRole('dialog', { name: word('ui.keys.title') }).waitFor()
  await key.press('Escape')
  need(unseen.size === 0, [...unseen].join('\n    '))
  quiet(window)
  await window.context.close()
}

export async function languageSwitch({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page } = window
  await window.go(`/facilities/${shared.facility}/overview`)
  const heading = (language) => page.getByRole('heading', { level: 1, name: word('ui.overview.title', {}, language) })
  for (const [from, to] of [['fr', 'en'], ['en', 'fr']]) {
    await page.getByRole('button', { name: word('ui.language.other', {}, from), exact: true }).click()
    await heading(to).waitFor()
    need((await page.evaluate(() => document.documentElement.lang)) === to, `the document does not say it is in ${to}`)
    await page.reload()
    await heading(to).waitFor()
  }
  quiet(window)
  await window.context.close()
}

/** A new name is everywhere at once, and the former one comes back as easily. */
export async function renameFacility({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const former = (await api(`/facilities/${shared.facility}`)).name
  await window.go('/settings/facility')
  for (const [from, to] of [[former, 'Centre hospitalier renommé'], ['Centre hospitalier renommé', former]]) {
    await page.getByRole('row').filter({ hasText: from }).getByRole('button', { name: word('ui.facility.rename') }).click()
    const name = page.getByRole('textbox', { name: word('ui.facility.rename_of', { name: from }) })
    await name.fill(to)
    await name.press('Enter')
    await page.getByRole('link', { name: to, exact: true }).waitFor()
    need((await api(`/facilities/${shared.facility}`)).name === to, 'the server keeps another name')
  }
  quiet(window)
  await window.context.close()
}

/** A table broken, refused with the place; a valid one kept, then the built-in one again. */
export async function dataTables({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const table = async () => (await api('/settings/tables')).items[0]
  const before = await table()
  const places = [...before.text.matchAll(/"(share|chance|value|p50|median)": ([\d.]+)/g)]
  need(places.length > 0, `no figure to change in ${before.file}`)
  const [whole, name] = places[0]
  await window.go('/settings/tables')
  await page.getByText(word('ui.tables.change'), { exact: true }).click()
  const text = page.getByRole('textbox', { name: enclosed(before.file) })
  await text.fill(before.text.replace(whole, `"${name}": "beaucoup"`))
  await button(page, 'ui.save').click()
  const alert = page.getByRole('alert')
  await alert.waitFor()
  const said = await alert.innerText()
  need(said.includes(name), `the refusal does not name the place: ${said}`)
  need((await table()).text === before.text && !(await table()).overridden, 'a refused table was kept')

  const own = before.text.replace(/\s*$/, '\n\n')
  await text.fill(own)
  await button(page, 'ui.save').click()
  await until('own table kept', async () => (await table()).overridden)
  await page.locator('main').getByText(word('ui.tables.overridden', { version: (await table()).version })).first().waitFor() // the editor begins anew then
  await page.getByText(word('ui.tables.change'), { exact: true }).click()
  await button(page, 'ui.tables.back').click()
  await until('built-in table', async () => !(await table()).overridden)
  need((await table()).text === before.text, 'the built-in table came back changed')
  quiet(window, [/^4\d\d POST \/api\/v1\/settings\/tables$/])
  await window.context.close()
}

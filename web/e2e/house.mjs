// SPDX-License-Identifier: EUPL-1.2
// The real server and a real browser, for the journeys: temporary folders, a free port, the words of the catalogue.
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { takeAway, tooNew } from './oldest.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const words = Object.fromEntries(['fr', 'en'].map((language) => [language, JSON.parse(readFileSync(join(root, `i18n/${language}.json`), 'utf8'))]))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A text of the catalogue; the page is found by the words its readers see. */
export function word(code, params = {}, language = 'fr') {
  const text = words[language][code]
  if (text === undefined) throw new Error(`no word ${code}`)
  return Object.entries(params).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text)
}

export function need(truth, what) {
  if (!truth) throw new Error(what)
}

/** Asks again until the answer is truthy; for what the server finishes in its own time. */
export async function until(what, ask, { seconds = 60, every = 250 } = {}) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`after ${seconds} s still not: ${what}`)
    await new Promise((done) => setTimeout(done, every))
  }
}

export const freePort = () =>
  new Promise((found, failed) => {
    const server = createServer().once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })

/** A country of squares, as a GeoJSON file: each department that has an agency, some the wrong way round, but for two; and
    one feature that is none. */
function squareCountry(folder) {
  const { departments } = JSON.parse(readFileSync(join(root, 'data/registry/territories.json'), 'utf8'))
  const features = departments.filter(({ code, region }) => region !== '' && !['90', '976'].includes(code)).map(({ code }, i) => {
    const [west, south] = [-5 + (i % 10) * 1.2, 42 + Math.floor(i / 10) * 0.8]
    const ring = [[west, south], [west + 1.2, south], [west + 1.2, south + 0.8], [west, south + 0.8], [west, south]]
    return { type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [i % 2 ? ring : ring.reverse()] } }
  })
  features.push({ type: 'Feature', properties: { code: '99999' }, geometry: null })
  const file = join(folder, 'contours.geojson')
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', source: 'Atlas de Brume', features }))
  return file
}

/** `releve demo` on a folder of its own, with a provider of identities and outlines for the map. Standard output carries
    the one-time link. */
export async function startDemo(releve, providerSettings) {
  const folder = mkdtempSync(join(tmpdir(), 'releve-e2e-'))
  const provider = await providerSettings(folder)
  const port = await freePort()
  let said = ''
  const run = (command) => {
    const begun = spawn(releve, ['--language', 'fr', command, '--data', join(folder, 'data'), '--port', String(port), '--oidc', provider.file, '--outlines', outlines], { stdio: ['ignore', 'pipe', 'pipe'] })
    begun.stdout.on('data', (bytes) => (said += bytes))
    begun.stderr.on('data', (bytes) => (said += bytes))
    return begun
  }
  const outlines = squareCountry(folder)
  let child = run('demo')
  /** As if its plug were pulled. */
  const kill = async () => {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
  }
  /** On the same data, at the same address. */
  const start = () => {
    child = run('serve')
    return until('the server is back', () => fetch(`http://127.0.0.1:${port}/`).then(({ ok }) => ok, () => false))
  }
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) // a browser that was killed leaves hands in it for a moment
  }
  try {
    const link = await until('one-time link', () => {
      need(child.exitCode === null, `releve ended: ${said}`)
      return /http:\/\/127\.0\.0\.1:\d+\/enter\?token=\w+/.exec(said)?.[0]
    }, { seconds: 120 })
    return { base: `http://127.0.0.1:${port}`, link, folder, provider, stop, kill, start, said: () => said }
  } catch (error) {
    await stop()
    throw error
  }
}

/** As if printed codes and last sign-ins were so many days older: the clock of the machine is not the test's to turn. */
export function grewOlder(server, days) {
  const ms = days * 86_400_000
  execFileSync('sqlite3', ['-cmd', '.timeout 10000', join(server.folder, 'data', 'releve.db'),
    `update sealed_code set created = created - ${ms}, ends = ends - ${ms}; update account set last_seen = last_seen - ${ms}; delete from access_session where account not in (select id from account where login = 'owner')`])
}

/** A fictional hospital written as the files its tools would export. */
export function generate(releve, folder, size, seed) {
  execFileSync(releve, ['--language', 'fr', 'generate', '--facility-size', size, '--seed', String(seed), '--out', folder])
  return folder
}

const browser_options = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // The browser's own errands would reach outside: none of them here.
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
}
/** A context of the browser whose pages have no more of a browser than the oldest one that the page is for. */
async function aged(context) {
  await context.addInitScript(takeAway, tooNew())
  return context
}

export async function launch(more = []) {
  const browser = await chromium.launch({ ...browser_options, args: [...browser_options.args, ...more] })
  const newest = browser.newContext.bind(browser)
  browser.newContext = async (options) => aged(await newest(options))
  return browser
}

/** A browser with a profile of its own on disk, which outlives it; `cutOff` takes its power away. */
export async function ownBrowser(profile) {
  const context = await aged(await chromium.launchPersistentContext(profile, { ...browser_options, locale: 'fr', timezoneId: 'Europe/Paris', viewport: { width: 1280, height: 900 } }))
  const cutOff = async () => {
    const lock = readlinkSync(join(profile, 'SingletonLock')) // names the machine and the process
    process.kill(Number(lock.split('-').at(-1)), 'SIGKILL')
    await context.close().catch(() => {})
    for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) rmSync(join(profile, name), { force: true })
  }
  return { context, page: context.pages()[0] ?? await context.newPage(), cutOff }
}

/** A window of the signed-in reader. What it complains of is collected in `complaints`. */
export async function openWindow(browser, base, { width = 1280, theme = 'light', state } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 }, locale: 'fr', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', storageState: state,
  })
  await context.addInitScript((chosen) => localStorage.setItem('releve.theme', chosen), theme)
  await context.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    console.error(`${violatedDirective} forbids ${blockedURI} of ${sourceFile}`)))
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints = []
  page.on('console', (said) => {
    // A refusal that the page shows as a sentence is also a line of the browser's console; it is checked as an answer below.
    if (said.type() === 'error' && !/Failed to load resource/.test(said.text())) complaints.push(`console: ${said.text().slice(0, 300)}`)
  })
  page.on('pageerror', (error) => complaints.push(`page error: ${error}`))
  page.on('response', (reply) => {
    // A first answer that is not there yet, or no more, is no fault: the page asks again.
    // These say that there is none yet, which the page tells in its own words.
    if (reply.status() === 404 && /\/(preliminary|plan\/in-force)$/.test(reply.url())) return
    if (reply.status() >= 400) complaints.push(`${reply.status()} ${reply.request().method()} ${reply.url().replace(base, '')}`)
  })
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(base)) complaints.push(`outside request: ${request.url()}`)
  })
  // Live events keep one request open for ever, so the browser's own idea of a quiet network never comes.
  const asked = new Set()
  page.on('request', (request) => { if (request.resourceType() !== 'eventsource') asked.add(request) })
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => asked.delete(request))
  /** Everything that was asked for has come and is shown. */
  const settled = () => until(`${page.url()} settled`, async () => {
    if (asked.size > 0) return false
    await page.waitForTimeout(100) // what has come may ask for more
    return asked.size === 0 && (await page.locator('[aria-busy=true]').count()) === 0
  })
  const api = async (path, body) => {
    const options = body === undefined ? {} : { data: body }
    const reply = await context.request.fetch(`${base}/api/v1${path}`, { method: body === undefined ? 'GET' : 'POST', ...options })
    need(reply.ok(), `${reply.status()} on ${path}: ${(await reply.text()).slice(0, 300)}`)
    return reply.json()
  }
  return { context, page, complaints, api, base, settled, go: async (path) => {
    await page.goto(base + path)
    await page.locator('h1').first().waitFor()
  } }
}

export const button = (page, code) => page.getByRole('button', { name: word(code), exact: true })

export async function choose(page, label, option) {
  await page.getByRole('combobox', { name: new RegExp(`^${word(label)}`) }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Nothing is wrong with the page as it stands. */
export async function looked(window, at) {
  await window.settled()
  const said = await axeSays(window.page)
  need(said.length === 0, `${at}: ${said.join('\n    ')}`)
  const cut = await window.page.locator('.mantine-Button-label').evaluateAll((labels) => labels.filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2).map(({ textContent }) => textContent))
  need(cut.length === 0, `${at}: buttons cut their words: ${cut.join(' | ')}`)
}

/** What axe finds on the page as it stands, a line each. */
export async function axeSays(page, rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules)
  return violations.map(({ id, nodes }) => `axe ${id} (${nodes.length}): ${nodes[0].html.slice(0, 140)}`)
}

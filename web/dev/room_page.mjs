// SPDX-License-Identifier: EUPL-1.2
// A room of thousands of lines in the real page: node dev/room_page.mjs PATH_TO_RELEVE [lines]. Prints figures.
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { providerSettings } from '../e2e/doors.mjs'
import { launch, openWindow, startDemo, word } from '../e2e/house.mjs'

const [given, count = '5000'] = process.argv.slice(2)
const lines = Number(count)
const figure = (name, value, digits = 1) => console.log(`figure room.page_${lines}_${name} ${value.toFixed(digits)}`)
const seconds = async (act) => {
  const from = performance.now()
  await act()
  return (performance.now() - from) / 1000
}

const server = await startDemo(resolve(given), providerSettings)
const browser = await launch()
try {
  const first = await openWindow(browser, server.base)
  await first.page.goto(server.link)
  await first.page.waitForURL(/\/overview$/)
  const facility = /facilities\/([^/]+)/.exec(first.page.url())[1]
  const state = await first.context.storageState({ indexedDB: false })
  state.origins = []
  const { room } = await first.api(`/facilities/${facility}/rooms`, { room: randomUUID(), line: randomUUID(), kind: 'exercise', level: 'plan_blanc', known: 'Première ligne de toutes', name: '' })
  const root = `/facilities/${facility}/rooms/${room.id}`
  const write = (text, more = {}) => first.api(`${root}/lines`, { line: { id: randomUUID(), kind: 'fact', text, from: 'Cadre de nuit', to: 'Cellule SI', ...more } })
  let next = 2
  const filled = await seconds(() => Promise.all(Array.from({ length: 8 }, async () => {
    while (next <= lines) {
      const n = next++
      await write(`Constat numéro ${n} : le poste affiche une note de rançon, le service passe sur papier`, n % 50 === 0 ? { kind: 'action', text: '', deed: { task: { id: randomUUID(), title: `Tâche ${n}`, whose: 'Cellule SI', due: null, state: n % 100 === 0 ? 'done' : 'open' } } } : {})
    }
  })))
  console.log(`${lines} lines written in ${filled.toFixed(0)} s`)
  await first.context.close()

  for (const width of [1280, 390]) {
    const window = await openWindow(browser, server.base, { state, width })
    const { page } = window
    const at = (name) => `${name}_${width}`
    const list = page.getByRole('group', { name: word('ui.room.journal'), exact: true })
    const open = () => page.goto(`${server.base}/facilities/${facility}/room/${room.id}`, { waitUntil: 'commit' })
    // At its end, which is where a reader begins: the last line of all is drawn.
    const whole = () => page.waitForFunction((n) => [...document.querySelectorAll('li[aria-posinset]')].some((one) => Number(one.ariaPosInSet) >= n), lines, { polling: 20 })
    figure(at('open_s'), await seconds(async () => { await open(); await whole() }), 2)
    figure(at('reopen_s'), await seconds(async () => { await open(); await whole() }), 2)
    await page.evaluate(() => {
      window.longest = 0
      new PerformanceObserver((seen) => seen.getEntries().forEach(({ duration }) => (window.longest = Math.max(window.longest, duration)))).observe({ type: 'longtask' })
    })
    await page.getByLabel(word('ui.room.text'), { exact: true }).fill(`Arrivée de cet écran ${width}`)
    figure(at('own_line_ms'), 1000 * await seconds(async () => {
      await page.keyboard.press('Enter')
      await list.getByText(`Arrivée de cet écran ${width}`).waitFor()
    }), 0)
    figure(at('others_line_ms'), 1000 * await seconds(async () => {
      await window.api(`${root}/lines`, { line: { id: randomUUID(), kind: 'fact', text: `Arrivée d’ailleurs ${width}` } })
      await list.getByText(`Arrivée d’ailleurs ${width}`).waitFor()
    }), 0)
    figure(at('top_ms'), 1000 * await seconds(async () => {
      await list.evaluate((box) => (box.scrollTop = 0))
      await list.getByText('Première ligne de toutes').waitFor()
    }), 0)
    figure(at('search_ms'), 1000 * await seconds(async () => {
      await page.getByLabel(word('ui.room.journal.search')).fill('numéro 4321 rançon')
      await page.locator('li[aria-setsize="1"]').waitFor()
    }), 0)
    await page.getByLabel(word('ui.room.journal.search')).fill('')
    await page.waitForTimeout(1000)
    figure(at('longest_task_ms'), await page.evaluate(() => window.longest), 0)
    const devtools = await window.context.newCDPSession(page)
    await devtools.send('HeapProfiler.collectGarbage')
    await devtools.send('Performance.enable')
    const { metrics } = await devtools.send('Performance.getMetrics')
    figure(at('heap_mb'), metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6)
    await window.context.close()
  }
} finally {
  await browser.close()
  await server.stop()
}

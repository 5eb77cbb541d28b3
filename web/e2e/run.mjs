// SPDX-License-Identifier: EUPL-1.2
// Journeys through the real binary in Debian's Chromium: node e2e/run.mjs PATH_TO_RELEVE [part of a journey's name]
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import * as access from './access.mjs'
import * as bulletin from './bulletin.mjs'
import { apiToken, providerSettings, providerSignIn } from './doors.mjs'
import * as contrast from './contrast.mjs'
import * as first from './first_crisis.mjs'
import { launch, startDemo } from './house.mjs'
import * as prepare from './journeys.mjs'
import { crisisLaptop } from './laptop.mjs'
import * as night from './night.mjs'
import * as nights from './nights.mjs'
import * as paper from './paper.mjs'
import * as passkey from './passkey.mjs'
import * as plan from './plan.mjs'
import * as region from './region.mjs'
import * as room from './room.mjs'
import * as stick from './stick.mjs'
import * as styles from './styles.mjs'

const [given, only = ''] = process.argv.slice(2)
if (!given || !existsSync(given)) {
  console.error('node e2e/run.mjs PATH_TO_RELEVE [part of a journey\'s name]')
  process.exit(2)
}
const journeys = { ...prepare, ...access, ...bulletin, ...first, crisisLaptop, providerSignIn, apiToken, ...night, ...nights, ...contrast, ...paper, ...passkey, ...plan, ...region, ...room, ...stick, ...styles }
// Two lanes side by side, each with a server and a browser of its own: the walk through every screen takes as long as a dozen others.
// What needs no figures goes first: the demo's own assessment runs meanwhile.
const lanes = [
  ['oneTimeLink', 'invitedOutsider', 'sealedCode', 'breakGlass', 'passkey', 'providerSignIn', 'apiToken', 'imports', 'brokenFile', 'undoLastImport', 'languageSwitch', 'ownStylesOnly', 'renameFacility', 'dataTables',
    'planInForce', 'firstCrisis', 'usbStick', 'overviewFigures', 'region', 'sharedSite', 'crisisRoom', 'publicBulletin', 'nightCall', 'nightCut', 'nightHandover', 'whatIf', 'keyboardOnly', 'assess', 'roomOffline', 'powerCut', 'crisisLaptop'],
  ['oneTimeLink', 'overviewFigures', 'everyScreen', 'roomContrast', 'printed', 'outlines'],
]
const groundwork = { oneTimeLink: '', nightCall: 'nightCut nightHandover', nightCut: 'nightHandover', imports: 'brokenFile undoLastImport assess', overviewFigures: 'everyScreen whatIf keyboardOnly' }

const begun = Date.now()
const releve = resolve(given)
const open = []
// Stopped from outside, it still takes its servers and their folders away.
const close = () => Promise.all(open.splice(0).map(async ({ browser, server }) => {
  await browser.close().catch(() => {})
  await server.stop()
}))
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) process.once(signal, () => void close().then(() => process.exit(code)))

let passed = 0
let failed = 0
async function run(lane) {
  const browser = await launch()
  const server = await startDemo(releve, providerSettings)
  open.push({ browser, server })
  const at = { browser, server, releve, shared: {}, patience: 900 /* seconds: a bound, not an expectation */ }
  for (const name of lane) {
    const wanted = !only || name.includes(only) || name === 'oneTimeLink' || groundwork[name]?.split(' ').some((after) => after.includes(only))
    if (!wanted) continue
    const started = Date.now()
    const took = () => `${((Date.now() - started) / 1000).toFixed(1)} s`
    try {
      await journeys[name](at)
      passed++
      console.log(`ok    ${name} (${took()})`)
    } catch (error) {
      failed++
      console.log(`FAIL  ${name} (${took()})\n    ${String(error?.message ?? error).slice(0, 8000)}`)
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        const text = await page.locator('body').innerText().catch(() => '')
        console.log(`    at ${page.url()}: ${text.replace(/\s+/g, ' ').slice(0, 1500)}`)
      }
    } finally {
      for (const context of browser.contexts()) await context.close().catch(() => {}) // stopped from outside
    }
  }
}
const wanted = lanes.filter((lane) => !only || lane.some((name) => name.includes(only)))
await Promise.all(wanted.map(run)).catch((error) => {
  failed++
  console.log(`FAIL  ${error}`)
})
await close()
console.log(`${passed} passed, ${failed} failed, ${Math.round((Date.now() - begun) / 1000)} s`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

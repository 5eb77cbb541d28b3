// SPDX-License-Identifier: EUPL-1.2
// Somebody at the keys, and what stands around a hospital: a mail server that really receives.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { looked, need, until } from './house.mjs'

const thinking = 500 // ms before each gesture
const per_key = 60 // ms

/** Counts gestures (a tap, a key, one run of typing) and the time they take. Looking at a screen for faults takes none. */
export class Hands {
  gestures = 0
  #aside = 0
  #begun = Date.now()

  constructor(window) {
    this.window = window
    this.page = window.page
  }

  async #gesture(act) {
    await this.page.waitForTimeout(thinking)
    this.gestures++
    await act()
  }
  tap = (what) => this.#gesture(() => what.click())
  press = (key) => this.#gesture(() => this.page.keyboard.press(key))
  /** Where the cursor is. */
  type = (text) => this.#gesture(() => this.page.keyboard.type(text, { delay: per_key }))
  /** Into a field that must first be touched. */
  async write(field, text) {
    await this.tap(field)
    await this.type(text)
  }

  async look(at) {
    const from = Date.now()
    await looked(this.window, at)
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    need(wide <= 0, `${at} scrolls sideways by ${wide} px`)
    this.#aside += Date.now() - from
  }

  /** For whoever wants to see it: SHOTS names a folder for pictures. */
  async shoot(name) {
    const from = Date.now()
    if (process.env.SHOTS) await this.page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true })
    this.#aside += Date.now() - from
  }

  seconds = () => (Date.now() - this.#begun - this.#aside) / 1000

  /** The figures of an act; slower than `most` seconds it has failed whatever the machine. */
  told(act, most) {
    const took = this.seconds()
    console.log(`figure nights.${act}_s ${took.toFixed(1)}`)
    console.log(`figure nights.${act}_gestures ${this.gestures}`)
    need(took < most, `${act} took ${took} s`)
  }
}

/** The receivers that the tests of the deliveries use, in a process of their own. */
export async function startReceivers() {
  const script = fileURLToPath(new URL('../../src/respond/recall/outside_for_tests.py', import.meta.url))
  const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)))
  const { plain } = await until('the mail server', () => said[0])
  return {
    port: plain,
    /** A mail came for this address. */
    came: (to) => said.some((one) => one.kind === 'mail' && one.to === to),
    stop: () => new Promise((ended) => {
      child.once('exit', ended)
      child.stdin.end()
    }),
  }
}

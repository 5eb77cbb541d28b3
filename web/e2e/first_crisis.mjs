// SPDX-License-Identifier: EUPL-1.2
// As a new user: from an empty facility to an adopted plan, then an exercise from its activation to its closing. No
// pointer, no call of the API: keys alone, and every gesture counted.
import { looked, need, openWindow, until, word } from './house.mjs'

const most_tabs = 25 // further than that nobody goes
const activation_gestures = 3
const per_key = 60 // ms: somebody who types well
const first_line_bound = 30 // seconds: gross, the machine may be busy

/** A keyboard that counts. A gesture is what a person does once: to use a control, or to fill in a field (with the Enter
    that sends it). The keys that only lead there are counted apart. */
function hands(page) {
  const steps = new Map()
  let now = { gestures: 0, keys: 0 }
  const focused = () => page.evaluate(() => {
    const at = document.activeElement
    return (at?.getAttribute('aria-label') || at?.labels?.[0]?.innerText || at?.innerText || '').replace(/\s+/g, ' ').trim()
  })
  const press = async (key) => {
    now.keys += 1
    await page.keyboard.press(key)
  }
  return {
    steps,
    step: (name) => {
      now = { gestures: 0, keys: 0 }
      steps.set(name, now)
    },
    press,
    /** One key that does something. */
    use: async (key) => {
      now.gestures += 1
      await press(key)
    },
    /** The field that has the focus. */
    fill: async (text, end, delay = 0) => {
      now.gestures += 1
      await page.keyboard.type(text, { delay })
      if (end) await press(end)
    },
    /** To the control whose name begins so. */
    reach: async (name, key = 'Tab') => {
      const passed = []
      for (let i = 0; i < most_tabs; i++) {
        await press(key)
        const at = await focused()
        if (at.toLowerCase().startsWith(name.toLowerCase())) return
        passed.push(at.slice(0, 30) || '—')
      }
      throw new Error(`${most_tabs} times ${key} and never on "${name}": ${passed.join(' | ')}`)
    },
  }
}

/** Wherever one is: the palette, a few letters, Enter. */
async function palette(window, hand, screen) {
  const { page } = window
  await hand.use('Control+k')
  await page.getByRole('combobox', { name: word('ui.palette.title') }).waitFor()
  await hand.fill(word(screen))
  await page.getByRole('option', { name: word(screen) }).first().waitFor()
  await hand.press('Enter')
  await page.getByRole('heading', { level: 1, name: word(screen), exact: true }).waitFor()
  await until('the hands are on the page', () => page.evaluate(() => document.activeElement?.id === 'content'))
  await window.settled()
}

async function adoptedPlan(window, hand) {
  const { page } = window
  hand.step('facility')
  await window.settled()
  await hand.press('Tab')
  await hand.use('Enter') // to the content
  await hand.reach(word('ui.new_facility.name'))
  await hand.fill('Hôpital de la Première Nuit')
  await hand.reach(word('ui.new_facility.fictional'))
  await hand.use('Space')
  await hand.reach(word('ui.new_facility.create'))
  await hand.use('Enter')
  await page.waitForURL(/\/overview$/)
  await looked(window, 'an empty facility')

  hand.step('plan')
  await palette(window, hand, 'ui.plan.title')
  await hand.reach(word('ui.plan.empty.button'))
  await hand.use('Enter')
  await page.getByRole('heading', { level: 2, name: word('ui.plan.overview') }).waitFor()
  await looked(window, 'a draft from the library')

  hand.step('adoption')
  await hand.reach(word('ui.plan.overview'))
  await hand.reach(word('ui.plan.versions'), 'ArrowUp')
  await hand.use('Enter')
  await page.getByRole('heading', { level: 2, name: word('ui.plan.opinions') }).waitFor()
  await hand.reach(word('ui.plan.opinion.reference'))
  const to_hear = page.getByRole('listitem').filter({ hasText: `△ ${word('ui.plan.opinion.waited')}` })
  for (let waited = 3; waited > 0; waited--) {
    await until(`${waited} opinions to hear`, async () => (await to_hear.count()) === waited)
    await hand.fill(`PV 2026-${waited}`, 'Enter')
  }
  await page.getByLabel(word('ui.plan.adopt.director')).waitFor()
  await hand.reach(word('ui.plan.adopt.director'))
  await hand.fill('Anne Roche')
  await hand.reach(word('ui.plan.adopt.reference'))
  await hand.fill('Décision 2026-1', 'Enter')
  await page.getByText(word('ui.plan.state.in_force')).first().waitFor()
  await looked(window, 'a plan in force')
}

/** Three gestures from the question to the room. */
async function activated(window, hand) {
  const { page } = window
  hand.step('way')
  await palette(window, hand, 'ui.activate.title')
  hand.step('activation')
  await page.getByRole('button', { name: new RegExp(word('room.words.kind.exercise'), 'i') }).waitFor()
  await looked(window, 'real or exercise')
  await hand.use('2')
  await page.getByLabel(word('ui.activate.known')).first().waitFor()
  await hand.fill('Note de rançon sur une imprimante', 'Enter')
  await page.getByRole('button', { name: word('ui.activate.button'), exact: true }).waitFor()
  await looked(window, 'about to activate')
  await hand.use('Enter')
  await page.waitForURL(/\/room\/[0-9a-f-]+$/)
  await page.getByLabel(word('ui.room.text'), { exact: true }).waitFor()
}

async function written(window, hand) {
  const { page } = window
  hand.step('lines')
  const begun = Date.now()
  const acknowledged = page.waitForResponse((reply) => reply.request().method() === 'POST' && /\/lines$/.test(reply.url()) && reply.ok())
  await hand.use('n')
  await hand.use('f')
  await hand.fill('Appel du bloc : PC à noir', 'Enter', per_key)
  await acknowledged
  const took = (Date.now() - begun) / 1000
  console.log(`figure first_crisis.first_line_s ${took.toFixed(1)}`)
  need(took < first_line_bound, `the first line took ${took} s`)
  for (let n = 2; n <= 10; n++) {
    await hand.fill(`Fait numéro ${n}`, 'Enter')
    await page.getByText(`Fait numéro ${n}`, { exact: true }).waitFor()
  }
  await looked(window, 'ten lines')
}

async function declared(window, hand) {
  const { page } = window
  hand.step('impact')
  await hand.press('Shift+Tab') // out of the text, on its kinds
  await hand.use('e')
  await page.getByRole('dialog').waitFor()
  await hand.reach(word('ui.room.field.element'))
  await hand.fill('Dossier patient', 'Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('region', { name: word('ui.room.board') }).getByText('Dossier patient').first().waitFor()
  await looked(window, 'an impact')
}

async function reported(window, hand) {
  const { page } = window
  hand.step('report')
  await hand.use('p')
  await until('the report is composed', () => page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA' && document.activeElement.value.length > 50))
  await hand.reach(word('ui.room.field.approved_by'))
  await hand.fill('Anne Roche', 'Enter')
  await page.getByRole('button', { name: word('ui.room.report.title', { n: 1 }), exact: true }).waitFor()
  await looked(window, 'a situation report')
}

async function closed(window, hand) {
  const { page } = window
  hand.step('closing')
  await hand.reach(word('ui.room.reports'), 'Shift+Tab')
  await hand.reach(word('ui.room.file'), 'ArrowRight')
  await hand.use('Enter')
  await page.getByLabel(word('ui.room.close.lessons')).waitFor()
  await hand.reach(word('ui.room.close.lessons'))
  await hand.fill('Les numéros hors réseau manquaient.')
  await hand.reach(word('ui.room.close.button'))
  await hand.use('Enter')
  await page.getByRole('button', { name: word('ui.room.close.sure') }).waitFor()
  await hand.use('Enter')
  await page.getByText(word('ui.room.is_closed').split('{')[0].trim(), { exact: false }).first().waitFor()
  await looked(window, 'a closed room')
}

export async function firstCrisis({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const hand = hands(window.page)
  await window.go('/new')
  for (const step of [adoptedPlan, activated, written, declared, reported, closed]) await step(window, hand)
  for (const [name, { gestures, keys }] of hand.steps) {
    console.log(`figure first_crisis.${name}_gestures ${gestures}`)
    console.log(`figure first_crisis.${name}_keys ${keys}`)
  }
  const { gestures } = hand.steps.get('activation')
  need(gestures <= activation_gestures, `activation took ${gestures} gestures`)
  need(window.complaints.length === 0, window.complaints.join('\n    '))
  await window.context.close()
}

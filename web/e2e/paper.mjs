// SPDX-License-Identifier: EUPL-1.2
// What comes out of a printer, looked at as it will be: nothing cut at the edge, no buttons, numbered, and EXERCICE on
// every page of an exercise.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { button, need, openWindow, word } from './house.mjs'
import { aNight } from './nights.mjs'

const crowded = 210 // patients: more than a screen draws at once
const a4 = 182 * 96 / 25.4 // px between the margins

/** In the page: what reaches beyond the paper. */
function cut(width) {
  return [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && one.textContent.trim() && !one.closest('.sr-only, caption') && (one.getBoundingClientRect().right > width + 1 || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')))
    .map((one) => `${one.tagName} .${one.className}: ${one.textContent.trim().slice(0, 60)}`)
}

export async function printed({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  const home = `/facilities/${shared.facility}`
  const { room } = await api(`${home}/rooms`, { room: crypto.randomUUID(), line: crypto.randomUUID(), kind: 'exercise', level: 'plan_blanc', known: 'Note de rançon imprimée', name: '' })
  const [root, at] = [`${home}/rooms/${room.id}`, `${home}/room/${room.id}`]
  await aNight(api, root)
  await api(`${root}/lines`, { line: { id: crypto.randomUUID(), kind: 'information', text: `Adresse${'-très-longue'.repeat(30)}` } })
  await Promise.all(Array.from({ length: crowded }, (_, i) => api(`${root}/lines`, { line: { id: crypto.randomUUID(), kind: 'action', deed: { placement: { number: `M-${i + 1}`, service: 'Médecine', bed: '', destination: '', state: 'here' } } } })))
  await api(`${root}/callouts`, { id: crypto.randomUUID(), message: 'Exercice : venez', selection: { usual: true } })
  const head = (await api(root)).chains.find(({ own }) => own).short_head

  const sheets = {
    journal: { at, says: ['Note de rançon imprimée', 'Les postes du bloc affichent une note de rançon', head] },
    situation: {
      at: `${at}/reports`,
      before: async () => {
        await button(page, 'ui.room.report.new').click()
        const who = page.getByLabel(word('ui.room.field.approved_by'), { exact: false }).first()
        await who.fill('Anne Roche')
        await button(page, 'ui.room.report.approve').click()
        await page.getByRole('button', { name: word('ui.room.report.title', { n: 1 }) }).click()
      },
      says: ['Fermer les urgences aux ambulances', word('ui.room.report.head')],
    },
    handover: { at: `${at}/handover`, says: ['R-12', 'Mehdi Arnaud', 'Reporter la chirurgie programmée'] },
    beds: { at: `${at}/beds`, each: word('ui.room.field.destination'), says: ['R-12', 'U-03', 'M-1 ', `M-${crowded} `] },
    cards: { at: `${at}/cards`, says: ['Isoler'] },
    board: { at: `${at}/board`, says: [] },
    calls: { at: `${home}/recall/people`, says: ['Hélène Vasseur', '06 39 98 10 01', word('ui.recall.list.by')] },
    plan: { at: `${home}/plan/whole`, says: ['Hélène Vasseur'], exercise: false },
  }
  const wrong = []
  for (const [name, sheet] of Object.entries(sheets)) {
    await window.go(sheet.at)
    await window.settled()
    await sheet.before?.()
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: Math.floor(a4), height: 1000 })
    const beyond = await page.evaluate(cut, Math.floor(a4))
    if (beyond.length > 0) wrong.push(`${name} is cut: ${beyond.slice(0, 4).join(' | ')}`)
    const controls = await page.locator(`nav:not([aria-label="${word('ui.breadcrumb')}"]), .mantine-Button-root, input[type=search], [role=radiogroup], select`).filter({ visible: true }).count()
    if (controls > 0) wrong.push(`${name} prints ${controls} things to press`)
    const file = join(process.env.SHOTS ?? server.folder, `${name}.pdf`)
    const paper = async () => {
      await page.pdf({ path: file, preferCSSPageSize: true })
      return execFileSync('pdftotext', ['-layout', file, '-']).toString().split('\f').slice(0, -1)
    }
    const isNumbered = (text, i, { length }) => new RegExp(`\\b${i + 1}\\s*/\\s*${length}\\b`).test(text)
    let pages = await paper()
    if (!pages.every(isNumbered)) pages = await paper() // a room is alive: a line may come while it is being printed
    const plain = (text) => text.replace(/\s+/g, ' ')
    for (const [i, text] of pages.entries()) {
      if (!isNumbered(text, i, pages)) wrong.push(`${name}, page ${i + 1} of ${pages.length}: no number, but ${text.trim().slice(-80)}`)
      if (sheet.exercise !== false && !text.includes('EXERCICE')) wrong.push(`${name}, page ${i + 1}: not marked as an exercise`)
    }
    if (sheet.each) for (const [i, text] of pages.entries()) if (!text.includes(sheet.each)) wrong.push(`${name}, page ${i + 1}: no head of the table`)
    const whole = plain(pages.join(' '))
    for (const one of sheet.says) if (!whole.includes(plain(one))) wrong.push(`${name} does not say ${one}: ${whole.slice(0, 300)}`)
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 1280, height: 900 })
  }
  need(wrong.length === 0, wrong.join('\n    '))
  await api(`${root}/lines`, { line: { id: crypto.randomUUID(), kind: 'decision', deed: { closing: { lessons: '' } } } })
  need(window.complaints.length === 0, window.complaints.join('\n    '))
  await window.context.close()
}

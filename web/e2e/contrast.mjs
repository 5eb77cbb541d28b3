// SPDX-License-Identifier: EUPL-1.2
// Every text of the crisis screens against the ground it stands on, as the browser computed both, in both themes.
import { button, need, openWindow, word } from './house.mjs'
import { aNight } from './nights.mjs'

/** In the page: each visible text whose contrast is under 7:1 (4.5:1 when large), as WCAG 2.2, 1.4.6 asks. What cannot be
    used (a disabled button) is exempt there. */
function faint() {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const read = (colour) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x)
    return (high + 0.05) / (low + 0.05)
  }
  /** All colours that the text may stand on: one, or those of a striped ground. */
  const grounds = (element) => {
    const above = []
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at)
      const stripes = backgroundImage.includes('gradient') ? [...backgroundImage.matchAll(/rgba?\([^)]*\)|color\([^)]*\)/g)].map(([colour]) => read(colour)) : []
      const own = stripes.length > 0 ? stripes : [read(backgroundColor)]
      above.push(own)
      if (own.every((one) => one[3] === 1)) break
    }
    return above.reduceRight((below, own) => below.flatMap((ground) => own.map((one) => over(one, ground))), [[255, 255, 255, 1]])
  }
  const found = new Map()
  const measure = (element, { color, fontSize, fontWeight }, text) => {
    const large = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700)
    const least = Math.min(...grounds(element).map((ground) => ratio(over(read(color), ground), ground)))
    if (least < (large ? 4.5 : 7) - 0.005) found.set(`${least.toFixed(2)} ${color} on ${grounds(element)[0].slice(0, 3).map(Math.round)} .${element.className}`, text.trim().slice(0, 40))
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!node.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest('aside, script, style, [disabled], [data-disabled], .sr-only')) continue
    measure(element, getComputedStyle(element), node.data)
  }
  for (const one of document.querySelectorAll('input[placeholder], textarea[placeholder]')) if (one.checkVisibility() && !one.closest('aside')) measure(one, getComputedStyle(one, '::placeholder'), one.placeholder)
  return [...found].map(([what, text]) => `${what}: ${text}`)
}

const parts = ['', '/board', '/clocks', '/tasks', '/cards', '/decisions', '/people', '/requests', '/beds', '/reports', '/file', '/handover', '/wall']

export async function roomContrast({ browser, server, shared }) {
  const bad = []
  for (const theme of ['light', 'dark']) {
    const window = await openWindow(browser, server.base, { state: shared.state, theme })
    const { page, api } = window
    const root = `/facilities/${shared.facility}`
    const look = async (at) => {
      await window.settled()
      bad.push(...(await page.evaluate(faint)).map((one) => `${theme} ${at}: ${one}`))
    }
    for (const kind of ['real', 'exercise']) {
      const { room } = await api(`${root}/rooms`, { room: crypto.randomUUID(), line: crypto.randomUUID(), kind, level: 'plan_blanc', known: 'Note de rançon', name: '' })
      const at = `${root}/room/${room.id}`
      await aNight(api, `${root}/rooms/${room.id}`)
      for (const part of kind === 'real' ? parts : ['', '/wall']) {
        await page.goto(`${window.base}${at}${part}`)
        await look(`${kind}${part}`)
      }
      await page.goto(`${window.base}${at}/decisions`)
      await button(page, 'ui.room.decision.new').click()
      await page.getByRole('dialog').getByRole('region', { name: word('ui.room.decision.may') }).waitFor()
      await look('a decision')
      await page.goto(`${window.base}${root}/activate`)
      await look('activate')
      await page.locator('main button').filter({ has: page.locator('kbd') }).first().click()
      await look('what is known')
      for (const part of ['choose', 'people', 'staff']) {
        await page.goto(`${window.base}${root}/recall/${part}`)
        await look(`recall ${part}`)
      }
      await api(`${root}/rooms/${room.id}/lines`, { line: { id: crypto.randomUUID(), kind: 'decision', deed: { closing: { lessons: '' } } } })
    }
    await window.context.close()
  }
  need(bad.length === 0, `${bad.length} texts too faint\n    ${bad.join('\n    ')}`)
}

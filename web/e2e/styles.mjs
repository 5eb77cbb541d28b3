// SPDX-License-Identifier: EUPL-1.2
// The page's own styles count under the server's policy, and nobody else's. Each journey throws at its first wrong step.
import { button, need, openWindow, until, word } from './house.mjs'

const quiet = ({ complaints }) => need(complaints.length === 0, complaints.join('\n    '))

/** One turn of the wheel over the middle of the screen; gives how far the page went. */
async function scrolled(page) {
  const { width, height } = page.viewportSize()
  const before = await page.evaluate(() => scrollY)
  await page.mouse.move(width - 20, height / 2) // beside the menu
  await page.mouse.wheel(0, 300)
  await page.waitForTimeout(400) // there is no event for a page that stays
  return (await page.evaluate(() => scrollY)) - before
}

const overflow = (page) => page.evaluate(() => getComputedStyle(document.body).overflowY)

/** What lies over the page holds it still. The rule comes from a style element made at that moment, so it needs the nonce. */
async function holdsStill(page, open) {
  need((await scrolled(page)) > 0, 'the page is too short to scroll, or held before')
  await open()
  await page.getByRole('dialog').waitFor()
  need((await overflow(page)) === 'hidden', 'the style that locks scrolling does not count')
  need((await scrolled(page)) === 0, 'the page scrolls below what lies over it')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await until('the page let go', async () => (await overflow(page)) !== 'hidden')
  need((await scrolled(page)) !== 0, 'the page stays held')
}

/** Not by a word out of another reply, and not without one. */
async function plantedStyles(window) {
  const policy = async () => (await window.context.request.get(`${window.base}/`)).headers()['content-security-policy']
  const [one, other] = [await policy(), await policy()]
  need([one, other].every((said) => /style-src 'self' 'nonce-[0-9a-f]{32}';/.test(said) && !said.includes('unsafe')), `policy: ${one}`)
  need(one !== other, `twice the same policy: ${one}`)
  const colour = await window.page.evaluate((nonce) => {
    for (const given of ['', nonce]) {
      const planted = Object.assign(document.createElement('style'), { nonce: given, textContent: 'body { color: rgb(1, 2, 3) !important }' })
      document.head.append(planted)
    }
    document.body.insertAdjacentHTML('beforeend', '<p id="planted" style="color: rgb(1, 2, 3)"></p>')
    return [document.body, document.getElementById('planted')].map((at) => getComputedStyle(at).color)
  }, /nonce-(\w+)/.exec(other)[1])
  need(!colour.includes('rgb(1, 2, 3)'), `a planted style counts: ${colour.join(', ')}`)
  const seen = () => new Set(window.complaints.filter((said) => said.includes('forbids')).map((said) => /style-src-\w+/.exec(said)?.[0]))
  await until('the refusals seen', () => seen().size === 2) // so a refusal on any screen would have been seen as well
}

export async function ownStylesOnly({ browser, server, shared }) {
  const screen = `/facilities/${shared.facility}/cartography/care`
  const narrow = await openWindow(browser, server.base, { width: 390, state: shared.state })
  await narrow.go(screen)
  await narrow.settled()
  await holdsStill(narrow.page, () => button(narrow.page, 'ui.menu').click())
  quiet(narrow)
  await narrow.context.close()

  const wide = await openWindow(browser, server.base, { state: shared.state })
  const { page } = wide
  await wide.go(screen)
  await wide.settled()
  await holdsStill(page, () => page.keyboard.press('Control+k'))
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: word('ui.theme.to_dark') }).click()
  await until('the dark theme', async () => (await background()) !== light)
  quiet(wide)
  await plantedStyles(wide)
  await wide.context.close()
}

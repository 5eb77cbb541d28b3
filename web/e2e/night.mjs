// SPDX-License-Identifier: EUPL-1.2
// The night when single sign-on, mail and phones are dead. Each journey throws at its first wrong step.
import { button, choose, grewOlder, looked, need, openWindow, until, word } from './house.mjs'

const per_key = 150 // ms: somebody who copies from paper
const reading = 2_000 // ms for each page, before the hand moves
export const fourteen_months = 426
const finger = 44 // px

/** Prints a code on the page; gives its letters. */
export async function printedCode(owner, post, role, place) {
  await owner.go('/people/codes')
  await owner.page.getByLabel(word('ui.codes.post')).fill(post)
  await choose(owner.page, 'ui.codes.opens', word(`access.role.${role}`))
  await choose(owner.page, 'ui.people.place', place)
  await button(owner.page, 'ui.codes.print').click()
  const sheet = owner.page.getByRole('region', { name: word('ui.codes.sheet') })
  const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(await sheet.innerText())?.[0]
  need(code, 'the sheet shows no code')
  await looked(owner, 'codes')
  return code
}

/** Whole on the screen as it stands, and large enough for a thumb. */
async function inReach(page, what) {
  const box = await what.boundingBox()
  const { height } = page.viewportSize()
  need(box && box.y >= 0 && box.y + box.height <= height, `${what} is not on the screen: ${JSON.stringify(box)}`)
  need(box.height >= finger && box.width >= finger, `${what} is too small for a finger: ${box.width} x ${box.height}`)
}

async function openWith(window, code, { slowly = false } = {}) {
  const { page } = window
  await page.goto(`${window.base}/`)
  await page.waitForURL(/\/sign-in/)
  const door = button(page, 'ui.sign_in.with_sealed')
  await door.waitFor()
  if (slowly) {
    await inReach(page, door)
    await page.waitForTimeout(reading)
  }
  await door.click()
  const field = page.getByLabel(word('ui.sign_in.sealed.code'))
  await field.waitFor()
  if (slowly) await page.waitForTimeout(reading)
  await page.keyboard.type(code, { delay: slowly ? per_key : 0 }) // the field already has the focus
  if (slowly) {
    await inReach(page, field)
    await inReach(page, button(page, 'ui.sign_in.enter'))
  }
  await button(page, 'ui.sign_in.enter').click()
}

/** 02:07, a narrow screen, an envelope of fourteen months: it opens the crisis part and nothing more, once. */
export async function sealedCode({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const facility = (await owner.api(`/facilities/${shared.facility}`)).name
  const post = 'Administrateur de garde'
  const code = await printedCode(owner, post, 'on_call', facility)
  // Whoever is on call has an account too, which nobody has used since.
  const { token } = await owner.api('/people', { login: 'de.garde', name: 'De Garde', role: 'duty_administrator', place: shared.facility })
  const before = await openWindow(browser, server.base)
  await before.api('/invitations/accept', { token, password: 'une nuit sans étoiles' })
  grewOlder(server, fourteen_months)
  await owner.go('/people/codes')
  const row = owner.page.getByRole('row').filter({ hasText: post })
  await row.getByText(word('ui.codes.renew').split('{')[0].trim()).waitFor()
  need((await before.context.request.get(`${server.base}/api/v1/session`)).status() === 401, 'a session outlived fourteen months')

  const night = await openWindow(browser, server.base, { width: 390, theme: 'dark' })
  const { page } = night
  const typed = code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replace('-', ' ')
  const begun = Date.now()
  await openWith(night, typed, { slowly: true })
  await page.getByText(word('ui.home.crisis'), { exact: true }).waitFor()
  await page.getByText(word('ui.night.in_by_code', { post })).waitFor()
  const took = (Date.now() - begun) / 1000
  console.log(`figure access.night_entry_s ${took.toFixed(1)}`)
  need(took < 60, `took ${took} s`)
  await looked(night, 'behind the code')
  const { somewhere, everywhere } = await night.api('/session')
  need(JSON.stringify([somewhere, everywhere]) === '[["crisis"],[]]', `the code opens ${somewhere}`)
  need((await night.context.request.get(`${server.base}/api/v1/facilities/${shared.facility}`)).status() === 403, 'the code opens the cartography')
  need(night.complaints.every((one) => one.startsWith('401 ')), night.complaints.join('\n    '))

  const again = await openWindow(browser, server.base, { width: 390 })
  await openWith(again, code.slice(0, -2))
  await again.page.getByRole('alert').getByText(word('ui.sign_in.sealed.missing', { count: '2' })).waitFor()
  await again.page.keyboard.type(code.slice(-2))
  await button(again.page, 'ui.sign_in.enter').click()
  await again.page.getByRole('alert').getByText(word('access.wrong_sealed_code')).waitFor()
  await looked(again, 'a code that was used')
  const { items } = await owner.api('/trail?deed=code_opened')
  need(items.length === 1 && items[0].subject === post, 'the opening is not in the trail')
  for (const window of [owner, before, night, again]) await window.context.close()
}

/** Prepared, used when nobody can sign in, told loudly to the others, and closed again by one of them. */
export async function breakGlass({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const post = 'Compte de secours'
  const code = await printedCode(owner, post, 'break_glass', word('ui.people.everywhere'))
  const told = word('ui.night.glass_broken', { post })
  await owner.go(`/facilities/${shared.facility}/overview`)
  await owner.settled()
  need((await owner.page.getByText(told).count()) === 0, 'a sealed envelope is told as broken glass')

  const rescue = await openWindow(browser, server.base, { width: 390 })
  await openWith(rescue, code)
  await rescue.page.waitForURL(/\/overview$/)
  await rescue.page.getByText(word('ui.night.in_by_code', { post })).waitFor()
  await looked(rescue, 'behind the broken glass')
  await rescue.go('/people')
  await rescue.api('/people', { login: 'releve.nuit', name: 'Relève de nuit', role: 'rssi', place: shared.facility })

  // Whoever is at work elsewhere is told without having asked.
  await owner.page.getByText(told).waitFor({ timeout: 45_000 })
  await looked(owner, 'glass was broken')
  const { role, from } = { role: 'break_glass', from: '127.0.0.1' }
  need(server.said().includes(word('access.code_opened', { post, role, from })), 'the log of the program does not say so')
  await owner.page.getByRole('link', { name: word('ui.night.see') }).last().click()
  const row = owner.page.getByRole('row').filter({ hasText: post })
  await row.getByText(word('ui.codes.used').split('{')[0].trim(), { exact: false }).waitFor()
  await row.getByRole('button', { name: word('ui.codes.close') }).click()
  await row.getByText(word('ui.codes.closed').split('{')[0].trim(), { exact: false }).waitFor()
  await until('the notice gone', async () => (await owner.page.getByText(told).count()) === 0)
  need((await rescue.context.request.get(`${server.base}/api/v1/session`)).status() === 401, 'closed, and the glass still open')

  await owner.go('/audit')
  for (const deed of ['code_printed', 'code_opened', 'code_revoked']) {
    await owner.page.getByRole('row').filter({ hasText: post }).filter({ hasText: word(`access.deed.${deed}`) }).first().waitFor()
  }
  const { items } = await owner.api(`/trail?actor=${encodeURIComponent(`code:${post}`)}`)
  need(['code_opened', 'invite', 'grant', 'read'].every((deed) => items.some((one) => one.deed === deed)), `of what was done the trail tells ${items.map(({ deed }) => deed)}`)
  need((await owner.api('/trail/check')).fault === null, 'the trail is not whole')
  await looked(owner, 'the trail of a broken glass')
  for (const window of [owner, rescue]) await window.context.close()
}

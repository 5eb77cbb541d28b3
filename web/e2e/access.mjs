// SPDX-License-Identifier: EUPL-1.2
// Coming in by every door, and what is seen behind it. Each journey throws at its first wrong step.
import { button, choose, looked, need, openWindow, until, word } from './house.mjs'

const password = 'trois clés sous le paillasson'

/** Invited to one facility: comes in, sees that one, and of the other not even that it is there. */
export async function invitedOutsider({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const own = await owner.api('/facilities', { name: 'Clinique du Passage', fictional: true })
  await owner.go('/people')
  const login = 'lea.martin'
  await owner.page.getByRole('textbox', { name: word('ui.column.name'), exact: true }).fill('Léa Martin')
  await owner.page.getByLabel(word('ui.sign_in.login')).fill(login)
  await choose(owner.page, 'ui.people.role', word('access.role.read_only'))
  await choose(owner.page, 'ui.people.place', 'Clinique du Passage')
  await button(owner.page, 'ui.people.invite').click()
  const link = await owner.page.locator('code').innerText()
  need(/\/invitation#[0-9a-f]{48}$/.test(link), `the link is ${link}`)
  await looked(owner, 'people')

  const guest = await openWindow(browser, server.base)
  const { page } = guest
  await page.goto(link)
  await page.getByText(word('ui.invitation.hello', { name: 'Léa Martin' })).waitFor()
  await looked(guest, 'invitation')
  await page.getByLabel(word('ui.invitation.password'), { exact: false }).first().fill(password)
  await button(page, 'ui.invitation.accept').click()
  await page.waitForURL(new RegExp(`/facilities/${own.id}/overview$`))
  const { items } = await guest.api('/facilities')
  need(items.length === 1 && items[0].id === own.id, `sees ${items.map(({ name }) => name).join(', ')}`)
  const ask = (path) => guest.context.request.get(`${server.base}/api/v1/facilities/${path}`)
  const hidden = await ask(shared.facility)
  const none = await ask('000000000')
  need(hidden.status() === 404 && (await hidden.text()) === (await none.text()), 'a facility out of reach does not look like none')
  need((await guest.context.request.get(`${server.base}/api/v1/people`)).status() === 403, 'a reader sees people')
  await page.goto(`${server.base}/facilities/${shared.facility}/overview`)
  await page.getByRole('alert').getByText(word('api.no_such_place')).waitFor()
  for (const hiddenScreen of ['ui.people.title', 'ui.audit.title']) {
    need((await page.getByRole('link', { name: word(hiddenScreen) }).count()) === 0, `the rail shows ${hiddenScreen}`)
  }
  await guest.go('/account')
  await looked(guest, 'account')

  await button(page, 'ui.sign_out').click()
  await page.waitForURL(/\/sign-in$/)
  await until('signed out', async () => (await guest.context.request.get(`${server.base}/api/v1/session`)).status() === 401)
  await page.goto(`${server.base}/account`)
  await page.waitForURL(/\/sign-in\?next=%2Faccount$/)
  await looked(guest, 'sign-in')
  await page.getByLabel(word('ui.sign_in.login')).fill(login)
  const typed = page.getByLabel(word('ui.sign_in.password'), { exact: false }).first()
  await typed.fill('pas le bon mot de passe')
  await button(page, 'ui.sign_in.enter').click()
  await page.getByRole('alert').getByText(word('access.wrong_sign_in')).waitFor()
  await typed.fill(password)
  await button(page, 'ui.sign_in.enter').click()
  await page.waitForURL(/\/account$/)

  await owner.go('/audit')
  await owner.page.getByRole('cell', { name: login }).first().waitFor()
  await button(owner.page, 'ui.audit.check').click()
  await owner.page.getByRole('status').filter({ hasText: /\d/ }).first().waitFor()
  await looked(owner, 'audit')
  await owner.context.close()
  await guest.context.close()
}

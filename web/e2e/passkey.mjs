// SPDX-License-Identifier: EUPL-1.2
// A passkey from its making to its removal, with the authenticator that Chromium itself simulates.
import { button, looked, need, openWindow, word } from './house.mjs'

const password = 'trois clés sous le paillasson'

/** A device with a finger that is always there. */
async function giveDevice(window) {
  const devtools = await window.context.newCDPSession(window.page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  const finger = (known) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: known })
  const kept = async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  return { finger, kept }
}

/** A role that asks for a second factor opens by a passkey alone: enrolled, signed in with, taken away. */
export async function passkey({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  await owner.go('/account')
  await owner.page.getByText(word('ui.passkey.not_here')).waitFor() // under 127.0.0.1 it says where instead
  const { token } = await owner.api('/people', { login: 'cleo', name: 'Cléo Passe', role: 'rssi', place: shared.facility })
  const base = server.base.replace('127.0.0.1', 'localhost')
  const guest = await openWindow(browser, base)
  const { page } = guest
  const device = await giveDevice(guest)
  await page.goto(`${base}/invitation#${token}`)
  await page.getByLabel(word('ui.invitation.password'), { exact: false }).first().fill(password)
  await button(page, 'ui.invitation.accept').click()
  await page.waitForURL(/\/account$/)
  await page.getByText(word('ui.account.needs_phone')).waitFor()

  const part = page.locator('section').filter({ has: page.getByRole('heading', { name: word('ui.passkey.title'), exact: true }) })
  await part.getByLabel(word('ui.passkey.name')).fill('Téléphone de Cléo')
  await part.getByLabel(word('ui.account.password.present')).first().fill(password)
  await button(part, 'ui.passkey.add').click()
  await part.getByRole('row').filter({ hasText: 'Téléphone de Cléo' }).waitFor()
  need((await part.getByRole('status').getByRole('listitem').count()) === 10, 'no recovery codes beside the first passkey')
  await looked(guest, 'a passkey enrolled')
  const [made] = await device.kept()
  need(made.isResidentCredential && made.rpId === 'localhost', `the device keeps ${JSON.stringify(made)}`)
  need((await guest.api('/session')).somewhere.includes('grant'), 'the role does not open with the passkey')

  await button(page, 'ui.sign_out').click()
  await page.waitForURL(/\/sign-in$/)
  await page.goto(`${base}/account`)
  await page.waitForURL(/\/sign-in\?next=%2Faccount$/)
  await looked(guest, 'sign-in with a passkey')
  // The password alone no longer opens, and a finger that nobody knows does not either.
  const refused = await guest.context.request.post(`${base}/api/v1/sign-in`, { data: { login: 'cleo', password } })
  need(refused.status() === 401, `the password alone answered ${refused.status()}`)
  await device.finger(false)
  await button(page, 'ui.passkey.enter').click()
  await page.getByRole('alert').getByText(word('ui.passkey.stopped')).waitFor()
  await device.finger(true)
  await button(page, 'ui.passkey.enter').click()
  await page.waitForURL(/\/account$/)
  need((await guest.api('/session')).somewhere.includes('grant'), 'the session of a passkey is not a strong one')

  await part.getByRole('button', { name: word('ui.passkey.remove_of', { name: 'Téléphone de Cléo' }) }).click()
  await part.getByLabel(word('ui.account.password.present')).first().fill(password)
  await looked(guest, 'a passkey to be taken away')
  await part.locator('form').getByRole('button', { name: word('ui.passkey.remove_of', { name: 'Téléphone de Cléo' }) }).click()
  await part.getByText(word('ui.passkey.none')).waitFor()
  need(!(await guest.api('/session')).somewhere.includes('grant'), 'still strong without any second factor')
  await button(page, 'ui.sign_out').click()
  await page.waitForURL(/\/sign-in$/)
  await button(page, 'ui.passkey.enter').click()
  await page.getByRole('alert').getByText(word('access.wrong_passkey')).waitFor()
  const { items } = await owner.api('/trail?actor=cleo')
  need(['passkey_added', 'sign_in', 'passkey_removed'].every((deed) => items.some((one) => one.deed === deed)), `the trail tells ${items.map(({ deed }) => deed)}`)
  for (const window of [owner, guest]) await window.context.close()
}

// SPDX-License-Identifier: EUPL-1.2
// The doors of an account beside the password: a provider of identities, and tokens for programs.
import { spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { axeSays, freePort, need, openWindow, until, word } from './house.mjs'

const label = 'Pro Santé Connect (essai)'
const button = (page, code, params) => page.getByRole('button', { name: word(code, params), exact: true })
const door = (page) => page.getByRole('link', { name: word('ui.sign_in.with', { provider: label }) })

async function looked(window, at) {
  await window.settled()
  const said = await axeSays(window.page)
  need(said.length === 0, `${at}: ${said.join('\n    ')}`)
}

/** Writes the operator's file for a provider that startProvider() starts later at the same port. */
export async function providerSettings(folder) {
  const port = await freePort()
  const file = join(folder, 'oidc.json')
  writeFileSync(file, JSON.stringify({
    providers: [{
      id: 'essai', label, issuer: `http://127.0.0.1:${port}`, client_id: 'releve', client_secret: 'a secret: of both',
      scopes: ['openid', 'email', 'profile', 'siret'],
    }],
  }))
  chmodSync(file, 0o600)
  return { port, file }
}

async function startProvider(port, base) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('provider.mjs', import.meta.url)), String(port), base], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (bytes) => (said += bytes))
  await until('the provider of identities', () => {
    need(child.exitCode === null, `the provider ended: ${said}`)
    return said.includes('ready')
  })
  return async () => {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
}

/** A window whose provider's pages load nothing from outside this machine. */
async function guestWindow(browser, base) {
  const guest = await openWindow(browser, base)
  await guest.context.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort())
  return guest
}

/** On the provider's own pages. */
async function signInThere(page, login) {
  await page.getByPlaceholder('Enter any login').fill(login)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

const session = (window) => window.context.request.get(`${window.base}/api/v1/session`)

/** Pro Santé Connect and its like: in by a verified identity, out again there too; nobody unknown; and when it is down. */
export async function providerSignIn({ browser, server, shared }) {
  let stop = await startProvider(server.provider.port, server.base)
  try {
    const owner = await openWindow(browser, server.base, { state: shared.state })
    const login = 'claire.durand@chu.example'
    await owner.api('/people', { login, name: 'Claire Durand', role: 'read_only', place: shared.facility })

    const guest = await guestWindow(browser, server.base)
    const { page } = guest
    await page.goto(`${server.base}/sign-in?next=%2Faccount`)
    await door(page).waitFor()
    await looked(guest, 'sign-in with a provider')
    await door(page).click()
    await signInThere(page, login)
    await page.waitForURL(`${server.base}/account`)
    await page.getByRole('cell', { name: `Personne ${login}` }).waitFor()
    await looked(guest, 'account with an identity')
    const mine = await guest.api('/session')
    need(mine.user === login && !mine.somewhere.includes('edit'), `signed in as ${JSON.stringify(mine)}`)
    const cookies = await guest.context.cookies(server.base)
    const kept = cookies.find(({ name }) => name === 'releve_session')
    need(kept?.httpOnly && kept.sameSite === 'Strict', 'the session cookie is not a strict one')
    need(!cookies.some(({ name }) => name === 'releve_way'), 'the way is remembered after its end')
    const { identities } = await owner.api(`/people/${(await owner.api('/people')).items.find((one) => one.login === login).id}/doors`)
    need(identities[0]?.siret === '26310012500017', 'the administrator does not see the organisation')

    await button(page, 'ui.sign_out').click()
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await page.waitForURL(`${server.base}/sign-in`)
    need((await session(guest)).status() === 401, 'still signed in')

    // Somebody whom nobody has invited; then the same way back, once more.
    let back = ''
    page.on('request', (request) => { if (request.url().includes('/callback')) back = request.url() })
    await door(page).click()
    await signInThere(page, 'inconnu@ailleurs.example')
    await page.getByRole('alert').getByText(word('access.unknown_identity')).waitFor()
    await looked(guest, 'unknown identity')
    need((await session(guest)).status() === 401, 'an unknown identity is signed in')
    await page.goto(back)
    await page.getByRole('alert').getByText(word('access.stale_sign_in')).waitFor()
    const refusals = (await owner.api('/trail?deed=identity_refused')).items
    need(refusals.some(({ detail }) => JSON.stringify(detail).includes('inconnu@ailleurs.example')), 'the refusal is not in the trail')

    // From one's own account.
    await owner.context.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort())
    await owner.go('/account')
    await button(owner.page, 'ui.identity.link', { provider: label }).click()
    await signInThere(owner.page, 'proprietaire@chu.example')
    await owner.page.waitForURL(`${server.base}/account`)
    await owner.page.getByRole('cell', { name: 'Personne proprietaire@chu.example' }).waitFor()
    const second = await guestWindow(browser, server.base)
    await second.page.goto(`${server.base}/sign-in`)
    await door(second.page).click()
    await signInThere(second.page, 'proprietaire@chu.example')
    await second.page.waitForURL((url) => url.href.startsWith(server.base) && url.pathname !== '/sign-in')
    need((await second.api('/session')).user === (await owner.api('/session')).user, 'the bound identity opens another account')

    // Down: it says so, and which doors remain. What is known of a provider is believed for ten seconds.
    await stop()
    stop = null
    await new Promise((done) => setTimeout(done, 10_500))
    const night = await guestWindow(browser, server.base)
    await night.page.goto(`${server.base}/sign-in`)
    await door(night.page).click()
    await night.page.getByRole('alert').getByText(word('access.provider_down.mend')).waitFor()
    await looked(night, 'provider down')
    await night.page.getByLabel(word('ui.sign_in.login')).waitFor()
    for (const window of [owner, guest, second, night]) await window.context.close()
  } finally {
    await stop?.()
  }
}

/** A token for a program: made, used without a browser, ended. And the QR code of a second factor. */
export async function apiToken({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const { page } = owner
  await owner.go('/account')
  await page.getByLabel(word('ui.token.name')).fill('Export de nuit')
  await page.getByRole('checkbox', { name: word('access.right.view') }).check()
  await button(page, 'ui.token.make').click()
  const secret = await page.getByRole('status').locator('code').innerText()
  need(/^rlv_[0-9a-f]{48}$/.test(secret), `the token is ${secret}`)
  await page.getByRole('row').filter({ hasText: 'Export de nuit' }).waitFor()
  await looked(owner, 'account with a token')

  const ask = (path, more = {}) => fetch(`${server.base}/api/v1${path}`, { ...more, headers: { Authorization: `Bearer ${secret}`, ...more.headers } })
  const answered = async (status, path, more) => {
    const reply = await ask(path, more)
    need(reply.status === status, `${path}: ${reply.status} instead of ${status}`)
    need(!reply.headers.has('set-cookie'), `${path}: sets a cookie`)
  }
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":"x"}' }
  await answered(200, `/facilities/${shared.facility}`)
  await answered(403, `/facilities/${shared.facility}/rename`, post)
  await answered(403, '/account')
  await answered(403, '/people')
  const cookie = (await owner.context.cookies(server.base)).map(({ name, value }) => `${name}=${value}`).join('; ')
  await answered(403, '/account', { headers: { Cookie: cookie } })
  need((await ask('/account', { headers: { Authorization: 'Bearer rlv_0', Cookie: cookie } })).status === 401, 'a wrong token beside a cookie')

  await page.getByRole('row').filter({ hasText: 'Export de nuit' }).getByRole('button', { name: word('ui.account.session.end') }).click()
  await until('the token to end', async () => (await ask(`/facilities/${shared.facility}`)).status === 401)
  const deeds = (await owner.api('/trail')).items.map(({ deed }) => deed)
  for (const deed of ['token_made', 'token_used', 'token_ended']) need(deeds.includes(deed), `the trail has no ${deed}`)

  await button(page, 'ui.phone.start').click()
  await page.getByRole('img', { name: word('ui.phone.scan.code') }).waitFor()
  await looked(owner, 'second factor with its QR code')
  await owner.context.close()
}

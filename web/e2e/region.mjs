// SPDX-License-Identifier: EUPL-1.2
// The map of the nation. A region sees figures of its facilities and not their cartography, unless one of them shares it
// for a time.
import { createHmac } from 'node:crypto'
import { button, choose, looked, need, openWindow, until, word } from './house.mjs'

const password = 'trois clés sous le paillasson'

/** What a phone shows (RFC 6238) for a secret in base32. */
function phoneCode(secret, at = Date.now()) {
  const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  const from = mac[19] & 15
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The operator's outlines: what has one is drawn of it, what has none has a tile, and both lead where the table leads. */
export async function outlines({ browser, server, shared }) {
  need(server.said().includes(word('outlines.read', { departments: '99', regions: '0' })), 'the log does not say what was read')
  need(server.said().includes(word('outlines.ignored', { count: '1', first: 'features[99]' })), 'the log does not say what was left out')
  for (const width of [1280, 390]) {
    const owner = await openWindow(browser, server.base, { state: shared.state, width })
    const { page } = owner
    await owner.go('/places')
    const figure = page.locator('figure')
    await figure.getByText(`${word('ui.registry.map.outlines')} ${word('ui.registry.map.source', { source: 'Atlas de Brume' })}`).waitFor()
    await looked(owner, `outlines at ${width} px`)
    const table = page.getByRole('table', { name: word('ui.registry.departments') })
    for (const code of ['01', '2A', '90', '973', '976']) {
      need((await table.getByRole('link', { name: new RegExp(`^${code} `) }).count()) === 1, `${code} is not in the table`)
      need((await figure.locator('text').filter({ hasText: new RegExp(`^${code}`) }).count()) === 1, `${code} is not on the map`)
    }
    // A square is drawn within the picture whichever way its ring turns.
    const sizes = await figure.locator('svg svg path[d^=M]').evaluateAll((paths) => paths.map((path) => path.getBBox()).map(({ width, height }) => width * height))
    need(sizes.length >= 99 && sizes.every((size) => size > 100 && size < 600 * 560 / 20), `areas from ${Math.min(...sizes)} to ${Math.max(...sizes)}`)
    const frames = await figure.locator('svg > svg').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => [Math.round(width), Math.round(height)].join(' ')))
    need(new Set(frames.slice(1, 6)).size === 1, `overseas in frames of ${frames.slice(1, 6).join(', ')}`)
    for (const [code, name] of [['01', 'Auvergne-Rhône-Alpes'], ['973', 'Guyane'], ['976', 'Mayotte']]) {
      await owner.go('/places')
      await figure.locator('text').filter({ hasText: new RegExp(`^${code}`) }).click({ force: true })
      await page.getByRole('heading', { name: `${word('ui.place_kind.region')} · ${name}` }).waitFor()
    }
    need(owner.complaints.length === 0, owner.complaints.join(', '))
    await owner.context.close()
  }
}

export async function region({ browser, server, shared, patience }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const facility = shared.facility
  await until('an assessment done', async () => (await owner.api(`/facilities/${facility}/assessments`)).items.some(({ state }) => state === 'done'), { seconds: patience, every: 1000 })
  const { ancestors } = await owner.api(`/registry/places/${facility}`)
  const { place } = ancestors.find((one) => one.place.kind === 'region')
  const other = (await owner.api('/registry/places?kind=region&size=50')).items.find(({ id }) => id !== place.id)

  // Invited on the page for a whole region.
  await owner.go('/people')
  const { page: desk } = owner
  await desk.getByRole('textbox', { name: word('ui.column.name'), exact: true }).fill('Inès Régnier')
  await desk.getByLabel(word('ui.sign_in.login')).fill('ines.regnier')
  await choose(desk, 'ui.people.role', word('access.role.ars_officer'))
  await desk.getByRole('combobox', { name: new RegExp(`^${word('ui.people.place')}`) }).fill(place.name)
  await desk.getByRole('option', { name: `${place.name} · ${word('ui.place_kind.region')}`, exact: true }).click()
  need(await desk.getByLabel(word('ui.people.below.region')).isChecked(), 'a region is not taken with all below it')
  await looked(owner, 'a role for a region')
  await button(desk, 'ui.people.invite').click()
  const link = await desk.locator('code').innerText()

  const officer = await openWindow(browser, server.base)
  const { page } = officer
  await page.goto(link)
  await page.getByLabel(word('ui.invitation.password'), { exact: false }).first().fill(password)
  await button(page, 'ui.invitation.accept').click()
  await page.waitForURL(/\/account$/) // the role asks for a second factor
  await page.getByText(word('ui.people.and_below', { name: place.name })).waitFor()
  const { secret } = await officer.api('/account/phone', { password })
  await officer.api('/account/phone/confirm', { code: phoneCode(secret) })

  await page.goto(server.base)
  await page.waitForURL(/\/places$/)
  await page.goto(`${server.base}/places/${facility}`)
  const table = page.getByRole('table', { name: word('ui.indicators.title') })
  await table.waitFor()
  await looked(officer, 'figures of a facility')
  const [row] = (await officer.api(`/indicators?within=${place.id}&hierarchy=region`)).items
  need(row.facility === facility && row.latest.figures.services > 0, `the region gets ${JSON.stringify(row)}`)
  await table.getByText(word('ui.indicators.of', { count: String(row.latest.figures.services_likely_to_stop), of: String(row.latest.figures.services) })).waitFor()
  need((await officer.api(`/indicators?within=${other.id}&hierarchy=region`)).items.length === 0, `${other.name} has figures of this region's facility`)
  const cartography = () => officer.context.request.get(`${server.base}/api/v1/facilities/${facility}/elements?layer=care`)
  need((await cartography()).status() === 403, 'the region reads the cartography')
  need((await officer.context.request.get(`${server.base}/api/v1/facilities/${facility}/assessments`)).status() === 403, 'the region reads the assessments')

  // The facility shares, and ends it.
  await owner.go('/people/shares')
  await choose(desk, 'ui.shares.with', word('access.role.ars_officer'))
  await desk.getByLabel(word('ui.people.ends.perhaps')).fill('2099-01-01T00:00')
  await button(desk, 'ui.shares.share').click()
  const line = desk.getByRole('row').filter({ hasText: word('access.role.ars_officer') })
  await line.waitFor()
  await looked(owner, 'a share')
  need((await cartography()).status() === 200, 'shared, and still closed')
  await line.getByRole('button', { name: word('ui.shares.end') }).click()
  await desk.getByText(word('ui.shares.none')).waitFor()
  need((await cartography()).status() === 403, 'no longer shared, and still open')
  const { items } = await owner.api('/trail?actor=ines.regnier&deed=read')
  need(items.length > 0, 'what the region read is not in the trail')
  for (const window of [owner, officer]) await window.context.close()
}

/** A care home that works on the hospital's system is one of its services from now on. */
export async function sharedSite({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const { page } = owner
  const facility = shared.facility
  const { items } = await owner.api('/registry/places?kind=site&q=EHPAD&size=20')
  const home = items.find(({ id }) => id !== facility)
  await owner.go(`/facilities/${facility}/overview`)
  await page.getByRole('link', { name: word('ui.sites.registry') }).waitFor()
  const search = page.getByRole('combobox', { name: word('ui.sites.add') })
  await owner.settled() // a field that has only just come takes no words yet
  await search.fill(home.number)
  await page.getByRole('option', { name: home.number }).click()
  await button(page, 'ui.sites.add.do').click()
  await page.getByRole('link', { name: home.name, exact: true }).waitFor()
  await looked(owner, 'a site that shares the system')
  const services = async () => (await owner.api(`/facilities/${facility}/elements?layer=care&size=200`)).items
  need((await services()).some(({ id }) => id === `SITE-${home.id}`), 'the site is not among the services')

  await page.getByRole('link', { name: home.name, exact: true }).click()
  await page.waitForURL(/\/places\//)
  await owner.go(`/places/${facility}`)
  await page.getByRole('link', { name: word('ui.registry.facility') }).click()
  await page.waitForURL(/\/overview$/)
  await page.getByRole('button', { name: word('ui.sites.remove', { name: home.name }) }).click()
  await page.getByText(word('ui.sites.none')).waitFor()
  need(!(await services()).some(({ id }) => id === `SITE-${home.id}`), 'the site is still among the services')
  await owner.context.close()
}

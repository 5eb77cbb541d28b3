// SPDX-License-Identifier: EUPL-1.2
// From a facility that has nothing to a plan in force, by keyboard where hands are; then its second version.
import { readFileSync } from 'node:fs'
import { button, looked, need, openWindow, until, word } from './house.mjs'

const field = (within, name) => within.getByLabel(word(`ui.plan.field.${name}`), { exact: false }).first()

export async function planInForce({ browser, server, shared }) {
  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  await window.go('/new')
  await page.getByLabel(word('ui.new_facility.name')).fill('Hôpital local de Valcendre')
  await page.getByLabel(word('ui.new_facility.fictional')).check()
  await button(page, 'ui.new_facility.create').click()
  await page.waitForURL(/\/overview$/)
  const id = await until('the new facility', () => /facilities\/([^/]+)/.exec(page.url())?.[1])
  const root = `/facilities/${id}/plan`

  await window.go(root)
  await button(page, 'ui.plan.empty.button').click()
  await page.getByRole('heading', { level: 2, name: word('ui.plan.overview') }).waitFor()
  const first = await api(`${root}/versions/1`)
  need(first.version.state === 'draft' && first.document.cards.length > 20 && first.document.cells.length === 8, 'the draft does not hold the library')
  await looked(window, 'what is missing')

  // Two people, typed and kept by Enter.
  for (const [name, phone] of [['Anne Roche', '06 99 00 00 01'], ['Marc Girard', '06 99 00 00 02']]) {
    await window.go(`${root}/contacts?item=new`)
    const drawer = page.getByRole('dialog')
    await field(drawer, 'name').fill(name)
    await field(drawer, 'phone').fill(phone)
    await page.keyboard.press('Enter')
    await drawer.waitFor({ state: 'detached' })
    await page.getByRole('button', { name, exact: true }).waitFor()
  }
  // What is missing leads to where it is mended.
  await window.go(root)
  await page.getByRole('link', { name: word('plan.role_without_holder', { name: 'Directeur de crise' }) }).click()
  const role = page.getByRole('dialog')
  await field(role, 'holder').click()
  await page.keyboard.type('Anne')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await role.getByRole('button', { name: word('ui.save') }).click()
  await role.waitFor({ state: 'detached' })
  const roles = (await api(`${root}/versions/1`)).document
  const anne = roles.contacts.find(({ name }) => name === 'Anne Roche').id
  need(roles.roles.find((one) => one.id === 'crisis_director').holder === anne, 'the role has no holder')

  await window.go(`${root}/versions`)
  for (const n of [1, 2, 3]) {
    await page.getByLabel(word('ui.plan.opinion.reference')).fill(`PV ${n}`)
    await page.keyboard.press('Enter')
    await page.getByText(new RegExp(`PV ${n}$`)).waitFor()
  }
  await page.getByLabel(word('ui.plan.adopt.director')).fill('Anne Roche')
  await page.getByLabel(word('ui.plan.adopt.reference')).fill('Décision 2026-12')
  await button(page, 'ui.plan.adopt.button').click()
  await button(page, 'ui.plan.draft.begin').waitFor()
  const adopted = await api(`${root}/in-force`)
  need(adopted.version.number === 1 && adopted.version.adoption.director === 'Anne Roche' && adopted.version.opinions.length === 3, 'the plan is not in force')
  await window.go(`${root}/whole`)
  await page.getByRole('heading', { level: 2, name: word('ui.plan.part.cards') }).waitFor()
  need((await page.getByText('☐').count()) > 100, 'the paper has no boxes to tick')

  // On paper: made, downloaded, in place.
  await window.go(`/facilities/${id}/plan-in-force`)
  await button(page, 'ui.paper.make').click()
  const download = page.getByRole('link', { name: word('ui.paper.download') })
  await download.waitFor({ timeout: 300_000 })
  const waiting = page.waitForEvent('download')
  await download.click()
  const file = await waiting
  const bytes = readFileSync(await file.path())
  need(/^releve-.+-v1-.+-fr\.pdf$/.test(file.suggestedFilename()) && bytes.subarray(0, 5).toString() === '%PDF-' && bytes.length > 50_000, 'the paper set is no PDF')
  need(bytes.includes('/StructTreeRoot'), 'the paper set has no tags')
  await page.getByRole('textbox', { name: new RegExp(`^${word('ui.paper.place.who')}`) }).fill('Anne Roche')
  await page.keyboard.press('Enter')
  await page.getByText(word('ui.paper.reprint.no')).waitFor()
  await looked(window, 'the plan in force, on paper')
  await window.go(`${root}/whole`)

  // The second version: a number alone needs no new opinion, and its difference is told.
  await button(page, 'ui.plan.draft.begin').click()
  await window.go(`${root}/contacts?item=${anne}`)
  const contact = page.getByRole('dialog')
  await field(contact, 'phone').fill('06 99 00 00 09')
  await page.keyboard.press('Enter')
  await contact.waitFor({ state: 'detached' })
  await window.go(`${root}/versions`)
  await page.getByRole('row').filter({ hasText: '06 99 00 00 01' }).filter({ hasText: '06 99 00 00 09' }).waitFor()
  await page.getByLabel(word('ui.plan.adopt.director')).fill('Anne Roche')
  await page.getByLabel(word('ui.plan.adopt.reference')).fill('Décision 2026-13')
  await button(page, 'ui.plan.adopt.button').click()
  await until('version 2 in force', async () => (await api(`${root}/in-force`)).version.number === 2)
  await window.go(`/facilities/${id}/plan-in-force`)
  await page.getByText(word('ui.paper.reprint.newer_plan')).waitFor()
  need((await api(`${root}/versions/1`)).document.contacts.find((one) => one.id === anne).phone === '06 99 00 00 01', 'the first version changed')
  need(window.complaints.length === 0, window.complaints.join('\n    '))
  await window.context.close()
}

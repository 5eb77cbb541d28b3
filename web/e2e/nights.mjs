// SPDX-License-Identifier: EUPL-1.2
// The acted nights: somebody who must do it now, on what is at hand, with the time that it takes.
import { Hands, startReceivers } from './hands.mjs'
import { button, grewOlder, looked, need, openWindow, until, word } from './house.mjs'
import { fourteen_months, printedCode } from './night.mjs'

// The holders of the decision and cyber cells of the demonstration's plan, and the first deputy of its head of IT.
const called = ['p_director', 'p_cme', 'p_duty', 'p_ciso', 'p_cio', 'p_dpo']
const deputy = 'p_infrastructure'
const cutting = 'Décision 2026-052' // by which the director on call may cut the network
const mailOf = (contact) => `${contact.slice(2)}@secours.example`

/** A plan in which whoever is called has an address outside the hospital, and a mail server that takes them. */
async function prepared(owner, facility, receivers) {
  const plan = `/facilities/${facility}/plan`
  await owner.api('/settings/channels', { host: '127.0.0.1', port: receivers.port, security: 'none', from: 'alerte@vauclair.example' })
  const { document } = await owner.api(`${plan}/in-force`)
  await owner.api(`${plan}/draft`, {})
  for (const id of [...called, deputy]) await owner.api(`${plan}/draft/items`, { contact: { ...document.contacts.find((one) => one.id === id), mail: mailOf(id) } })
  const day = new Date().toISOString().slice(0, 10)
  await owner.api(`${plan}/draft/items`, { delegation: { act: 'cut_network', contact: 'p_duty', at_night: true, starts: day, ends: '2099-12-31', reference: cutting } })
  for (const body of ['directoire', 'cme', 'cse']) await owner.api(`${plan}/draft/opinions`, { opinion: { body, day, opinion: 'favourable', reference: 'PV 2026-11' } })
  const { revision } = (await owner.api(plan)).items.find(({ state }) => state === 'draft')
  await owner.api(`${plan}/draft/adopt`, { director: 'Hélène Vasseur', day, in_force: day, reference: 'Décision 2026-051', seen: revision })
  return document.contacts
}

/** B1. 02:07, a phone, an account unused for fourteen months: in by the envelope, activate, recall the cells. */
export async function nightCall({ browser, server, shared }) {
  const owner = await openWindow(browser, server.base, { state: shared.state })
  const facility = await owner.api(`/facilities/${shared.facility}`)
  const receivers = await startReceivers()
  const contacts = await prepared(owner, shared.facility, receivers)
  const name = (id) => contacts.find((one) => one.id === id).name
  const code = await printedCode(owner, 'Garde de direction', 'on_call', facility.name)
  grewOlder(server, fourteen_months)

  const phone = await openWindow(browser, server.base, { width: 390, theme: 'dark' })
  const { page } = phone
  await page.goto(`${phone.base}/`)
  await button(page, 'ui.sign_in.with_sealed').waitFor()
  const hands = new Hands(phone)
  await hands.look('the door')
  await hands.tap(button(page, 'ui.sign_in.with_sealed'))
  await hands.type(code)
  await hands.press('Enter')
  const activate = page.getByRole('link', { name: word('ui.room.activate'), exact: true }).last()
  await activate.waitFor()
  await hands.look('behind the code')
  await hands.tap(activate)
  const real = page.getByRole('button', { name: word('ui.activate.kind.real') })
  await real.waitFor()
  await hands.look('real or exercise')
  await hands.tap(real)
  await page.getByLabel(word('ui.activate.known')).first().waitFor()
  await hands.look('what is known')
  await hands.tap(button(page, 'ui.activate.suggestion.ransom_note'))
  await hands.tap(button(page, 'ui.activate.on'))
  await button(page, 'ui.activate.button').waitFor()
  await hands.look('activate')
  await hands.tap(button(page, 'ui.activate.button'))
  const recall = page.getByRole('region', { name: word('ui.recall.title') }).getByRole('link', { name: word('ui.recall.choose') })
  await recall.waitFor()
  await hands.look('the open room')
  await hands.tap(recall)
  const usual = page.getByRole('button', { name: word('ui.recall.usual.call_other', { count: called.length }) })
  await usual.waitFor()
  await hands.look('whom to call')
  await hands.tap(usual)
  const send = page.getByRole('button', { name: word('ui.recall.send_other', { count: called.length }) })
  await send.waitFor()
  await hands.look('who will receive what')
  await hands.tap(send)
  const gauge = page.getByText(new RegExp(`^${word('ui.recall.all')} 0 / ${called.length}$`))
  await gauge.waitFor()
  hands.told('b1', 180)

  const sent = Date.now()
  await until('the mails have come', () => called.every((id) => receivers.came(mailOf(id))))
  console.log(`figure nights.b1_mails_s ${((Date.now() - sent) / 1000).toFixed(1)}`)
  await hands.look('who comes')

  // One comes, one cannot: the deputy is called in his place, and the phone says so without being asked.
  // This server is opened at 127.0.0.1: its mails have no link, the room has.
  const rooms = await phone.api(`/facilities/${shared.facility}/rooms`)
  const room = rooms.items.find(({ closed }) => closed === null).id
  const { people } = await phone.api(`/facilities/${shared.facility}/rooms/${room}/callouts`)
  const [director, cio] = ['p_director', 'p_cio'].map((id) => people.find(({ who }) => who === `contact:${id}`).link)
  const answer = async (link, button_code, said) => {
    const theirs = await openWindow(browser, server.base, { width: 390 })
    await theirs.page.goto(link)
    await looked(theirs, 'the personal link')
    await button(theirs.page, button_code).click()
    await theirs.page.getByRole('status').filter({ hasText: said }).waitFor()
    await looked(theirs, 'an answer')
    return theirs
  }
  const comes = await answer(director, 'ui.answer.now', word('ui.answer.said.coming').split('{')[0])
  await page.getByText(new RegExp(`^${word('ui.recall.all')} 1 / ${called.length}$`)).waitFor()
  const cannot = await answer(cio, 'ui.answer.unavailable', word('ui.answer.said.unavailable'))
  await page.getByText(new RegExp(`^${word('ui.recall.all')} 1 / ${called.length + 1}$`)).waitFor({ timeout: 60_000 })
  await page.getByText(word('ui.recall.in_place_of', { name: name('p_cio') })).waitFor()
  await until('the deputy has his mail', () => receivers.came(mailOf(deputy)))
  await hands.look('the deputy is called')
  for (const window of [phone, comes, cannot]) need(window.complaints.every((one) => one.startsWith('401 ')), window.complaints.join('\n    '))

  shared.night = { state: await phone.context.storageState({ indexedDB: false }), room }
  await receivers.stop()
  for (const window of [owner, phone, comes, cannot]) await window.context.close()
}

const field = (within, name) => within.locator('input, textarea').and(within.getByLabel(word(`ui.room.field.${name}`), { exact: false })).first()
const roomOf = (shared) => ({ root: `/facilities/${shared.facility}/rooms/${shared.night.room}`, at: `/facilities/${shared.facility}/room/${shared.night.room}` })

/** B2. The RSSI is not to be had: whoever may decide by the plan cuts the internet, with authority, price in care and reason. */
export async function nightCut({ browser, server, shared }) {
  const phone = await openWindow(browser, server.base, { width: 390, theme: 'dark', state: shared.night.state })
  const { page, api } = phone
  const { root, at } = roomOf(shared)
  await phone.go(at)
  const hands = new Hands(phone)
  await hands.tap(page.getByRole('link', { name: word('ui.room.people'), exact: true }))
  const gone = page.getByRole('button', { name: `${word('ui.room.person.to.unavailable')} – Thomas Revel` })
  await gone.waitFor()
  await hands.look('attendance')
  await hands.tap(gone)
  await hands.tap(page.getByRole('link', { name: word('ui.room.decisions'), exact: true }))
  await hands.tap(button(page, 'ui.room.decision.new'))
  const drawer = page.getByRole('dialog')
  const cut = drawer.getByRole('combobox', { name: word('ui.room.decision.if_cut') })
  await hands.tap(cut)
  await hands.tap(page.getByRole('option', { name: word('ui.room.decision.internet'), exact: true }))
  await drawer.getByText(word('ui.room.decision.price')).waitFor()
  const may = drawer.getByRole('region', { name: word('ui.room.decision.may') })
  await may.getByText(word('ui.room.decision.may.away')).first().waitFor()
  await hands.look('a decision')
  await hands.shoot('b2-decision')
  await hands.tap(may.getByRole('button').filter({ hasText: 'Administrateur de garde' }).filter({ hasText: word('ui.plan.act.cut_network') }))
  await hands.write(field(drawer, 'reason'), 'Chiffrement en cours sur plusieurs serveurs')
  await hands.tap(drawer.getByRole('button', { name: word('ui.room.decision.add') }))
  await drawer.waitFor({ state: 'detached' })
  hands.told('b2', 180)

  const title = word('ui.room.decision.cut', { name: word('ui.room.decision.internet') })
  const held = await until('the decision stands', async () => (await api(root)).standing.find(({ row }) => row.line.deed?.decision?.title === title))
  const { decision } = held.row.line.deed
  need(decision.decided_by === 'Administrateur de garde' && decision.authority.includes(cutting) && decision.state === 'taken', `the decision: ${JSON.stringify(decision)}`)
  const soonest = (await api(`${root}/board?internet=true`)).elements.filter(({ layer, stops }) => layer === 'service' && stops !== null).sort((a, b) => a.stops.localeCompare(b.stops)).slice(0, 3)
  need(soonest.length === 3 && soonest.every(({ name }) => decision.care_cost.includes(name)), `the cut stops ${soonest.map(({ name }) => name).join(', ')} first; the price says: ${decision.care_cost}`)
  const carried = [title, decision.reason, decision.authority, decision.care_cost]
  const missing = (text) => carried.filter((one) => !text.includes(one))
  need(missing(held.row.line.text).length === 0, `the line does not tell: ${missing(held.row.line.text)}`)
  await page.goto(`${phone.base}${at}/reports`)
  await button(page, 'ui.room.report.new').click()
  const text = await page.getByLabel(word('ui.room.report.text')).inputValue()
  need(missing(text).length === 0, `the situation report does not tell: ${missing(text)}`)
  need(phone.complaints.length === 0, phone.complaints.join('\n    '))
  await phone.context.close()
}

/** What a night leaves: outages, a decision that waits, patients moved and to be moved, people who are not there. */
export async function aNight(api, root) {
  const board = await api(`${root}/board`)
  const named = (layer, n) => board.elements.filter((one) => one.layer === layer)[n]
  const impact = ({ id, name, layer }) => ({ kind: 'fact', deed: { impact: { element: id, name, layer, state: 'down', cause: 'encrypted', capacity: null, transfers: null } } })
  const placement = (number, service, destination, state) => ({ kind: 'action', deed: { placement: { number, service, bed: '', destination, state } } })
  const presence = (person, cell, state) => ({ kind: 'information', deed: { presence: { person, cell, function: '', state, expected: null } } })
  const id = () => crypto.randomUUID()
  const lines = [
    impact(named('application', 0)), impact(named('application', 1)),
    { kind: 'decision', from: 'Hélène Vasseur', deed: { decision: { id: id(), title: 'Fermer les urgences aux ambulances', reason: 'Plus de résultats de biologie', decided_by: '', authority: '', care_cost: '', review: null, state: 'pending' } } },
    { kind: 'decision', from: 'Hélène Vasseur', deed: { decision: { id: id(), title: 'Reporter la chirurgie programmée', reason: 'Imagerie arrêtée', decided_by: 'Hélène Vasseur', authority: 'Directrice', care_cost: '', review: new Date(Date.now() + 4 * 3_600_000).toISOString(), state: 'taken' } } },
    { kind: 'action', deed: { task: { id: id(), title: 'Sortir les pancartes papier en réanimation', whose: 'Cadre de nuit', due: null, state: 'open' } } },
    placement('R-12', 'Réanimation', 'CHU, réanimation', 'moved'), placement('R-14', 'Réanimation', 'CHU, réanimation', 'to_move'), placement('U-03', 'Urgences', '', 'here'),
    presence('Nadia Ferhat', 'Cellule de soins', 'present'), presence('Mehdi Arnaud', 'Cellule cyber', 'coming'),
    { kind: 'call', from: 'Administrateur de garde', to: 'SAMU', text: 'Prévenu de l’arrêt des résultats de biologie' },
    { kind: 'fact', text: 'Les postes du bloc affichent une note de rançon' },
  ]
  for (const line of lines) await api(`${root}/lines`, { line: { ...line, id: id() } })
}

const a_minute = 200 // words that a tired person reads

/** B5. 07:30: the successor reads the handover page, finds the five things on it, and says so in the journal. */
export async function nightHandover({ browser, server, shared }) {
  const { root, at } = roomOf(shared)
  const leaving = await openWindow(browser, server.base, { width: 390, state: shared.night.state })
  await aNight(leaving.api, root)
  await leaving.go(`${at}/handover`)
  await button(leaving.page, 'ui.room.handover.new').click()
  await field(leaving.page, 'leaves').fill('Administrateur de garde')
  await field(leaving.page, 'comes').fill('Marc Delorme')
  await button(leaving.page, 'ui.room.handover.add').click()
  await looked(leaving, 'the handover on a phone')

  const window = await openWindow(browser, server.base, { state: shared.state })
  const { page, api } = window
  await window.go(at)
  const hands = new Hands(window)
  await hands.tap(page.getByRole('link', { name: word('ui.room.people'), exact: true }))
  await hands.tap(page.getByRole('link', { name: word('ui.room.handover.page') }))
  const sheet = page.getByRole('region', { name: word('ui.room.handover.page') })
  await sheet.getByText('Reporter la chirurgie programmée').first().waitFor()
  await hands.look('the handover page')
  await hands.shoot('b5-handover')

  // What the page says is what the room holds.
  const [view, board] = [await api(root), await api(`${root}/board`)]
  const deeds = (name) => view.standing.map(({ row }) => row.line.deed[name]).filter(Boolean)
  const within = Date.now() + 12 * 3_600_000
  const out = board.elements.filter((one) => (one.seen ?? 'full') !== 'full' || (one.layer === 'service' && one.stops !== null && Date.parse(one.stops) <= within))
  const expected = {
    outages: out.map(({ name }) => name),
    pending: deeds('decision').filter((one) => one.state === 'pending' || (one.review && one.state !== 'revoked')).map(({ title }) => title),
    deadlines: view.clocks.filter(({ state, obligation }) => (state === 'running' || state === 'late') && !obligation.startsWith('review/')).map(({ label }) => label),
    present: deeds('presence').filter(({ state }) => state === 'present').map(({ person }) => person),
    absent: deeds('presence').filter(({ state }) => state !== 'present').map(({ person }) => person),
    moved: deeds('placement').filter(({ state }) => state === 'moved' || state === 'to_move').map(({ number }) => number),
  }
  for (const [what, names] of Object.entries(expected)) {
    need(names.length > 0, `the night has no ${what}`)
    const section = sheet.getByRole('region', { name: word(`ui.room.handover.${what}`) })
    const said = await section.innerText()
    need(said.includes(`(${names.length})`) && names.every((one) => said.includes(one)), `${what} are ${names.join(', ')}; the page says: ${said.slice(0, 600)}`)
  }
  const words = (await sheet.innerText()).split(/\s+/).filter(Boolean).length
  console.log(`figure nights.b5_words ${words}`)
  const reading = (words / a_minute) * 60
  await hands.tap(sheet.getByRole('button', { name: word('ui.room.handover.acknowledge') }))
  await sheet.getByText(/^✓/).waitFor()
  console.log(`figure nights.b5_s ${(hands.seconds() + reading).toFixed(0)}`)
  need(hands.seconds() + reading < 300, `five minutes do not suffice: ${words} words`)
  const handover = (await api(root)).standing.map(({ row }) => row.line).find(({ deed }) => deed.handover?.acknowledged)
  need(handover && handover.text.includes('Marc Delorme') && handover.author !== '', `the journal says ${JSON.stringify(handover)}`)

  await api(`${root}/lines`, { line: { id: crypto.randomUUID(), kind: 'decision', deed: { closing: { lessons: '' } } } })
  for (const one of [leaving, window]) {
    need(one.complaints.length === 0, one.complaints.join('\n    '))
    await one.context.close()
  }
}

// SPDX-License-Identifier: EUPL-1.2
// The fictional server as a function: (method, path, body) -> status and value. Also what the page's tests talk to.
import { account, codes, doors, passkeys, people, providers, roles, session, shares, trail } from './fake_access.ts'
import { assessments, fallOf, frontier, outcome, storyOf, whatIf } from './fake_outcome.ts'
import { makePaper, paperSets, placePaper } from './fake_paper.ts'
import { adoptPlan, contactsPreview, hear, moveItem, planDifference, planOf, planVersions, putItem, removeItem, takeContacts } from './fake_plan.ts'
import { call, calloutPreview, channels, choices, no_choices, no_staff, recalled, staff, staffPreview } from './fake_recall.ts'
import { elementOf, empty_id, facilities, facility_id, facilityOf, imports, keepAnswer, message, rowsOf } from './fake_world.ts'
import { activate, boardNow, bulletinPage, documentOf, linesOf, publish, roomOf, roomsOf, writeLine } from './fake_room.ts'
import { indicators, placeOf, placesOf, populationOf, populations, registryImports, summaryOf } from './fake_registry.ts'
import type { Bulletin, BulletinWords, Import, Job, Layer, NewLine, NewRoom } from '../src/api/client.ts'

export interface Answer { status: number; value: unknown }
interface Asked { method: string; path: string; query: URLSearchParams; body: Record<string, unknown> }
type Handler = (parts: string[], asked: Asked) => unknown

class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly where: string
  constructor(status: number, code: string, where = '') {
    super(code)
    this.status = status
    this.code = code
    this.where = where
  }
}

const own_imports = [...imports]
const own_assessments = [...assessments]
const tables = [
  { file: 'measures.json', overridden: false, version: '1', text: JSON.stringify([{ kind: 'edr', unit: 'host', cost_eur: 8000, cost_per_unit_eur: 45, effort_days: 25, value: 0.5, source: 'Ordre de grandeur, à remplacer par vos devis', confidence: 'expert' }, { kind: 'offline_backup', unit: 'item', cost_eur: 25000, cost_per_unit_eur: 4000, effort_days: 20, value: 1, source: 'Ordre de grandeur, à remplacer par vos devis', confidence: 'expert' }], null, 2) },
  { file: 'attack.json', overridden: true, version: '1+local', text: JSON.stringify({ doors: [{ id: 'credentials', share: 0.36, source: 'Sophos, State of Ransomware in Healthcare 2024', confidence: 'derived' }, { id: 'supplier', share: 0.05, source: 'jugement d’expert', confidence: 'expert' }], chances: [{ id: 'night', share: 0.76, source: 'Mandiant 2017-19', confidence: 'verified' }] }, null, 2) },
]

const started = new Map<string, number>()
export const clock = { now: () => Date.now() }
function jobOf(id: string): Job {
  const at = started.get(id)
  const progress = at === undefined ? 1 : Math.min(1, (clock.now() - at) / 8000)
  const state = progress >= 1 ? 'done' : 'running'
  if (state === 'done') finish(id)
  return { id, facility: facility_id, kind: id.startsWith('ja') ? 'assessment' : 'import', subject: '', state, progress, detail: '', created: '2026-11-22T08:00:00.000Z', started: null, ended: null }
}
function finish(job: string) {
  const run = own_assessments.find((one) => one.job === job && one.state === 'running')
  if (run) Object.assign(run, { state: 'done', headline: outcome.headline })
  const read = own_imports.find((one) => one.job === job && one.state === 'reading')
  if (read) Object.assign(read, { state: 'ready', recognised: message('demo.recognised.nmap', { hosts: 214 }), difference: imports[1]?.difference })
}
const importOf = (id: string | undefined): Import => {
  const found = own_imports.find((one) => one.id === id)
  if (!found) throw new Refusal(404, 'api.not_found')
  return found
}
const found = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Refusal(404, 'api.not_found')
  return value
}
const filled = (parts: string[]) => parts[0] === facility_id

const routes: [string, Handler][] = [
  ['GET /session', () => session],
  ['GET /account', () => account],
  ['GET /account/doors', () => doors],
  ['POST /account/tokens', () => ({ secret: `rlv_${'0a'.repeat(24)}`, doors })],
  ['GET /sign-in/providers', () => ({ items: providers })],
  ['GET /people/*/doors', () => doors],
  ['POST /account/phone', () => ({ secret: 'GEZDGNBVGY3TQOJQ', address: 'otpauth://totp/Rel%C3%A8ve:owner?secret=GEZDGNBVGY3TQOJQ' })],
  ['GET /account/passkeys', () => ({ items: passkeys })],
  ['GET /roles', () => roles],
  ['GET /people', () => ({ items: people })],
  ['POST /people', () => ({ person: people[1], token: 'a1b2c3' })],
  ['GET /facilities/*/shares', () => ({ items: shares })],
  ['POST /facilities/*/shares', () => ({ items: shares })],
  ['POST /facilities/*/shares/*/end', () => ({ items: [] })],
  ['GET /indicators', () => ({ items: indicators })],
  ['GET /sealed-codes', () => ({ items: codes })],
  ['POST /sealed-codes', () => ({ sheet: codes[0], code: '7K3M9QXR2TFA8VHC' })],
  ['GET /trail', () => ({ items: trail })],
  ['GET /trail/check', () => ({ entries: 4, digests: 1, fault: null })],
  ['POST /sign-in', (_parts, { body }) => {
    if (body['password'] !== 'trois clés sous le paillasson') throw new Refusal(401, 'access.wrong_sign_in')
    if (body['code'] === undefined) throw new Refusal(401, 'access.code_needed', 'code')
    return { signed_in: true }
  }],
  ['POST /invitations/look', (_parts, { body }) => {
    if (body['token'] !== 'a1b2c3') throw new Refusal(404, 'access.used_link')
    return { login: 'marc.girard', name: 'Marc Girard' }
  }],
  ['GET /facilities/*/recall', (parts) => (filled(parts) ? choices : no_choices)],
  ['GET /facilities/*/staff', (parts) => (filled(parts) ? staff : no_staff)],
  ['POST /facilities/*/staff/preview', () => staffPreview],
  ['GET /facilities/*/rooms/*/callouts', () => recalled],
  ['POST /facilities/*/rooms/*/callouts/preview', () => calloutPreview],
  ['POST /facilities/*/rooms/*/callouts', () => recalled],
  ['POST /facilities/*/rooms/*/callouts/remind', () => recalled],
  ['POST /facilities/*/rooms/*/called/*/deputy', () => recalled],
  ['POST /answers/look', (_parts, { body }) => {
    if (body['token'] !== 'a1b2c3') throw new Refusal(404, 'recall.no_such_link')
    return call
  }],
  ['POST /answers', (_parts, { body }) => ({ ...call, state: body['comes'] ? 'coming' : 'unavailable', expected: body['expected'] ?? null })],
  ['GET /settings/channels', () => channels],
  ['POST /settings/channels', () => channels],
  ['POST /settings/channels/test', () => ({ taken: true, why: '' })],
  ['GET /facilities', () => ({ items: facilities })],
  ['POST /facilities', () => facilityOf(empty_id)],
  ['GET /facilities/*', ([id = '']) => found(facilityOf(id))],
  ['GET /facilities/*/imports', (parts) => ({ items: filled(parts) ? own_imports : [] })],
  ['POST /facilities/*/imports', (_parts, { query }) => {
    const id = `i${own_imports.length + 1}`
    started.set(`j${id}`, clock.now())
    const one: Import = { id, file_name: query.get('file_name') ?? '', file_size: 120_000, format: 'nmap', state: 'reading', recognised: null, findings: [], difference: null, mapping: [], columns: [], created: new Date().toISOString(), created_by: 'owner', committed: null, job: `j${id}` }
    own_imports.unshift(one)
    return one
  }],
  ['GET /facilities/*/imports/*', ([, id]) => importOf(id)],
  ['POST /facilities/*/imports/*/commit', ([, id]) => Object.assign(importOf(id), { state: 'committed', committed: new Date().toISOString() })],
  ['POST /facilities/*/imports/*/undo', ([, id]) => Object.assign(importOf(id), { state: 'undone' })],
  ['POST /facilities/*/imports/*/discard', ([, id]) => Object.assign(importOf(id), { state: 'discarded' })],
  ['POST /facilities/*/imports/*/mapping', ([, id], { body }) => Object.assign(importOf(id), { mapping: body['mapping'] })],
  ['GET /facilities/*/elements', (parts, { query }) => {
    const rows = filled(parts) ? rowsOf((query.get('layer') ?? 'care') as Layer) : []
    const size = Number(query.get('size') ?? 100)
    const page = Number(query.get('page') ?? 1)
    return { total: rows.length, items: rows.slice((page - 1) * size, page * size) }
  }],
  ['GET /facilities/*/elements/*', ([, id = '']) => found(elementOf(id))],
  ['GET /facilities/*/elements/*/fall', ([, id = '']) => fallOf(id)],
  ['POST /facilities/*/answers', ([id = ''], { body }) => {
    keepAnswer(String(body['element']), String(body['field']), String(body['value']))
    return found(facilityOf(id))
  }],
  ['POST /facilities/*/answers/remove', ([id = ''], { body }) => {
    keepAnswer(String(body['element']), String(body['field']), null)
    return found(facilityOf(id))
  }],
  ['GET /facilities/*/assessments', (parts) => ({ items: filled(parts) ? own_assessments : [] })],
  ['POST /facilities/*/assessments', (_parts, { body }) => {
    const base = found(assessments[0])
    const id = `a${own_assessments.length + 1}`
    started.set(`j${id}`, clock.now())
    const run = { ...base, id, state: 'running' as const, scenario: String(body['scenario']), worlds: Number(body['worlds']), created: new Date().toISOString(), job: `j${id}`, headline: null }
    own_assessments.unshift(run)
    return run
  }],
  ['GET /facilities/*/assessments/*/outcome', () => outcome],
  ['POST /facilities/*/assessments/*/what-if', (_parts, { body }) => whatIf(body['measures'] as string[], body['costs'] as [])],
  ['GET /facilities/*/assessments/*/frontier', () => frontier()],
  ['GET /facilities/*/assessments/*/stories/*', ([, , world = '']) => storyOf(world)],
  ['GET /jobs/*', ([id = '']) => jobOf(id)],
  ['POST /jobs/*/cancel', ([id = '']) => {
    const run = own_assessments.findIndex((one) => one.job === id)
    if (run >= 0) own_assessments.splice(run, 1)
    started.delete(id)
    return { ...jobOf(id), state: 'cancelled' }
  }],
  ['GET /facilities/*/plan', (parts) => (filled(parts) ? planVersions() : { items: [] })],
  ['GET /facilities/*/plan/versions/*', ([, number]) => found(planOf(Number(number)))],
  ['GET /facilities/*/plan/versions/*/difference', ([, number]) => planDifference(Number(number))],
  ['GET /facilities/*/plan/in-force', (parts) => {
    const adopted = filled(parts) ? planVersions().items.find(({ state }) => state === 'in_force') : undefined
    if (!adopted) throw new Refusal(404, 'plan.none_in_force')
    return planOf(adopted.number)
  }],
  ['GET /facilities/*/plan/paper', () => paperSets()],
  ['POST /facilities/*/plan/paper', (_parts, { body }) => makePaper(String(body['language']))],
  ['POST /facilities/*/plan/paper/*/placed', ([, set = ''], { body }) => placePaper(set, String(body['day']), String(body['who']))],
  ['POST /facilities/*/plan/draft', () => found(planOf(2))],
  ['POST /facilities/*/plan/draft/items', (_parts, { body }) => {
    if (!putItem(body)) throw new Refusal(409, 'edit.changed_meanwhile')
    return found(planOf(2))
  }],
  ['POST /facilities/*/plan/draft/items/remove', (_parts, { body }) => {
    if (!removeItem(String(body['part']), String(body['id']), body['revision'] as number | null)) throw new Refusal(409, 'edit.changed_meanwhile')
    return found(planOf(2))
  }],
  ['POST /facilities/*/plan/draft/items/move', (_parts, { body }) => {
    moveItem(String(body['part']), String(body['id']), String(body['before']))
    return found(planOf(2))
  }],
  ['POST /facilities/*/plan/draft/contacts/preview', () => contactsPreview()],
  ['POST /facilities/*/plan/draft/contacts', () => takeContacts()],
  ['POST /facilities/*/plan/draft/services', () => found(planOf(2))],
  ['POST /facilities/*/plan/draft/opinions', (_parts, { body }) => {
    hear(body['opinion'] as Parameters<typeof hear>[0])
    return found(planOf(2))
  }],
  ['POST /facilities/*/plan/draft/adopt', (_parts, { body }) => {
    adoptPlan(body)
    return found(planOf(2))
  }],
  ['GET /facilities/*/rooms', ([id = '']) => roomsOf(id)],
  ['POST /facilities/*/rooms', ([id = ''], { body }) => activate(id, body as unknown as NewRoom)],
  ['GET /facilities/*/rooms/*', ([, room = '']) => found(roomOf(room))],
  ['GET /facilities/*/rooms/*/lines', (_parts, { query }) => linesOf(Number(query.get('after') ?? 0))],
  ['POST /facilities/*/rooms/*/lines', (_parts, { body }) => writeLine(body['line'] as NewLine)],
  ['POST /facilities/*/rooms/*/bulletins/preview', (_parts, { body }) => bulletinPage(body as unknown as BulletinWords)],
  ['POST /facilities/*/rooms/*/bulletins', (_parts, { body }) => publish(body['line'] as string, body['bulletin'] as Bulletin)],
  ['GET /facilities/*/rooms/*/board', () => boardNow()],
  ['GET /facilities/*/rooms/*/documents/*', ([, , document = '']) => documentOf(document)],
  ['POST /facilities/*/rooms/*/merge', () => ({ lines: 12, known: 3, left_out: [], missing_files: [] })],
  ['GET /registry/places', (_parts, { query }) => placesOf(query)],
  ['GET /registry/places/*', ([id = '']) => found(placeOf(id))],
  ['GET /registry/places/*/summary', ([id = '']) => found(summaryOf(id))],
  ['GET /registry/outlines', () => ({ items: [], source: '' })],
  ['GET /registry/compare', (_parts, { query }) => ({ items: (query.get('ids') ?? '').split(',').map((id) => found(placeOf(id))) })],
  ['GET /registry/imports', () => ({ items: registryImports })],
  ['GET /registry/imports/*', ([id = '']) => found(registryImports.find((one) => one.id === id))],
  ['POST /registry/imports/*/accept', ([id = '']) => Object.assign(found(registryImports.find((one) => one.id === id)), { state: 'accepted', accepted: new Date().toISOString() })],
  ['POST /registry/imports/*/discard', ([id = '']) => Object.assign(found(registryImports.find((one) => one.id === id)), { state: 'discarded' })],
  ['GET /registry/populations', () => ({ items: populations })],
  ['GET /registry/populations/*', ([id = '']) => found(populationOf(id))],
  ['POST /registry/populations', (_parts, { body }) => {
    const made = { name: body['name'], kind: body['kind'], source: body['source'], frozen: body['frozen'], id: `p${populations.length + 1}`, created: new Date().toISOString(), created_by: 'owner' } as (typeof populations)[number]
    populations.unshift(made)
    return made
  }],
  ['GET /settings/tables', () => ({ items: tables })],
  ['POST /settings/tables', (_parts, { body }) => {
    const table = found(tables.find(({ file }) => file === body['file']))
    const text = String(body['text'])
    if (text.includes('-1')) throw new Refusal(400, 'describe.below_minimum', '[0].cost_eur')
    return Object.assign(table, { text: text || table.text, overridden: text !== '', version: `1+${text.length}` })
  }],
]

export function answer(method: string, url: string, body: Record<string, unknown> = {}): Answer {
  const [path = '', query = ''] = url.split('?')
  const names = path.split('/').filter(Boolean).map(decodeURIComponent)
  for (const [pattern, handler] of routes) {
    const [wanted, shape = ''] = pattern.split(' ')
    const steps = shape.split('/').filter(Boolean)
    if (wanted !== method || steps.length !== names.length) continue
    if (!steps.every((step, i) => step === '*' || step === names[i])) continue
    try {
      const parts = names.filter((_name, i) => steps[i] === '*')
      return { status: 200, value: handler(parts, { method, path, query: new URLSearchParams(query), body }) }
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return { status: refusal.status, value: { kind: 'invalid', message: message(refusal.code), where: refusal.where, incident: '' } }
    }
  }
  return { status: 404, value: { kind: 'not_found', message: message('api.not_found'), where: path, incident: 'F-404' } }
}

// SPDX-License-Identifier: EUPL-1.2
// The plan of the fictional hospital: the starting library, some people, and a draft of its second version.
import cards from '../../data/plan/fr/cards.json' with { type: 'json' }
import messages from '../../data/plan/fr/messages.json' with { type: 'json' }
import organisation from '../../data/plan/fr/organisation.json' with { type: 'json' }
import paper from '../../data/plan/fr/paper.json' with { type: 'json' }
import type { ContactsPreview, DegradedMode, Finding, PlanDocument, PlanVersion, PlanView } from '../src/api/client.ts'

const horizons = ['h2', 'h8', 'h24', 'h72', 'w1', 'w4'] as const
const modes = (written: number, assumed: boolean): DegradedMode[] =>
  horizons.map((horizon, i) => ({ horizon, capacity: 1 - 0.14 * (i + 1), assumed, procedure: i < written ? 'Passage au papier, coursiers vers le laboratoire.' : '', forms: i < written ? ['notes'] : [], stocks: [] }))
const staff: PlanDocument['contacts'] = [
  ['lea', 'Léa Morel', 'Directrice', '06 99 00 00 01', '2026-10-12'], ['karim', 'Karim Benali', 'RSSI', '06 99 00 00 02', '2025-09-20'],
  ['ines', 'Inès Costa', 'Cadre supérieure de santé', '06 99 00 00 03', ''], ['luc', 'Luc Faure', 'Administrateur de garde', '', ''],
].map(([id = '', name = '', post = '', phone = '', checked = '']) => ({ id, revision: 1, group: 'staff', name, post, phone, other_phone: '', mail: '', checked, note: '', source: '' }))

function documentNow(): PlanDocument {
  const text = (one: object) => JSON.parse(JSON.stringify(one)) as Record<string, Record<string, unknown>[]>
  const filled = (list: Record<string, unknown>[] | undefined, empty: Record<string, unknown>) => (list ?? []).map((one) => ({ ...empty, revision: 1, ...one }))
  const from = text(organisation)
  const on_paper = text(paper)
  return {
    frame: { revision: 1, room: '', other_room: '', channel: 'Téléphones de secours', next_review: '2026-06-01', ...organisation.frame, title: 'Plan blanc numérique – CH de Valmont' },
    criteria: filled(from['criteria'], { source: '' }),
    delegations: [{ id: 'd1', revision: 1, act: 'cut_network', contact: 'karim', at_night: true, starts: '2026-01-01', ends: '2026-12-31', reference: 'Décision 2026-04' }],
    cells: filled(from['cells'], { place: '' }),
    roles: filled(from['roles'], { holder: '', deputies: [] }).map((one, i) => (i === 0 ? { ...one, holder: 'lea', deputies: ['luc', 'ines'] } : one)),
    contacts: [...staff, ...filled(from['contacts'], { other_phone: '', mail: '', checked: '' }).map((one) => ('id' in one && one.id === 'samu' ? { ...one, phone: '01 99 00 70 04' } : one))],
    calls: [{ id: 't1', revision: 1, caller: 'luc', called: ['lea', 'karim'] }],
    cards: filled(text(cards)['cards'], { role: '' }),
    services: [['SAU', 'Urgences adultes', 'emergency', 2], ['LABO', 'Laboratoire', 'laboratory', 6], ['REA', 'Réanimation', 'intensive_care', 1]].map(([id, name, sector, written]) => ({
      id, revision: 1, name, sector, lead: '', applications: ['Dossier patient'], modes: modes(Number(written), Number(written) < 6),
    })),
    forms: filled(on_paper['forms'], { fields: [], columns: [], copies: 0, place: '' }),
    messages: filled(text(messages)['messages'], {}),
    kits: filled(on_paper['kits'], { place: '', keeper: '', checked: '' }),
    stocks: filled(on_paper['stocks'], { place: '', quantity: 0, least: 0, checked: '' }),
    trainings: filled(on_paper['trainings'], { last_held: '', next: '' }),
  } as unknown as PlanDocument
}

const gap = (severity: Finding['severity'], code: string, place: string, params: Record<string, string> = {}): Finding =>
  ({ severity, file: '', line: 0, place, message: { code: `plan.${code}`, params: Object.entries(params).map(([name, value]) => ({ name, value })) } })
const findings: Finding[] = [
  gap('warning', 'no_room', 'frame'), gap('warning', 'review_past', 'frame', { day: '2026-06-01' }),
  gap('error', 'no_night_delegation', 'delegations', { act: 'declare' }), gap('error', 'no_night_delegation', 'delegations', { act: 'complain' }),
  gap('warning', 'number_stale', 'contacts/karim', { name: 'Karim Benali', months: '14' }), gap('warning', 'number_never_checked', 'contacts/ines', { name: 'Inès Costa' }),
  gap('error', 'contact_without_number', 'contacts/luc', { name: 'Luc Faure' }), gap('warning', 'role_without_deputies', 'roles/crisis_director', { name: 'Directeur de crise', n: '2', total: '3' }),
  gap('warning', 'services_without_mode', 'services', { n: '2', total: '3', horizon: 'h24' }), gap('error', 'service_without_sheet', 'services', { name: 'Dialyse' }),
]

const by = { created: '2026-10-02T07:00:00.000Z', created_by: 'owner', changed: '2026-11-20T16:40:00.000Z', changed_by: 'karim.benali' }
const opinion = (body: 'directoire' | 'cme' | 'cse', revision: number) => ({ body, opinion: 'favourable' as const, day: '2026-09-14', reference: 'PV 2026-09', revision })
function begin() {
  const versions: PlanVersion[] = [
    { number: 2, state: 'draft', revision: 4, opinions: [opinion('directoire', 3)], adoption: null, ...by },
    { number: 1, state: 'in_force', revision: 9, opinions: [opinion('directoire', 9), opinion('cme', 9), opinion('cse', 9)], ...by,
      adoption: { director: 'Léa Morel', day: '2026-09-28', reference: 'Décision 2026-31', in_force: '2026-10-01', written_by: 'owner', written: '2026-09-28T09:00:00.000Z' } },
  ]
  return { versions, document: documentNow() }
}
let world = begin()
/** As at the beginning: tests do not meet. */
export const resetPlan = () => { world = begin() }

export const planVersions = () => ({ items: world.versions })
export function planOf(number: number): PlanView | null {
  const version = world.versions.find((one) => one.number === number)
  if (!version) return null
  const { document } = world
  const heard = version.opinions.map(({ body }) => body)
  const parts = Object.entries(document).map(([part, list]) => ({ part, items: Array.isArray(list) ? list.length : 1, gaps: findings.filter(({ place }) => place?.split('/')[0] === part).length }))
  return { version, to_hear: version.state === 'draft' ? (['directoire', 'cme', 'cse'] as const).filter((one) => !heard.includes(one)) : [], withheld: false, document, parts, findings }
}

const listOf: Record<string, keyof PlanDocument> = { criterion: 'criteria', delegation: 'delegations', cell: 'cells', role: 'roles', contact: 'contacts', call: 'calls', card: 'cards', service: 'services', form: 'forms', message: 'messages', kit: 'kits', stock: 'stocks', training: 'trainings' }
/** Puts an item as the server would; false: somebody else was faster. */
export function putItem(edit: Record<string, unknown>): boolean {
  const [name = '', item] = Object.entries(edit)[0] as [string, { id?: string; revision?: number | null }]
  const draft = world.versions[0]
  if (!draft) return false
  draft.revision += 1
  if (name === 'frame') {
    Object.assign(world.document.frame, item, { revision: draft.revision })
    return true
  }
  const list = world.document[listOf[name] as 'contacts'] as unknown as { id?: string; revision?: number | null }[]
  const place = list.findIndex(({ id }) => id === item.id)
  if (place >= 0 && item.revision && list[place]?.revision !== item.revision) return false
  const kept = { ...item, id: item.id ?? `new-${draft.revision}`, revision: draft.revision }
  if (place >= 0) list[place] = kept
  else list.push(kept)
  return true
}
/** False: somebody else was faster. */
export function removeItem(part: string, id: string, seen: number | null): boolean {
  const list = world.document[part as 'contacts']
  const place = list.findIndex((one) => one.id === id)
  if (seen && list[place]?.revision !== seen) return false
  list.splice(place, 1)
  return true
}
export function moveItem(part: string, id: string, before: string): void {
  const list = world.document[part as 'contacts']
  const [item] = list.splice(list.findIndex((one) => one.id === id), 1)
  const next = list.findIndex((one) => one.id === before)
  if (item) list.splice(next < 0 ? list.length : next, 0, item)
}
/** A file with one new number and one new person. */
export const contactsPreview = (): ContactsPreview => ({
  file: 'annuaire.csv', hash: 'ab', revision: world.versions[0]?.revision ?? 0, usable: true, listed: 3, same: 1, unlisted: world.document.contacts.length - 2,
  changes: [
    { part: 'contacts', id: 'karim', name: 'Karim Benali', kind: 'changed', fields: [{ field: 'phone', before: '06 99 00 00 02', after: '06 99 00 00 12' }] },
    { part: 'contacts', id: 'line 4', name: 'Paul Aubry', kind: 'added', fields: [] },
  ],
  findings: [{ severity: 'warning', file: 'annuaire.csv', line: 5, place: '', message: { code: 'people.bad_phone', params: [{ name: 'name', value: 'Paul Aubry' }, { name: 'value', value: 'zéro six' }] } }],
})
export function takeContacts(): ContactsPreview {
  const preview = contactsPreview()
  putItem({ contact: { ...world.document.contacts.find(({ id }) => id === 'karim'), phone: '06 99 00 00 12', checked: '', revision: null } })
  putItem({ contact: { group: 'staff', name: 'Paul Aubry', post: '', phone: '', other_phone: '', mail: 'paul@hors.example', checked: '', note: '', source: '' } })
  return preview
}
export function hear(opinion: PlanVersion['opinions'][number]): void {
  const draft = world.versions[0]
  if (draft) draft.opinions = [...draft.opinions.filter(({ body }) => body !== opinion.body), { ...opinion, revision: draft.revision }]
}
export function adoptPlan(given: Record<string, unknown>): void {
  const [draft, former] = world.versions
  if (former) former.state = 'past'
  if (draft) Object.assign(draft, { state: 'in_force', adoption: { ...given, written_by: 'owner', written: '2026-11-22T08:00:00.000Z' } })
}
export const planDifference = (to: number) => to === 1 ? { from: 0, to, changes: [] } : { from: 1, to, changes: [
  { part: 'contacts', id: 'karim', name: 'Karim Benali', kind: 'changed', fields: [{ field: 'phone', before: '06 99 00 00 09', after: '06 99 00 00 02' }] },
  { part: 'trainings', id: 'newcomers', name: 'Accueil des nouveaux', kind: 'added', fields: [] },
] }

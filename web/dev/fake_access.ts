// SPDX-License-Identifier: EUPL-1.2
// Fictional people, their rights and what the trail says of them.
import { facility_id } from './fake_world.ts'
import type { Account, Doors, Grant, Passkey, Person, Role, Session, SealedCode, SharedPlace, TrailEntry } from '../src/api/client.ts'

const at = (day: number, hour: number) => `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`
const rights: Session['somewhere'] = ['indicators', 'view', 'edit', 'run', 'grant', 'audit', 'steer', 'crisis', 'adopt']

export const session: Session = {
  user: 'owner', language: 'fr', instance: 'poste de démonstration', version: '0.1.0', facility: facility_id, needs_phone: false, everywhere: rights, somewhere: rights,
}

const role = (id: string, held: Role['held'] = 'lasting', strong = false): Role => ({ id, rights: ['indicators', 'view'], if_shared: [], strong, held })
export const roles = {
  version: '2026-11-26', source: 'démonstration',
  roles: [role('administrator', 'lasting', true), role('rssi', 'lasting', true), role('duty_administrator'), role('read_only'), role('temporary_responder', 'dated'), { ...role('ars_officer', 'lasting', true), rights: ['indicators'], if_shared: ['view'] }, role('on_call', 'sealed'), role('break_glass', 'sealed')],
}

let grants = 0
const grant = (account: string, given: string, more: Partial<Grant> = {}): Grant => ({
  id: `g${++grants}`, account, role: given, place: facility_id, hierarchy: '', recursive: false, starts: at(2, 8), ends: null, granted: at(2, 8), granted_by: 'owner', ended: null, ended_by: '', exceptions: [], ...more,
})
const person = (id: string, name: string, roles_held: Grant[], more: Partial<Person> = {}): Person => ({
  id, name, login: name.toLowerCase().normalize('NFD').replace(/[^a-z ]/g, '').replace(' ', '.'), contact: '', active: true, has_password: true, has_phone: false, last_seen: at(24, 9), grants: roles_held, ...more,
})
export const people: Person[] = [
  person('p1', 'Aïcha Benali', [grant('p1', 'rssi')], { has_phone: true, contact: 'poste 4410' }),
  person('p2', 'Marc Girard', [grant('p2', 'duty_administrator')]),
  person('p3', 'Renfort CERT', [grant('p3', 'temporary_responder', { ends: at(23, 8), ended: at(23, 8), ended_by: 'time' })], { last_seen: null, has_password: false }),
]
export const account: Account = {
  login: 'owner', name: 'Propriétaire', has_password: true, has_phone: false, recovery_codes: 0, grants: [grant('owner', 'administrator', { place: '' })],
  sessions: [
    { id: 's1', present: true, created: at(24, 8), last_seen: at(24, 9), ends: at(30, 8), peer: '192.0.2.10', agent: 'Firefox 128, Debian' },
    { id: 's2', present: false, created: at(22, 18), last_seen: at(22, 19), ends: at(29, 18), peer: '192.0.2.44', agent: 'Safari, iPhone' },
  ],
}
export const providers = [{ id: 'psc', label: 'Pro Santé Connect' }]
export const doors: Doors = {
  identities: [{ id: 'i1', provider: 'Pro Santé Connect', shown: 'DURAND Claire', siret: '26310012500017', linked: at(4, 9), last_seen: at(24, 8) }],
  tokens: [
    { id: 't1', name: 'Export de nuit', rights: ['view'], place: facility_id, created: at(5, 9), ends: at(30, 9), last_used: at(24, 2), last_peer: '192.0.2.31', ended: null, ended_by: '' },
    { id: 't2', name: 'Essai', rights: ['indicators'], place: '', created: at(1, 9), ends: at(8, 9), last_used: null, last_peer: '', ended: at(8, 9), ended_by: 'time' },
  ],
}
export const shares: SharedPlace[] = [{ place: facility_id, role: 'ars_officer', shared: at(5, 10), shared_by: 'owner', ends: null }]
export const passkeys: Passkey[] = [{ id: 'k1', name: 'Téléphone de service', created: at(4, 9), last_used: at(23, 7) }]
const code = (id: string, post: string, more: Partial<SealedCode> = {}): SealedCode => ({
  id, post, role: 'on_call', place: facility_id, created: at(3, 9), created_by: 'owner', renew: '2027-11-03T09:00:00.000Z', ends: '2028-05-04T09:00:00.000Z', used: null, used_from: '', revoked: null, revoked_by: '', ...more,
})
export const codes: SealedCode[] = [code('c1', 'Administrateur de garde'), code('c2', 'Cadre de nuit', { used: at(12, 2), used_from: '192.0.2.77' })]
const entry = (number: number, actor: string, deed: string, subject: string, place = facility_id): TrailEntry => ({
  number, at: at(20, number), actor, peer: '192.0.2.10', deed, place, subject, detail: [], previous: 'a'.repeat(64), hash: 'b'.repeat(64),
})
export const trail: TrailEntry[] = [
  entry(4, 'code:Cadre de nuit', 'code_opened', 'Cadre de nuit'), entry(3, 'aicha.benali', 'read', 'GET /facilities/{facility}/elements'),
  entry(2, 'owner', 'grant', 'aicha.benali'), entry(1, 'owner', 'sign_in', 'owner', ''),
]

// SPDX-License-Identifier: EUPL-1.2
// A crisis of the fictional hospital, with people on their way.
import type { AnswerPage, CallChoices, CalledRow, CalloutPreview, Channels, RecallView, StaffPage, StaffPreview } from '../src/api/client.ts'

const opened = '2026-11-26T01:07:00.000Z'

const people: [string, string, string, string, CalledRow['state']][] = [
  ['Anne Lefèvre', 'Directrice de crise', 'Cellule de décision', '0600000001', 'coming'], ['Marc Girard', 'RSSI', 'Cellule cyber', '0600000002', 'called'],
  ['Luc Faure', 'Administrateur', 'Cellule cyber', '0600000003', 'unavailable'], ['Nadia Benali', 'Infirmière', '', '0600000004', 'present'],
]
const called: CalledRow[] = people.map(([person, post, cell, mobile, state], i) => ({
  id: `c${i}`, callout: 'o1', who: cell ? `contact:p${i}` : `staff:s${i}`, person, site: '', unit: cell ? '' : 'Réanimation polyvalente', cell, post, skills: cell ? [] : ['dialyse'],
  contact: { phone: '', mobile, mail: '' }, link: `https://releve.example/answer#${'0'.repeat(31)}${i}`, state, expected: state === 'coming' ? '2026-11-26T01:40:00.000Z' : null,
  called: opened, in_place_of: i === 2 ? 'Marc Girard' : '',
  sendings: [{ channel: 'gateway', reminder: false, state: i === 1 ? 'failed' : 'sent', tries: 1, ended: opened, why: i === 1 ? 'HTTP 404' : '' }],
}))
export const recalled: RecallView = {
  callouts: [{ id: 'o1', message: 'Cyberattaque en cours : venez.', place: 'Salle de crise', begun: opened, begun_by: 'garde', deputies_after: 10, people: 4, text: 'EXERCICE – Centre hospitalier de Valmont-sur-Serre : Cyberattaque en cours : venez. Lieu : Salle de crise. Répondez : {link}' }],
  people: called,
  all: { name: '', called: 4, coming: 1, present: 1, unavailable: 1 },
  units: [{ name: 'Cellule cyber', called: 2, coming: 0, present: 0, unavailable: 1 }, { name: 'Cellule de décision', called: 1, coming: 1, present: 0, unavailable: 0 }],
  skills: [{ name: 'dialyse', called: 1, coming: 0, present: 1, unavailable: 0 }],
}
const recipients = called.map(({ who, person, post, cell, unit, contact }) => ({ who, person, post, cell, unit, mail: '', gateway: contact.mobile, phone: contact.mobile }))
export const choices: CallChoices = {
  roles: [
    { role: 'crisis_director', cell: 'Cellule de décision', name: 'Directeur de crise', holder: 'Anne Lefèvre', deputies: 3, usual: true },
    { role: 'rssi', cell: 'Cellule cyber', name: 'RSSI', holder: 'Marc Girard', deputies: 1, usual: true },
    { role: 'stock', cell: 'Logistique', name: 'Magasin', holder: '', deputies: 0, usual: false },
  ],
  usual: recipients.slice(0, 2), has_plan: true, has_mail: false, has_gateway: true,
}
export const no_choices: CallChoices = { roles: [], usual: [], has_plan: false, has_mail: false, has_gateway: false }
export const calloutPreview: CalloutPreview = {
  recipients: recipients.slice(0, 2), by_mail: 0, by_gateway: 2, by_hand: 0, subject: 'Valmont : vous êtes rappelé(e)', mail: '',
  text: 'EXERCICE – Valmont : Cyberattaque en cours. Répondez : …/answer#…', has_mail: false, has_gateway: true, findings: [],
}
export const staff: StaffPage = {
  directory: { facility: '990000017', file: 'agents.xlsx', people: 3012, imported: '2026-11-02T09:00:00.000Z', imported_by: 'owner' },
  items: [{ id: 's3', name: 'BENALI Nadia', site: 'Valmont', unit: 'Réanimation polyvalente', post: 'Infirmière', skills: ['dialyse'], contact: { phone: '', mobile: '0600000004', mail: 'n.benali@secours.example' }, source_row: 2 }],
  found: 1, sites: [{ name: 'Valmont', people: 3012 }], units: [{ name: 'Réanimation polyvalente', people: 84 }], skills: [{ name: 'dialyse', people: 31 }],
}
export const no_staff: StaffPage = { directory: null, items: [], found: 0, sites: [], units: [], skills: [] }
export const staffPreview: StaffPreview = { file: 'agents.xlsx', hash: 'ab', usable: true, people: 3012, added: 12, changed: 40, gone: 3, findings: [] }
export const call: AnswerPage = {
  facility: 'Centre hospitalier de Valmont-sur-Serre', person: 'Marc Girard', exercise: true, message: 'Cyberattaque en cours : venez.', place: 'Salle de crise', state: 'reached',
  expected: null, now: opened,
}
export const channels: Channels = { host: 'mail.example', port: 587, security: 'starttls', user: 'alerte', has_password: true, from: 'alerte@valmont.example', url: 'https://sms.example/send', has_secret: true }

// SPDX-License-Identifier: EUPL-1.2
// A crisis in the fictional hospital: one room, its lines, what follows from them. Of each thing the latest line stands.
import type { Bulletin, BulletinWords, ImpactBoard, Line, LineRow, NewLine, NewRoom, RoomClock, RoomRow, RoomView, Standing } from '../src/api/client.ts'

export const room_id = '01940000-0000-7000-8000-000000000001'
const chain = '01940000-0000-7000-8000-00000000000a'
const minutes = 60_000
const no_deed = { opening: null, level: null, impact: null, task: null, tick: null, decision: null, presence: null, handover: null, request: null, placement: null, milestone: null, notice: null, report: null, joined: null, closing: null, bulletin: null }
const ago = (min: number) => new Date(Date.now() - min * minutes).toISOString()
const ahead = (min: number) => ago(-min)

const said: [number, Line['kind'], string, string, string, NewLine['deed']?][] = [
  [134, 'decision', 'Ouverture de la salle : crise réelle, mobilisation interne. Note de rançon imprimée.', '', '', { opening: { kind: 'real', name: 'Crise cyber du 26 novembre', level: 'internal_mobilisation', plan: 1 } }],
  [131, 'fact', 'Note de rançon sortie de l’imprimante du laboratoire.', 'Laboratoire', 'Secrétariat'],
  [128, 'fact', 'SIL Bioréseau : arrêté (chiffré).', 'Laboratoire', 'Cellule cyber', { impact: { element: 'SIL', name: 'SIL Bioréseau', layer: 'application', state: 'down', cause: 'encrypted', capacity: null, transfers: null } }],
  [122, 'call', 'Astreinte CERT Santé prévenue, rappel promis dans l’heure.', 'RSSI', 'CERT Santé'],
  [110, 'decision', 'Décision « Couper les liens vers les sites distants » : prise.', 'Léa Morel', '', { decision: { id: 'd1', title: 'Couper les liens vers les sites distants', reason: 'Empêcher la propagation vers l’EHPAD.', decided_by: 'Léa Morel', authority: 'Directrice', care_cost: 'Plus de résultats à distance.', review: ahead(46), state: 'taken' } }],
  [104, 'action', 'Tâche « Porter les résultats urgents à pied » : à faire.', '', 'Organisation des soins', { task: { id: 't1', title: 'Porter les résultats urgents à pied', whose: 'Organisation des soins', due: ahead(20), state: 'open' } }],
  [98, 'action', 'Tâche « Sortir les téléphones de secours » : en cours.', '', 'Logistique', { task: { id: 't2', title: 'Sortir les téléphones de secours', whose: 'Logistique', due: null, state: 'doing' } }],
  [90, 'information', 'Léa Morel : présent.', '', '', { presence: { person: 'Léa Morel', cell: 'Décision', function: 'Directeur de crise', state: 'present', expected: null } }],
  [88, 'information', 'Karim Benali : en route.', '', '', { presence: { person: 'Karim Benali', cell: 'Cyber', function: '', state: 'coming', expected: ahead(25) } }],
  [60, 'information', 'Patient n° 4521 : à transférer.', '', '', { placement: { number: '4521', service: 'Réanimation', bed: '12', destination: 'CHU', state: 'to_move' } }],
  [44, 'call', 'Proposition au SAMU : dérouter les ambulances.', 'Décision', 'SAMU', { request: { id: 'r1', kind: 'close_emergency', what: 'Dérouter les ambulances', quantity: 0, whom: 'SAMU', state: 'asked', answer: '' } }],
  [12, 'fact', 'Automates du laboratoire isolés, résultats imprimés sur place.', 'Laboratoire', 'Organisation des soins'],
]

const rowOf = (line: NewLine, arrived: number): LineRow => ({
  arrived, chain, number: arrived, hash: `${arrived.toString(16).padStart(8, '0')}${line.id.replaceAll('-', '')}`.padEnd(64, '0'),
  line: {
    happened: new Date().toISOString(), typed: new Date().toISOString(), from: '', to: '', corrects: '', attachments: [], seen: null, ...line, author: 'owner', text: line.text || `Ligne ${arrived}`,
    deed: line.deed ? { ...no_deed, ...line.deed } : null,
  } as Line,
})
const begin = () => ({
  rooms: [{ id: room_id, facility: '990000017', kind: 'real', name: 'Crise cyber du 26 novembre', level: 'internal_mobilisation', opened: ago(134), opened_by: 'owner', closed: null, lines: said.length, next_label: 'Dépôt de plainte', next_due: ahead(70 * 60) }] as RoomRow[],
  rows: said.map(([min, kind, text, from, to, deed], i) => rowOf({ id: `01940000-0000-7000-8000-${String(i + 1).padStart(12, '0')}`, happened: ago(min), typed: ago(min === 131 ? 119 : min), kind, text, from, to, deed: deed ?? null }, i + 1)),
})
let world = begin()
/** As at the beginning: tests do not meet. */
export const resetRoom = () => { world = begin() }

const keys: Partial<Record<keyof typeof no_deed, string>> = { impact: 'name', task: 'id', decision: 'id', presence: 'person', handover: 'id', request: 'id', placement: 'number', milestone: 'event', notice: 'obligation', report: 'number', bulletin: 'id' }
function standing(): Standing[] {
  const corrected = new Set(world.rows.map(({ line }) => line.corrects))
  const all = new Map<string, LineRow>()
  for (const row of world.rows) {
    const { deed } = row.line
    const name = deed && (Object.keys(no_deed) as (keyof typeof no_deed)[]).find((one) => deed[one] !== null)
    if (!deed || !name || corrected.has(row.line.id)) continue
    const what = deed[name] as unknown as Record<string, unknown>
    all.set(name === 'tick' ? `tick/${String(what['card'])}/${String(what['gesture'])}` : `${name}/${String(what[keys[name] ?? ''] ?? '')}`, row)
  }
  return [...all].sort(([a], [b]) => a.localeCompare(b)).map(([subject, row]) => ({ subject, row, since: row.line.happened, contested: [] }))
}

const clock = (obligation: string, label: string, recipient: string, more: Partial<Required<RoomClock>> = {}): RoomClock => ({
  obligation, label, recipient, state: 'running', event: 'attack_known', event_label: 'Connaissance de l’attaque', started: ago(134), assumed: true, due: null, met: null, document: '', source: 'code de la santé publique L.3131-7', confirmed: true, first: false, contact: '', ...more,
})
function clocks(): RoomClock[] {
  const all = [
    clock('ars', 'ARS prévenue', 'ARS, point focal régional', { confirmed: false, event: 'activation', first: true, contact: 'ars' }),
    clock('samu', 'SAMU prévenu', 'SAMU – centre 15', { confirmed: false, event: 'activation', first: true, contact: 'samu' }),
    clock('prefect', 'Préfet prévenu', 'Préfecture, permanence', { confirmed: false, event: 'activation', first: true, contact: 'prefecture' }),
    clock('complaint', 'Dépôt de plainte', 'Police, gendarmerie ou procureur', { due: ahead(70 * 60 - 14), document: 'complaint' }),
    clock('cnil', 'Notification à la CNIL', 'CNIL, téléservice', { due: ahead(70 * 60 - 14), event: 'breach_known', document: 'cnil' }),
    clock('evidence', 'Preuves mises de côté', 'Cellule cyber'),
    clock('nis2_warning', 'NIS 2 : alerte précoce', 'ANSSI', { state: 'not_applicable', confirmed: false }),
  ]
  return all.map((one) => {
    const notice = standing().find(({ subject }) => subject === `notice/${one.obligation}`)
    const state = notice?.row.line.deed?.notice?.state
    return state && state !== 'open' ? { ...one, state, met: state === 'met' ? (notice?.row.line.happened ?? null) : null } : one
  })
}

export const roomsOf = (facility: string) => ({ items: facility === '990000017' ? world.rooms.map((one) => ({ ...one, lines: world.rows.length })) : [] })
export function roomOf(room: string): RoomView | undefined {
  const row = world.rooms.find(({ id }) => id === room)
  const head = world.rows.at(-1)?.hash ?? ''
  return row && { room: row, now: new Date().toISOString(), through: world.rows.length, standing: standing(), clocks: clocks(), chains: [{ id: chain, node: 'serveur', own: true, here: true, lines: world.rows.length, head, short_head: '7f3a 21c0 9be4' }], public_page: `/bulletin/${room.replaceAll('-', '')}5c0ffee5c0ffee5c0ffee5c0` }
}
export const linesOf = (after: number) => ({ items: world.rows.filter(({ arrived }) => arrived > after), through: world.rows.length })
export function writeLine(line: NewLine): LineRow {
  const known = world.rows.find((row) => row.line.id === line.id)
  if (known) return known
  const row = rowOf(line, world.rows.length + 1)
  if (row.line.deed?.report) row.line.deed.report.number = world.rows.filter((one) => one.line.deed?.report).length + 1
  world.rows = [...world.rows, row]
  const [room] = world.rooms
  if (room && line.deed?.closing) Object.assign(room, { closed: row.line.happened })
  if (room && line.deed?.level) Object.assign(room, { level: line.deed.level.level })
  return row
}
export function publish(line: string, bulletin: Bulletin): LineRow {
  const told = world.rows.flatMap((one) => one.line.deed?.bulletin ?? [])
  const number = told.find(({ id }) => id === bulletin.id)?.number ?? told.length + 1
  return writeLine({ id: line, kind: 'decision', text: `Bulletin public n° ${number} : « ${bulletin.title} »`, deed: { bulletin: { ...bulletin, number } } })
}
/** As src/respond/crisis/bulletin_page.cpp writes it, without the earlier ones. */
export function bulletinPage({ title, text, title_en, text_en }: BulletinWords) {
  const escaped = (said: string) => said.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`)
  const paragraphs = (said: string) => said.split('\n').filter(Boolean).map((one) => `<p>${escaped(one)}</p>`).join('')
  const english = text_en ? `<div class="english" lang="en"><h2>${escaped(title_en)}</h2>${paragraphs(text_en)}</div>` : ''
  return { html: `<!doctype html><html lang="fr"><head><style>.bulletin { padding: 1em; color: #111; font: 1.125em/1.5 sans-serif; } .bulletin h1 { font-size: 1.6em; }</style></head><body><div class="bulletin"><p>Centre hospitalier de Valmont-sur-Serre (fictif)</p><main><article><h1>${escaped(title)}</h1>${paragraphs(text)}${english}</article></main></div></body></html>` }
}
export function activate(facility: string, wanted: NewRoom): RoomView | undefined {
  world.rooms = [{ ...world.rooms[0], id: wanted.room, facility, kind: wanted.kind, level: wanted.level, name: wanted.name || 'Crise cyber', opened: new Date().toISOString(), closed: null } as RoomRow, ...world.rooms]
  return roomOf(wanted.room)
}

const hurt = (id: string, name: string, layer: 'service' | 'application' | 'component', more: Partial<ImpactBoard['elements'][number]> = {}): ImpactBoard['elements'][number] => ({
  id, name, layer, seen: null, since: null, cause: 'unknown', forecast: 'full', tolerated_h: null, tolerated_until: null, capacity_seen: null, capacity: layer === 'service' ? 1 : null, stops: null, transfers: 0, curve: [], contested: false, ...more,
})
export function boardNow(): ImpactBoard {
  const seen = standing().flatMap(({ row }) => row.line.deed?.impact ?? [])
  const elements = [
    hurt('LABO', 'Laboratoire de biologie médicale', 'service', { capacity: 0.45, capacity_seen: 0.4, stops: ahead(80) }),
    hurt('SAU', 'Urgences adultes', 'service', { capacity: 0.7, stops: ahead(260), transfers: 3 }),
    hurt('REA', 'Réanimation polyvalente', 'service'), hurt('PUI', 'Pharmacie à usage intérieur', 'service'), hurt('MAT', 'Maternité', 'service'),
    hurt('SIL', 'SIL Bioréseau', 'application', { seen: 'down', since: ago(128), forecast: 'down', tolerated_h: 2, tolerated_until: ago(8) }),
    hurt('DPI', 'Dossier patient Héliante', 'application', { tolerated_h: 4 }), hurt('PACS', 'PACS Opaline', 'application'),
  ].map((one) => {
    const impact = seen.findLast(({ element }) => element === one.id)
    return impact ? { ...one, seen: impact.state, since: one.since ?? ago(1) } : one
  })
  return { now: new Date().toISOString(), elements, first: [{ id: 'SIL', name: 'SIL Bioréseau', regained: 41.5, services: ['Laboratoire de biologie médicale', 'Urgences adultes'], with_others: false }, { id: 'SRV-SIL', name: 'SRV-SIL-01', regained: 41.5, services: ['Laboratoire de biologie médicale'], with_others: true }], known: true }
}
export const documentOf = (document: string) => ({ document, title: document === 'situation' ? 'Point de situation' : document === 'handover' ? 'Page de relève' : 'Dépôt de plainte', text: 'SOINS TOUCHÉS\n- Laboratoire de biologie médicale : capacité prévue 45 %\n\nÉCHÉANCES\n- Dépôt de plainte : avant le 29 novembre 21:40\n' })

// SPDX-License-Identifier: EUPL-1.2
// A fictional hospital, for looking at the screens without a server. Never in the production bundle.
import type { Element, ElementRow, Facility, FacilityRow, Finding, Import, Layer, Link, Message, Origin } from '../src/api/client.ts'

export const facility_id = '990000017'
export const empty_id = '990000025'
export const facility_name = 'Centre hospitalier de Valmont-sur-Serre'

/** Same numbers at each start: mulberry32. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const message = (code: string, params: Record<string, string | number> = {}): Message => ({
  code,
  params: Object.entries(params).map(([name, value]) => ({ name, value: String(value) })),
})

const services: [string, string, string, number][] = [
  ['LABO', 'Laboratoire de biologie médicale', 'laboratory', 6], ['SAU', 'Urgences adultes', 'emergency', 8], ['REA', 'Réanimation polyvalente', 'intensive_care', 10],
  ['BLOC', 'Bloc opératoire', 'theatre', 9], ['IMAG', 'Imagerie médicale', 'imaging', 6], ['PUI', 'Pharmacie à usage intérieur', 'pharmacy', 5],
  ['SAMU', 'Centre 15 (SAMU)', 'emergency_call', 10], ['MAT', 'Maternité et salle de naissance', 'obstetrics', 7], ['NEO', 'Néonatologie', 'neonatal', 8],
  ['DIAL', 'Hémodialyse', 'dialysis', 6], ['CHIMIO', 'Hôpital de jour de cancérologie', 'chemotherapy', 5], ['RADIO', 'Radiothérapie', 'radiotherapy', 5],
  ['CARDIO', 'Cardiologie et soins intensifs', 'medicine', 4], ['NEURO', 'Neurologie (UNV)', 'medicine', 4], ['PNEUMO', 'Pneumologie', 'medicine', 2],
  ['GASTRO', 'Gastro-entérologie', 'medicine', 2], ['MEDPO', 'Médecine polyvalente', 'medicine', 1], ['GERIA', 'Court séjour gériatrique', 'medicine', 1],
  ['CHIRV', 'Chirurgie viscérale', 'surgery', 3], ['ORTHO', 'Chirurgie orthopédique', 'surgery', 3], ['AMBU', 'Chirurgie ambulatoire', 'surgery', 2],
  ['PEDIA', 'Pédiatrie', 'paediatrics', 3], ['PSY', 'Psychiatrie de secteur', 'psychiatry', 1], ['SMR', 'Soins médicaux et de réadaptation', 'rehabilitation', 1],
  ['USLD', 'Unité de soins de longue durée', 'long_term_care', 1], ['EFS', 'Dépôt de sang', 'blood_bank', 6], ['STERI', 'Stérilisation centrale', 'sterilisation', 3],
  ['CUIS', 'Restauration', 'kitchen', 1], ['ADM', 'Bureau des entrées', 'admissions', 2], ['CONS', 'Consultations externes', 'outpatients', 1],
  ['LOGI', 'Magasin et brancardage', 'logistics', 1],
]
const known_apps: [string, string, string][] = [
  ['DPI', 'Dossier patient Héliante', 'patient_record'], ['GAM', 'Gestion administrative Sillage-A', 'admissions'], ['SIL', 'SIL Bioréseau', 'laboratory'],
  ['RIS', 'RIS Opaline', 'imaging'], ['PACS', 'PACS Opaline', 'imaging'], ['PHARMA', 'Circuit du médicament Galène', 'pharmacy'], ['BLOCAPP', 'Programmation du bloc Scialys', 'theatre'],
  ['ICCA', 'Dossier de réanimation Vigie', 'intensive_care'], ['CHIMIOAPP', 'Prescription de chimiothérapie Cytolis', 'chemotherapy'], ['DIALAPP', 'Dossier de dialyse Hémalis', 'dialysis'],
  ['SANG', 'Traçabilité des produits sanguins', 'blood_bank'], ['STERAPP', 'Traçabilité de la stérilisation', 'sterilisation'], ['RESTO', 'Commande de repas Assiette', 'kitchen'],
  ['EAI', 'Moteur d’échanges Passerelle', 'interface_engine'], ['MSS', 'Messagerie sécurisée', 'messaging'], ['TEL', 'Autocommutateur', 'telephony'], ['LITS', 'Gestion des lits', 'bed_map'],
  ['RHP', 'Planning du personnel Cadence', 'staff_planning'], ['PAIE', 'Paie', 'payroll'], ['GEF', 'Gestion économique et financière', 'finance'], ['RDV', 'Prise de rendez-vous', 'appointment'],
  ['SAMUAPP', 'Régulation médicale', 'emergency'], ['OBST', 'Dossier obstétrical', 'maternity'], ['IDENT', 'Serveur d’identités', 'identity'],
]
const extra_app = ['Archivage', 'Gestion documentaire', 'Qualité', 'Matériovigilance', 'Gestion des stocks', 'Maintenance biomédicale', 'Tableau de bord', 'Annuaire', 'Formation', 'Dictée numérique']

const zones = [['SRV', 'Serveurs'], ['PDT', 'Postes de travail'], ['BIOMED', 'Biomédical'], ['ADMINZ', 'Administration'], ['DMZ', 'Zone exposée'], ['WIFI', 'Wi-Fi invité']] as const

export interface Node { id: string; layer: Layer; kind: string; name: string; detail: string; zone: string; state: ElementRow['state'] }
const roll = dice(7)
const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T
const trust = (): ElementRow['state'] => pick(['confirmed', 'partly', 'default', 'default'] as const)

function build() {
  const nodes: Node[] = services.map(([id, name, kind, weight], i) => ({
    id, layer: 'care', kind, name, detail: `${8 + Math.floor(roll() * 40)} lits · poids ${weight}`, zone: '', state: i < 7 ? 'confirmed' : trust(),
  }))
  for (let i = 0; i < 120; i++) {
    const known = known_apps[i]
    const suffix = extra_app[i % extra_app.length] ?? ''
    nodes.push({
      id: known?.[0] ?? `APP-${i + 1}`, layer: 'application', kind: known?.[2] ?? 'other', name: known?.[1] ?? `${suffix} ${pick(services)[1].split(' ')[0]} ${i - 22}`,
      detail: pick(['sur site · DMIA 4 h', 'sur site · DMIA 24 h', 'hébergée · DMIA 72 h', 'SaaS']), zone: 'SRV', state: trust(),
    })
  }
  const kinds: [string, string, number, string][] = [['server', 'SRV', 92, 'SRV'], ['workstations', 'PC', 38, 'PDT'], ['hypervisor', 'ESX', 8, 'SRV'], ['storage', 'BAIE', 4, 'SRV'],
    ['directory', 'AD', 3, 'SRV'], ['dns', 'DNS', 2, 'SRV'], ['network', 'COEUR', 6, 'SRV'], ['telephony', 'IPBX', 2, 'SRV'], ['medical_device', 'AUTOMATE', 41, 'BIOMED'], ['backup', 'SAUV', 3, 'ADMINZ']]
  for (const [kind, stem, count, zone] of kinds) {
    for (let i = 1; i <= count; i++) {
      const name = kind === 'workstations' ? `${stem}-${(services[i % services.length]?.[0] ?? 'DIV')}-*` : `${stem}-${String(i).padStart(2, '0')}`
      nodes.push({ id: `${kind}-${i}`, layer: 'infrastructure', kind, name, detail: pick(['Windows Server 2016', 'Windows Server 2022', 'Windows 10', 'VMware ESXi 7', 'Debian 12']), zone, state: trust() })
    }
  }
  for (const [id, name] of zones) nodes.push({ id: `zone-${id}`, layer: 'zone', kind: 'zone', name, detail: '10.20.0.0/16', zone: '', state: 'confirmed' })
  const given = ['marie', 'karim', 'sophie', 'julien', 'nadia', 'paul', 'lea', 'hugo', 'ines', 'luc']
  const family = ['morel', 'benali', 'girard', 'lefevre', 'costa', 'nguyen', 'petit', 'roche', 'faure', 'diallo']
  for (let i = 0; i < 3012; i++) {
    const name = i < 6 ? `adm-${given[i]}` : i < 20 ? `svc-${(known_apps[i]?.[0] ?? 'app').toLowerCase()}` : `${given[i % 10]}.${family[Math.floor(i / 10) % 10]}${i > 110 ? i : ''}`
    nodes.push({ id: `S-1-5-21-${i}`, layer: 'account', kind: i % 40 === 5 ? 'group' : 'user', name, detail: i < 6 ? 'Admins du domaine' : 'CHVAL.LOCAL', zone: '', state: 'confirmed' })
  }
  return nodes
}
export const nodes = build()
const by_id = new Map(nodes.map((node) => [node.id, node]))

export interface Edge { from: string; to: string; kind: string; autonomy: number | null; alternative: string; least: string | null }
export const edges: Edge[] = []
const edge = (from: string, to: string, autonomy: number | null = null, kind = 'needs', alternative = '', least: string | null = null) => edges.push({ from, to, kind, autonomy, alternative, least })
const own: Record<string, string> = { LABO: 'SIL', IMAG: 'RIS', PUI: 'PHARMA', REA: 'ICCA', BLOC: 'BLOCAPP', DIAL: 'DIALAPP', CHIMIO: 'CHIMIOAPP', EFS: 'SANG', STERI: 'STERAPP', CUIS: 'RESTO', ADM: 'GAM', SAMU: 'SAMUAPP', MAT: 'OBST', CONS: 'RDV' }
for (const [id] of services) {
  if (!['CUIS', 'LOGI', 'STERI'].includes(id)) edge(id, 'DPI', pick([1, 2, 4, 8]), 'needs', '', 'read_only')
  if (own[id]) edge(id, own[id], pick([0.7, 2, 4]))
  if (['SAU', 'REA', 'BLOC', 'CARDIO', 'NEURO'].includes(id)) { edge(id, 'PACS', 2); edge(id, 'SIL', 4) }
  edge(id, `workstations-${1 + Math.floor(roll() * 38)}`, 0.5)
  edge(id, 'TEL', 1)
}
for (const { id } of nodes.filter(({ layer }) => layer === 'application')) {
  edge(id, `server-${1 + Math.floor(roll() * 92)}`)
  if (roll() < 0.5) edge(id, `server-${1 + Math.floor(roll() * 92)}`, null, 'needs', 'base de données')
  edge(id, 'directory-1', 1, 'needs', 'annuaire')
  if (roll() < 0.2) edge(id, 'EAI', null, 'interface')
}
for (let i = 1; i <= 92; i++) {
  edge(`server-${i}`, `hypervisor-${1 + (i % 8)}`)
  edge(`server-${i}`, `backup-${1 + (i % 3)}`, null, 'backed_up_by')
}
for (let i = 1; i <= 8; i++) edge(`hypervisor-${i}`, `storage-${1 + (i % 4)}`)

const link = (node: Node | undefined, of: Edge): Link[] =>
  node ? [{ id: node.id, layer: node.layer, kind: node.kind, name: node.name, dependency_kind: of.kind, alternative: of.alternative, autonomy_h: of.autonomy ?? 0, least_state: of.least ?? '' }] : []

export function rowsOf(layer: Layer): ElementRow[] {
  if (layer === 'dependency') {
    return edges.map((one) => ({
      id: `${one.from}>${one.to}`, layer, kind: one.kind, name: `${by_id.get(one.from)?.name} → ${by_id.get(one.to)?.name}`, detail: one.autonomy ? `autonomie ${one.autonomy} h` : '',
      state: 'default', zone: '', needs: 1, needed_by: 1,
    }))
  }
  return nodes.filter((node) => node.layer === layer).map((node) => ({
    ...node, needs: edges.filter(({ from }) => from === node.id).length, needed_by: edges.filter(({ to }) => to === node.id).length,
  }))
}

const from_template: Origin = { kind: 'import', source: 'inventaire-applicatif-2026.xlsx', when: '2026-11-12T08:20:00.000Z' }
const answered: Origin = { kind: 'answer', source: 'cadre du laboratoire', when: '2026-11-18T14:05:00.000Z' }
const answers = new Map<string, string>()
export const keepAnswer = (element: string, field: string, json: string | null) => {
  if (json === null) answers.delete(`${element}.${field}`)
  else answers.set(`${element}.${field}`, String(JSON.parse(json)))
}

export function elementOf(id: string): Element | null {
  const node = by_id.get(id)
  if (!node) {
    const [from = '', to = ''] = id.split('>')
    const one = edges.find((e) => e.from === from && e.to === to)
    if (!one) return null
    return { id, layer: 'dependency', kind: one.kind, name: `${by_id.get(from)?.name} → ${by_id.get(to)?.name}`, fields: fieldsOf('dependency'), sightings: [], weaknesses: [], needs: link(by_id.get(to), one), needed_by: link(by_id.get(from), one) }
  }
  return {
    id, layer: node.layer, kind: node.kind, name: node.name,
    fields: fieldsOf(node.layer).map((field) => {
      const said = answers.get(`${id}.${field.name}`)
      return said === undefined ? field : { ...field, value: said, origin: { ...answered, source: 'owner' } }
    }),
    sightings: node.layer === 'infrastructure' ? [
      { source: 'nmap-2026-11-10.xml', format: 'nmap', seen_as: '10.20.4.31', matched_by: 'adresse IP' },
      { source: 'bloodhound-2026-11-09.zip', format: 'sharphound', seen_as: `${node.name}.CHVAL.LOCAL`, matched_by: 'nom DNS' },
    ] : [],
    weaknesses: node.layer === 'infrastructure' && node.kind === 'server' ? [
      { id: 'w1', title: 'Exécution de code à distance dans le spouleur d’impression', cves: ['CVE-2021-34527'], severity: 4, port: 445, flaw: 'ransomware' },
    ] : [],
    needs: edges.filter(({ from }) => from === id).flatMap((one) => link(by_id.get(one.to), one)),
    needed_by: edges.filter(({ to }) => to === id).flatMap((one) => link(by_id.get(one.from), one)),
  }
}

function fieldsOf(layer: Layer): Element['fields'] {
  const row = (name: string, value: string, unit: string, origin: Origin | null) => ({ name, value, refers_to: '', unit, origin })
  if (layer === 'care') return [row('beds', '24', 'lits', from_template), row('occupancy', '0.86', '', null), row('weight', '6', '', null), row('capacity_2h', '0.9', '', answered), row('capacity_8h', '0.6', '', answered), row('capacity_24h', '0.45', '', null), row('capacity_72h', '0.3', '', null), row('capacity_1w', '0.3', '', null), row('capacity_4w', '0.25', '', null)]
  if (layer === 'application') return [row('vendor', 'Héliante Santé', '', from_template), row('hosting', 'on_site', '', from_template), row('rto_h', '4', 'h', from_template), row('rpo_h', '24', 'h', null), row('availability', '4', '', null), row('confidentiality', '3', '', null)]
  if (layer === 'infrastructure') return [row('ip', '10.20.4.31', '', from_template), row('operating_system', 'Windows Server 2016', '', from_template), row('domain_joined', 'true', '', from_template), row('internet_exposed', 'false', '', null), row('kept_on_shutdown', 'false', '', null)]
  if (layer === 'zone') return [row('addresses', '10.20.0.0/16', '', from_template), row('watch', 'antivirus', '', null), row('remote_access_mfa', 'false', '', null)]
  if (layer === 'dependency') return [row('autonomy_h', '2', 'h', null), row('least_state', 'read_only', '', null)]
  return [row('name', 'CHVAL.LOCAL', '', from_template)]
}

const finding = (severity: Finding['severity'], what: Message, file = '', line = 0, place = ''): Finding => ({ severity, message: what, file, line, place })
const findings: Finding[] = [
  finding('warning', message('demo.finding.no_dependency', { name: 'Consultations externes' }), '', 0, 'CONS'),
  finding('warning', message('demo.finding.no_dependency', { name: 'Magasin et brancardage' }), '', 0, 'LOGI'),
  finding('note', message('demo.finding.old_scan', { file: 'nmap-2026-11-10.xml', days: 12 }), 'nmap-2026-11-10.xml'),
]

export function facilityOf(id: string): Facility | null {
  const common = { fictional: true, created: '2026-10-02T07:00:00.000Z' }
  if (id === empty_id) return { ...common, id, name: 'Hôpital local de Bréville', version: 0, counts: [], confirmed: { services: 0, services_confirmed: 0, facts: 0, facts_confirmed: 0 }, findings: [], last_import: null, latest_assessment: null, place: '', sites: [] }
  if (id !== facility_id) return null
  const count = (element: string, layer: Layer) => ({ element, count: rowsOf(layer).length, confirmed: rowsOf(layer).filter(({ state }) => state === 'confirmed').length })
  return {
    ...common, id, name: facility_name, version: 14, last_import: '2026-11-20T16:40:00.000Z', latest_assessment: null, place: '', sites: [], findings,
    counts: [count('service', 'care'), count('application', 'application'), count('component', 'infrastructure'), count('dependency', 'dependency'), count('zone', 'zone'), { element: 'account', count: 3012, confirmed: 3012 }],
    confirmed: { services: 31, services_confirmed: 7, facts: 1412, facts_confirmed: 388 },
  }
}
export const facilities: FacilityRow[] = [
  { id: facility_id, name: facility_name, fictional: true, version: 14, services: 31, open: true, created: '2026-10-02T07:00:00.000Z' },
  { id: empty_id, name: 'Hôpital local de Bréville', fictional: true, version: 0, services: 0, open: true, created: '2026-11-21T07:00:00.000Z' },
]

const none: Pick<Import, 'mapping' | 'columns' | 'findings' | 'difference' | 'committed'> = { mapping: [], columns: [], findings: [], difference: null, committed: null }
const counts = (rows: [string, number, number, number, number, number][]) => rows.map(([element, created, kept, changed, gone, back]) => ({ element, created, kept, changed, gone, back }))
export const imports: Import[] = [
  {
    ...none, id: 'i6', file_name: 'bloodhound-2026-11-21.zip', file_size: 18_400_000, format: 'sharphound', state: 'ready', recognised: message('demo.recognised.sharphound', { domain: 'CHVAL.LOCAL', accounts: '3 012' }),
    created: '2026-11-22T07:12:00.000Z', created_by: 'owner', job: 'j6',
    difference: {
      counts: counts([['accounts', 14, 2981, 11, 6, 0], ['machines', 3, 812, 5, 2, 1], ['relations', 41, 9120, 0, 17, 0]]),
      changes: [
        { kind: 'created', element: 'account', id: 'x1', name: 'svc-sauvegarde2', fields: [], by: null }, { kind: 'created', element: 'machine', id: 'x2', name: 'SRV-PACS-03', fields: [], by: null },
        { kind: 'changed', element: 'machine', id: 'x3', name: 'SRV-SIL-01', fields: ['operating_system', 'ip'], by: null }, { kind: 'changed', element: 'account', id: 'x4', name: 'adm-karim', fields: ['kind'], by: null },
        { kind: 'gone', element: 'account', id: 'x5', name: 'stagiaire.ide04', fields: [], by: null }, { kind: 'back', element: 'machine', id: 'x6', name: 'PC-LABO-017', fields: [], by: null },
        ...['a', 'b', 'c', 'd', 'e', 'f'].map((one) => ({ kind: 'created' as const, element: 'account', id: one, name: `interne.${one}2026`, fields: [], by: null })),
      ],
    },
    findings: [
      finding('warning', message('demo.finding.sessions_missing', { machines: 214 }), 'bloodhound-2026-11-21.zip!sessions.json', 0, ''),
      ...[3, 12, 48].map((line) => finding('warning', message('demo.finding.unknown_sid', { sid: `S-1-5-21-…-${1100 + line}` }), 'bloodhound-2026-11-21.zip!groups.json', line, '')),
    ],
  },
  {
    ...none, id: 'i5', file_name: 'export-glpi-ordinateurs.xlsx', file_size: 412_000, format: 'sheet', state: 'ready', recognised: message('demo.recognised.sheet', { sheets: 1, rows: 486 }),
    created: '2026-11-22T07:10:00.000Z', created_by: 'owner', job: 'j5', columns: ['Nom', 'Statut', 'Système d’exploitation', 'Adresse IP', 'Lieu', 'Usager'],
    mapping: [{ sheet: 'Ordinateurs', element: 'component', columns: [
      { header: 'Nom', field: 'component.name' }, { header: 'Statut', field: '' }, { header: 'Système d’exploitation', field: 'component.operating_system' },
      { header: 'Adresse IP', field: 'component.ip' }, { header: 'Lieu', field: 'component.zone' }, { header: 'Usager', field: '' }] }],
    difference: { counts: counts([['components', 0, 199, 12, 0, 0]]), changes: [{ kind: 'changed', element: 'component', id: 'server-3', name: 'SRV-03', fields: ['operating_system'], by: null }] },
  },
  { ...none, id: 'i4', file_name: 'planning-gardes.pdf', file_size: 88_000, format: '', state: 'refused', recognised: null, created: '2026-11-22T07:09:00.000Z', created_by: 'owner', job: 'j4', findings: [finding('error', message('import.unrecognised', { file: 'planning-gardes.pdf' }), 'planning-gardes.pdf')] },
  { ...none, id: 'i3', file_name: 'inventaire-applicatif-2026.xlsx', file_size: 96_000, format: 'template', state: 'committed', recognised: message('demo.recognised.template', { services: 31, applications: 120 }), created: '2026-11-20T16:35:00.000Z', created_by: 'owner', committed: '2026-11-20T16:40:00.000Z', job: 'j3' },
  { ...none, id: 'i2', file_name: 'nmap-2026-11-10.xml', file_size: 2_300_000, format: 'nmap', state: 'committed', recognised: message('demo.recognised.nmap', { hosts: 411 }), created: '2026-11-12T08:10:00.000Z', created_by: 'owner', committed: '2026-11-12T08:20:00.000Z', job: 'j2' },
  { ...none, id: 'i1', file_name: 'essai.csv', file_size: 1200, format: 'sheet', state: 'discarded', recognised: null, created: '2026-11-11T08:10:00.000Z', created_by: 'owner', job: 'j1' },
]

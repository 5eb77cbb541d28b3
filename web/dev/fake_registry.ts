// SPDX-License-Identifier: EUPL-1.2
// A fictional country in miniature: two regions, a GHT over both, three sites.
import type { FacilityIndicators, PlaceCounts, PlaceLine, PlaceSummary, PlaceView, Population, RegistryImport } from '../src/api/client.ts'

const line = (id: string, kind: PlaceLine['kind'], name: string, town = '', department = '', number = ''): PlaceLine => ({
  id, kind, name, number, town, department, category: kind === 'site' ? '355' : '', category_name: kind === 'site' ? 'Centre Hospitalier (C.H.)' : '', closed: '',
})
const lines: PlaceLine[] = [
  line('FR', 'nation', 'France'),
  line('R84', 'region', 'Auvergne-Rhône-Alpes'),
  line('R04', 'region', 'La Réunion'),
  line('GHT84103', 'ght', 'Valbrune'),
  line('EJ995000001', 'legal', 'GESTION VALBRUNE', 'VALBRUNE', '01', '995000001'),
  line('990000001', 'site', 'CH DE VALBRUNE', 'VALBRUNE', '01', '990000001'),
  line('990000002', 'site', 'CH DE MONTMER', 'MONTMER', '74', '990000002'),
  line('990000003', 'site', 'CHU DE ROCHESEL', 'ROCHESEL', '974', '990000003'),
]
const of = (id: string) => lines.find((one) => one.id === id) as PlaceLine
const above: Record<string, string[]> = {
  R84: ['FR'], R04: ['FR'], GHT84103: ['R84', 'FR'], EJ995000001: ['GHT84103', 'R84', 'FR'], 990000001: ['EJ995000001', 'GHT84103', 'R84', 'FR'],
  990000002: ['EJ995000001', 'GHT84103', 'R84', 'FR'], 990000003: ['R04', 'FR'],
}
const hierarchies = { nation: 'region', region: 'region', ght: 'ght', legal: 'legal' } as Record<string, PlaceSummary['hierarchy']>

export function placeOf(id: string): PlaceView | null {
  const found = lines.find((one) => one.id === id)
  if (!found) return null
  const site = found.kind === 'site'
  return {
    line: found,
    facts: { place: id, from_day: '2026-11-18', to_day: '9999-12-31', source: site ? 'finess' : 'table', name: found.name, long_name: '', category: found.category, category_name: found.category_name, sector: '', department: found.department, insee: '', postcode: site ? '01440' : '', town: found.town, siret: '', opened: site ? '1979-02-13' : '', closed: '' },
    numbers: site ? [{ scheme: 'et', number: id, place: id, from_day: '2026-11-18', to_day: '9999-12-31' }, { scheme: 'et', number: '990000900', place: id, from_day: '2026-01-01', to_day: '2026-11-18' }] : [],
    ancestors: (above[id] ?? []).map((one) => ({ hierarchy: hierarchies[of(one).kind] ?? 'region', place: of(one), role: '' })),
    history: site ? [{ place: id, from_day: '2026-01-01', to_day: '2026-11-18', source: 'finess', name: `ANCIEN ${found.name}`, long_name: '', category: '', category_name: '', sector: '', department: '', insee: '', postcode: '', town: found.town, siret: '', opened: '', closed: '' }] : [],
    successions: [],
    capacities: site ? [{ place: id, measure: 'beds', year: 2023, amount: 354, source: 'sae' }, { place: id, measure: 'beds', year: 2022, amount: 360, source: 'sae' }] : [],
  }
}

/** One facility assessed, one not yet. */
export const indicators: FacilityIndicators[] = [
  {
    facility: '990000001', name: 'Centre hospitalier de Valbrune', fictional: true,
    latest: { facility: '990000001', assessed: '2026-11-20T09:00:00.000Z', model_version: '1-demo', figures: { services: 31, services_likely_to_stop: 17, loss: { p5: 0, p50: 4210, p95: 18300 }, facts: 1412, facts_confirmed: 388 } },
  },
  { facility: '990000002', name: 'Hôpital de Montmer', fictional: true, latest: null },
]

const counts = (sites: number): PlaceCounts => ({ sites: sites * 30, health: sites, entities: sites, beds: sites * 220, emergency: sites })
const within = (id: string) => lines.filter((one) => one.kind === 'site' && (id === '' || above[one.id]?.includes(id)))

export function summaryOf(id: string): PlaceSummary | null {
  const found = lines.find((one) => one.id === id)
  if (!found) return null
  const names: Record<string, string> = { '01': 'Ain', '74': 'Haute-Savoie', '974': 'La Réunion' }
  return {
    id, hierarchy: hierarchies[found.kind] ?? 'region', day: '2026-11-26', counts: counts(within(id).length),
    departments: within(id).map((one) => ({ department: one.department, name: names[one.department] ?? '', region: one.department === '974' ? 'R04' : 'R84', counts: counts(1) })),
    children: lines.filter((one) => above[one.id]?.[0] === id && one.kind !== 'site').map((one) => ({ id: one.id, kind: one.kind, name: one.name, role: one.kind === 'legal' ? 'lead' : '', counts: counts(within(one.id).length) })),
  }
}

export function placesOf(query: URLSearchParams) {
  const words = (query.get('q') ?? '').toLowerCase()
  const list = query.get('kind') === 'site' ? within(query.get('within') ?? '') : lines
  return { items: list.filter(({ name }) => name.toLowerCase().includes(words)), more: false }
}

const difference: RegistryImport['difference'] = {
  read_sites: 3000, read_entities: 0, read_groups: 0, read_figures: 0, unchanged: 2990,
  totals: [{ kind: 'opened', sites: 6, others: 1 }, { kind: 'renamed', sites: 3, others: 0 }],
  changes: [
    { kind: 'opened', place: '990000001', name: 'CH DE VALBRUNE', before: '', after: 'VALBRUNE (01)' },
    { kind: 'renamed', place: '990000002', name: 'CH DE MONTMER', before: 'ANCIEN CH DE MONTMER', after: 'CH DE MONTMER' },
  ],
}
export const registryImports: RegistryImport[] = [
  { id: 'r2', file_name: 'etalab-cs1100507-stock-20260512.csv', file_size: 31_000_000, format: 'finess_csv', source_day: '2026-05-12', state: 'ready', difference, findings: [{ severity: 'warning', file: 'etalab', line: 12, place: '', message: { code: 'registry.lost_zero', params: [{ name: 'text', value: '10000024' }, { name: 'number', value: '010000024' }] } }], created: '2026-11-26T06:00:00Z', created_by: 'owner', accepted: null, job: '' },
  { id: 'r1', file_name: 'ght.csv', file_size: 4_000, format: 'ght_list', source_day: '', state: 'accepted', difference: { ...difference, totals: [], changes: [] }, findings: [], created: '2026-11-25T06:00:00Z', created_by: 'owner', accepted: '2026-11-25T06:10:00Z', job: '' },
]

export const populations: Population[] = [
  { id: 'p1', name: 'Priorités 2026', kind: 'regional', source: 'Lettre de l’ARS du 3 mars 2026', frozen: '2026-03-03', created: '2026-03-04T09:00:00Z', created_by: 'owner' },
]
export const populationOf = (id: string) => {
  const population = populations.find((one) => one.id === id)
  return population ? { population, members: lines.filter(({ kind }) => kind === 'site') } : null
}

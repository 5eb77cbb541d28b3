// SPDX-License-Identifier: EUPL-1.2
// A fictional country in miniature: two regions, a GHT over both, three sites.
import type { PlaceCounts, PlaceLine, PlaceSummary, PlaceView } from '../src/api/client.ts'

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

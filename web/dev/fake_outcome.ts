// SPDX-License-Identifier: EUPL-1.2
// Plausible figures of a fictional assessment.
import type { Assessment, CapacityPoint, Fall, Frontier, LossResult, MeasureResult, Outcome, Quantiles, ServiceResult, Story, WhatIf } from '../src/api/client.ts'
import { dice, edges, message, nodes } from './fake_world.ts'

const roll = dice(31)
const hours_axis = Array.from({ length: 36 }, (_, i) => 2 * (1344 / 2) ** (i / 35))

function capacityOf(stop: number, deep: number, back: number): CapacityPoint[] {
  return hours_axis.map((hours) => {
    const rise = 1 / (1 + Math.exp(-2.2 * Math.log(hours / stop)))
    const fall = 1 / (1 + Math.exp(3.2 * Math.log(hours / back)))
    const p50 = deep * rise * fall
    return { hours, p5: Math.max(0, p50 * 0.35 - 0.03), p50, p95: Math.min(1, p50 * 1.25 + 0.1 * rise * (hours < back * 2.5 ? 1 : 0.3)) }
  })
}
const spread = (p50: number, low: number, high: number): Quantiles => ({ p5: p50 * low, p50, p95: p50 * high })
const estimate = (mean: number, wide: number) => ({ mean, low: mean * (1 - wide), high: mean * (1 + wide) })

const services: ServiceResult[] = nodes.filter(({ layer }) => layer === 'care').map((node, i): ServiceResult => {
  const share = Math.max(0.04, 0.78 - i * 0.024 + (roll() - 0.5) * 0.12)
  const stop = i === 0 ? 0.67 : 1 + roll() * 30
  const back = 700 - i * 16 + roll() * 120
  const stops = share > 0.1
  return {
    id: node.id, name: node.name, sector: node.kind, stop_probability: share, stop_probability_if_struck: Math.min(1, share / 0.86), typical_world: stops ? 100 + i : null,
    hours_until_stop: stops ? spread(stop, 0.3, 3.4) : null, hours_down: stops ? spread(back * 0.7, 0.35, 2.1) : null,
    worlds_stopped: Math.round(5000 * share), worlds_censored: i === 2 ? 2600 : Math.round(90 * share), loss: estimate(5200 - i * 155, 0.06), transfers: estimate(22 - i * 0.6, 0.3),
    lost_activity: 240 - i * 6, activity_unit: '', confirmed: i < 7, capacity: capacityOf(stop * 1.6, Math.min(0.96, share + 0.15), back),
  }
})

const mean_loss = 61_400
const curveOf = (scale: number) => Array.from({ length: 25 }, (_, i) => ({ loss: i * 7000 * scale, chance: Math.exp(-(((i * 7000) / 68_000) ** 1.5)) * (i === 0 ? 1 : 0.92) }))
const lossOf = (mean: number): LossResult => ({
  mean, p5: mean * 0.06, p50: mean * 0.86, p95: mean * 2.5, low: mean * 0.97, high: mean * 1.03, unit: 'weighted_service_hours', curve: curveOf(mean / mean_loss),
})

const measure_data: [string, string, Record<string, string | number>, number, number, number, number, number][] = [
  ['close_relation:3', 'close_relation', { count: 3 }, 0, 1, 0.22, 0.4, 1], ['offline_backup', 'offline_backup', {}, 33_000, 20, 0.19, 0.3, 2], ['remote_access_mfa', 'remote_access_mfa', { accounts: 148 }, 7_700, 10, 0.17, 0.35, 2],
  ['tiering', 'tiering', {}, 15_000, 60, 0.15, 0.4, 2], ['edr', 'edr', { hosts: 1240 }, 62_000, 25, 0.14, 0.4, 5], ['patch_exposed:vpn', 'patch_exposed', { host: 'VPN-01' }, 650, 1, 0.08, 0.5, 5], ['isolate_flow:PDT-SRV', 'isolate_flow', { from: 'Postes de travail', to: 'Serveurs' }, 3_000, 5, 0.07, 0.6, 5],
  ['session_hygiene', 'session_hygiene', {}, 9_200, 20, 0.05, 0.7, 8], ['roasting', 'roasting', { accounts: 9 }, 500, 5, 0.03, 0.9, 9], ['phishing_training', 'phishing_training', { accounts: 2900 }, 13_600, 10, 0.012, 1.6, 10],
  ['patch:smb', 'patch', { hosts: 37 }, 2_400, 1, 0.02, 1.4, 0], ['supplier_access:pacs', 'supplier_access', { supplier: 'Opaline' }, 2_500, 5, 0.015, 1.7, 0],
]
const measures: MeasureResult[] = measure_data.map(([id, kind, params, cost, effort, share, wide, rank]) => ({
  id, kind, title: message(`demo.measure.${kind}`, params), cost_eur: cost, effort_days: effort, loss_avoided: estimate(share * mean_loss, wide), share_avoided: share, worlds_changed: Math.round(5000 * share * 1.8), rank,
}))

const events: Story['events'] = [
  [0, 'technical', 'demo.story.click', { who: 'poste PC-ADM-*' }], [6.5, 'technical', 'demo.story.move', { to: 'SRV-14' }], [19, 'technical', 'demo.story.admin', { account: 'adm-karim' }], [31, 'technical', 'demo.story.directory', {}],
  [74, 'technical', 'demo.story.backup', {}], [96.2, 'technical', 'demo.story.strike', { machines: 846 }], [96.9, 'care', 'demo.story.stop', { service: 'Laboratoire de biologie médicale' }], [97.5, 'technical', 'demo.story.cut', {}],
  [98.3, 'care', 'demo.story.degraded', { service: 'Urgences adultes', share: '55 %' }], [101, 'care', 'demo.story.transfer', { patients: 6 }], [104, 'care', 'demo.story.stop', { service: 'Imagerie médicale' }],
  [260, 'technical', 'demo.story.back', { what: 'annuaire' }], [410, 'care', 'demo.story.resume', { service: 'Laboratoire de biologie médicale' }], [556, 'technical', 'demo.story.back', { what: 'dossier patient' }],
].map(([hours, lane, code, params]) => ({ hours, lane, message: message(code as string, params as Record<string, string | number>) }) as Story['events'][number])

export function storyOf(id: string): Story {
  const severe = id === 'severe'
  const world = severe ? 4412 : id === 'median' ? 2087 : Number(id.replace('world:', ''))
  const stretched = severe ? 1.6 : 1
  return { id, world, loss: severe ? 148_000 : 52_600, first_access: 4 * 24 + 23, events: events.map((event) => ({ ...event, hours: event.hours * stretched })) }
}

const best = measures[0] ?? null
export const outcome: Outcome = {
  seed: '7219433018823', worlds: 5000, model_version: '1+3f9a2c', input_hash: 'b7d1f0c5', scenario: 'crisis', findings: [
    { severity: 'note', message: message('demo.finding.local_flaws', { count: 18 }), file: '', line: 0, place: '' },
  ],
  services, loss: lossOf(mean_loss),
  door_kinds: [
    { scenario: 'exposed_flaw', share: 0.38, mean_loss: 59_400 }, { scenario: 'credentials', share: 0.28, mean_loss: 66_500 },
    { scenario: 'phishing', share: 0.2, mean_loss: 48_000 }, { scenario: 'supplier', share: 0.09, mean_loss: 71_000 },
  ],
  doors: [
    { id: 'd1', label: 'VPN-01 (accès distant du personnel)', scenario: 'exposed_flaw', share: 0.31, mean_loss: 64_000 }, { id: 'd2', label: '148 comptes d’accès distant sans second facteur', scenario: 'credentials', share: 0.28, mean_loss: 66_500 },
    { id: 'd3', label: 'Postes de travail administratifs', scenario: 'phishing', share: 0.2, mean_loss: 48_000 }, { id: 'd4', label: 'Télémaintenance Opaline → SRV-31', scenario: 'supplier', share: 0.09, mean_loss: 71_000 },
    { id: 'd5', label: 'Portail de prise de rendez-vous', scenario: 'exposed_flaw', share: 0.07, mean_loss: 39_000 },
  ],
  choke_points: [
    { id: 'c1', label: 'Droits d’administration de « Support N2 » sur les serveurs', kind: 'power', share: 0.71 }, { id: 'c2', label: 'adm-karim', kind: 'account', share: 0.44 },
    { id: 'c3', label: 'SRV-14', kind: 'host', share: 0.37 }, { id: 'c4', label: 'svc-sil', kind: 'account', share: 0.22 }, { id: 'c5', label: 'AD-01', kind: 'host', share: 0.19 },
  ],
  measures, stories: [storyOf('median'), storyOf('severe')],
  endings: [{ id: 'struck', share: 0.63 }, { id: 'cut_before', share: 0.14 }, { id: 'no_goal', share: 0.1 }, { id: 'no_entry', share: 0.08 }, { id: 'stole_only', share: 0.05 }],
  questions: [
    { element: 'LABO', field: 'capacity_8h', message: message('demo.question.capacity', { service: 'Laboratoire de biologie médicale' }), swing: 8200, assumed: '0.35' },
    { element: 'backup-1', field: 'offline_backup', message: message('demo.question.offline', { name: 'SAUV-01' }), swing: 7400, assumed: 'false' },
    { element: 'DPI', field: 'rto_h', message: message('demo.question.rto', { name: 'Dossier patient Héliante' }), swing: 2100, assumed: '24' },
    { element: 'zone-PDT', field: 'watch', message: message('demo.question.watch', { name: 'Postes de travail' }), swing: 1900, assumed: '"antivirus"' },
  ],
  headline: {
    services: 31, services_stopped: { p5: 8, p50: 12, p95: 19 }, first_service: 'Laboratoire de biologie médicale', first_service_hours: { p5: 0.2, p50: 0.67, p95: 3.1 },
    record_days: { p5: 9, p50: 19, p95: 41 }, best_measure: best, services_confirmed: 7, strike_probability: 0.63, damage_probability: 0.86, yearly_probability: 0.04,
    indicators: { services: 31, services_likely_to_stop: 17, loss: { p5: 0, p50: 4210, p95: 18300 }, facts: 1412, facts_confirmed: 388 },
  },
}

export const assessments: Assessment[] = [
  { id: 'a2', state: 'done', scenario: 'crisis', worlds: 5000, seed: outcome.seed, model_version: outcome.model_version, input_hash: outcome.input_hash, created: '2026-11-21T09:30:00.000Z', created_by: 'owner', job: 'ja2', headline: outcome.headline },
  { id: 'a1', state: 'done', scenario: 'national_mix', worlds: 1000, seed: '42', model_version: outcome.model_version, input_hash: 'a1', created: '2026-11-14T15:02:00.000Z', created_by: 'owner', job: 'ja1', headline: outcome.headline },
]

/** Measures overlap: each next one acts on what the former have left. */
const left = (ids: string[]) => measures.filter(({ id }) => ids.includes(id)).reduce((share, one) => share * (1 - one.share_avoided), 1)

export function whatIf(ids: string[], costs: { id: string; cost_eur: number; effort_days: number }[]): WhatIf {
  const after = left(ids)
  const chosen = measures.filter(({ id }) => ids.includes(id)).map((one) => ({ ...one, ...costs.find(({ id }) => id === one.id) }))
  return {
    loss_before: lossOf(mean_loss), loss_after: lossOf(mean_loss * after), loss_avoided: estimate(mean_loss * (1 - after), 0.3),
    cost_eur: chosen.reduce((sum, one) => sum + one.cost_eur, 0), effort_days: chosen.reduce((sum, one) => sum + one.effort_days, 0),
    services: services.map((one) => ({
      id: one.id, name: one.name, stop_before: one.stop_probability, stop_after: one.stop_probability * after,
      hours_down_before: one.hours_down?.p50 ?? null, hours_down_after: one.hours_down ? one.hours_down.p50 * (0.5 + after / 2) : null,
    })),
  }
}

export function frontier(): Frontier {
  const sorted = [...measures].sort((a, b) => a.cost_eur / a.share_avoided - b.cost_eur / b.share_avoided)
  const points = [{ cost_eur: 0, loss: mean_loss, measures: [] as string[] }]
  for (let i = 1; i <= sorted.length; i++) {
    const ids = sorted.slice(0, i).map(({ id }) => id)
    points.push({ cost_eur: sorted.slice(0, i).reduce((sum, one) => sum + one.cost_eur, 0), loss: mean_loss * left(ids), measures: ids })
  }
  return { points: points.slice(1).reduce((kept, point) => (kept.at(-1)?.cost_eur === point.cost_eur ? [...kept.slice(0, -1), point] : [...kept, point]), points.slice(0, 1)) }
}

/** Everything that rests on the element, with the shortest autonomy on the way. */
export function fallOf(start: string): Fall {
  const hours = new Map<string, number>([[start, 0]])
  for (let changed = true; changed; ) {
    changed = false
    for (const one of edges) {
      const down = hours.get(one.to)
      if (down === undefined || one.kind !== 'needs' || one.alternative) continue
      const at = down + (one.autonomy ?? 0)
      if (at < (hours.get(one.from) ?? Infinity)) {
        hours.set(one.from, at)
        changed = true
      }
    }
  }
  const fallen = nodes.filter(({ id }) => hours.has(id))
  return {
    services: fallen.filter(({ layer }) => layer === 'care').map((node, i) => {
      const at = hours.get(node.id) ?? 0
      return { id: node.id, name: node.name, hours_until_stop: i % 4 === 3 ? null : at, capacity: [0, 2, 8, 24, 72, 168].map((h) => ({ hours: h, capacity: h < at ? 1 : Math.max(0.25, 0.9 - 0.11 * Math.log2(1 + h - at)) })) }
    }),
    elements: fallen.filter(({ layer, id }) => layer !== 'care' && id !== start).map((node) => ({ id: node.id, name: node.name, layer: node.layer, hours: hours.get(node.id) ?? 0 })),
  }
}

// SPDX-License-Identifier: EUPL-1.2
// The wire, by hand after the contract until schema.ts is generated from openapi.json. Read only by client.ts.

export interface Param { name: string; value: string }
export interface Message { code: string; params: Param[] }
export interface Finding { severity: 'note' | 'warning' | 'error'; message: Message; file: string; line: number; place: string }
export interface ApiProblem { kind: string; message: Message; where?: string; incident?: string }
export interface Page<T> { items: T[] }

export interface Session { user: string; language: string; instance: string; version: string; facility: string }

export interface FacilityRow { id: string; name: string; fictional: boolean; version: number; services: number; created: string }
export interface ElementCount { element: string; count: number; confirmed: number }
export interface Confirmed { services: number; services_confirmed: number; facts: number; facts_confirmed: number }
export interface Facility {
  id: string
  name: string
  fictional: boolean
  version: number
  created: string
  counts: ElementCount[]
  confirmed: Confirmed
  findings: Finding[]
  latest_assessment: string | null
  last_import: string | null
}

export type ChangeKind = 'created' | 'kept' | 'changed' | 'gone' | 'back'
export interface Change { kind: ChangeKind; element: string; id: string; name: string; fields: string[] }
export interface ChangeCount { element: string; created: number; kept: number; changed: number; gone: number; back: number }
export interface Difference { counts: ChangeCount[]; changes: Change[] }
export interface ColumnChoice { header: string; field: string }
export interface ColumnMapping { sheet: string; element: string; columns: ColumnChoice[] }
export type ImportState = 'reading' | 'ready' | 'refused' | 'committed' | 'undone' | 'discarded'
export interface Import {
  id: string
  file_name: string
  file_size: number
  format: string
  state: ImportState
  recognised: Message | null
  findings: Finding[]
  difference: Difference | null
  mapping: ColumnMapping[]
  columns: string[]
  created: string
  created_by: string
  committed: string | null
  job: string
}

export type Layer = 'care' | 'application' | 'infrastructure' | 'account' | 'zone' | 'dependency'
export interface ElementRow {
  id: string
  kind: string
  name: string
  detail: string
  state: 'confirmed' | 'partly' | 'default'
  zone: string
  needs: number
  needed_by: number
}
export interface ElementPage { total: number; items: ElementRow[] }
export interface Origin { kind: 'import' | 'answer' | 'manual'; source: string; when: string }
export interface ElementField { name: string; value: string; unit: string; origin: Origin | null }
export interface Sighting { source: string; format: string; seen_as: string; matched_by: string }
export interface Weakness { id: string; title: string; cves: string[]; severity: number; port: number; flaw: string }
export interface Link {
  id: string
  layer: Layer
  kind: string
  name: string
  dependency_kind: string
  alternative: string
  autonomy_h: number | null
  least_state: string | null
}
export interface Element {
  id: string
  layer: Layer
  kind: string
  name: string
  fields: ElementField[]
  sightings: Sighting[]
  weaknesses: Weakness[]
  needs: Link[]
  needed_by: Link[]
}
export interface FallenService { id: string; name: string; hours_until_stop: number | null; capacity: { hours: number; capacity: number }[] }
export interface FallenElement { id: string; name: string; layer: Layer; hours: number }
export interface Fall { services: FallenService[]; elements: FallenElement[] }

export interface Quantiles { p5: number; p50: number; p95: number }
export interface Estimate { mean: number; low: number; high: number }
export interface CapacityPoint { hours: number; p5: number; p50: number; p95: number }
export interface ServiceResult {
  id: string
  name: string
  sector: string
  stop_probability: number
  hours_until_stop: Quantiles | null
  hours_down: Quantiles | null
  worlds_stopped: number
  worlds_censored: number
  loss: Estimate
  transfers: Estimate
  lost_activity: number
  activity_unit: string
  confirmed: boolean
  capacity: CapacityPoint[]
}
export interface LossPoint { loss: number; chance: number }
export interface LossResult { mean: number; p5: number; p50: number; p95: number; low: number; high: number; unit: string; curve: LossPoint[] }
export interface DoorResult { id: string; label: string; scenario: string; share: number; mean_loss: number }
export interface ChokePoint { id: string; label: string; kind: string; share: number }
export interface MeasureResult {
  id: string
  title: Message
  kind: string
  cost_eur: number
  effort_days: number
  loss_avoided: Estimate
  share_avoided: number
  worlds_changed: number
  rank: number
}
export interface StoryEvent { hours: number; lane: 'technical' | 'care'; message: Message }
export interface Story { id: string; world: number; loss: number; first_access: number; events: StoryEvent[] }
export interface Share { id: string; share: number }
export interface Headline {
  services: number
  services_stopped: Quantiles
  first_service: string
  first_service_hours: Quantiles | null
  record_days: Quantiles | null
  best_measure: MeasureResult | null
  services_confirmed: number
  damage_probability: number
  yearly_probability: number
}
export interface Question { element: string; field: string; message: Message; swing: number; assumed: string }
export interface Outcome {
  seed: string
  worlds: number
  model_version: string
  input_hash: string
  scenario: string
  findings: Finding[]
  services: ServiceResult[]
  loss: LossResult
  doors: DoorResult[]
  choke_points: ChokePoint[]
  measures: MeasureResult[]
  stories: Story[]
  endings: Share[]
  questions: Question[]
  headline: Headline
}

export type AssessmentState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
export interface Assessment {
  id: string
  state: AssessmentState
  scenario: string
  worlds: number
  seed: string
  model_version: string
  input_hash: string
  created: string
  created_by: string
  job: string
  headline: Headline | null
}
export interface ServiceChange {
  id: string
  name: string
  stop_before: number
  stop_after: number
  hours_down_before: number | null
  hours_down_after: number | null
}
export interface MeasureCost { id: string; cost_eur: number; effort_days: number }
export interface WhatIf {
  loss_before: LossResult
  loss_after: LossResult
  loss_avoided: Estimate
  cost_eur: number
  effort_days: number
  services: ServiceChange[]
}
export interface FrontierPoint { cost_eur: number; loss: number; measures: string[] }
export interface Frontier { points: FrontierPoint[] }

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
export interface Job {
  id: string
  facility: string
  kind: string
  subject: string
  state: JobState
  progress: number
  detail: string
  created: string
  started: string | null
  ended: string | null
}

export interface Answer { element: string; field: string; value: string; answered: string; answered_by: string }
export interface DataTable { file: string; text: string; overridden: boolean; version: string }

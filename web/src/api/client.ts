// SPDX-License-Identifier: EUPL-1.2
// The only door to the server: one function per operation, and the names of what it answers.
import { api_root, request, upload, type Upload } from './request'
import type * as wire from './types'

export type Message = wire.Message
export type Finding = wire.Finding
export type Session = wire.Session
export type FacilityRow = wire.FacilityRow
export type Facility = wire.Facility
export type Import = wire.Import
export type ImportState = wire.ImportState
export type Difference = wire.Difference
export type Change = wire.Change
export type ChangeKind = wire.ChangeKind
export type ColumnMapping = wire.ColumnMapping
export type Layer = wire.Layer
export type ElementRow = wire.ElementRow
export type ElementPage = wire.ElementPage
export type Element = wire.Element
export type ElementField = wire.ElementField
export type Link = wire.Link
export type Fall = wire.Fall
export type Quantiles = wire.Quantiles
export type Estimate = wire.Estimate
export type ServiceResult = wire.ServiceResult
export type CapacityPoint = wire.CapacityPoint
export type LossResult = wire.LossResult
export type LossPoint = wire.LossPoint
export type DoorResult = wire.DoorResult
export type ChokePoint = wire.ChokePoint
export type MeasureResult = wire.MeasureResult
export type MeasureCost = wire.MeasureCost
export type Story = wire.Story
export type Headline = wire.Headline
export type Question = wire.Question
export type Outcome = wire.Outcome
export type Assessment = wire.Assessment
export type WhatIf = wire.WhatIf
export type Frontier = wire.Frontier
export type FrontierPoint = wire.FrontierPoint
export type Job = wire.Job
export type DataTable = wire.DataTable
type Page<T> = wire.Page<T>

const at = (facility: string, rest = '') => `/facilities/${encodeURIComponent(facility)}${rest}`
const id = encodeURIComponent
type Stop = AbortSignal | undefined

export interface ElementQuery { layer: Layer; q?: string; page?: number; size?: number; sort?: string }
const elementQuery = (query: ElementQuery) => {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()
}

export const client = {
  session: (stop?: Stop) => request<Session>('GET', '/session', undefined, stop),
  facilities: (stop?: Stop) => request<Page<FacilityRow>>('GET', '/facilities', undefined, stop),
  createFacility: (name: string, fictional: boolean) => request<Facility>('POST', '/facilities', { name, fictional }),
  facility: (facility: string, stop?: Stop) => request<Facility>('GET', at(facility), undefined, stop),

  imports: (facility: string, stop?: Stop) => request<Page<Import>>('GET', at(facility, '/imports'), undefined, stop),
  import: (facility: string, one: string, stop?: Stop) => request<Import>('GET', at(facility, `/imports/${id(one)}`), undefined, stop),
  uploadImport: (facility: string, file: File, onProgress: (share: number) => void): Upload<Import> =>
    upload<Import>(at(facility, `/imports?file_name=${id(file.name)}`), file, onProgress),
  commitImport: (facility: string, one: string) => request<Import>('POST', at(facility, `/imports/${id(one)}/commit`), {}),
  undoImport: (facility: string, one: string) => request<Import>('POST', at(facility, `/imports/${id(one)}/undo`), {}),
  discardImport: (facility: string, one: string) => request<Import>('POST', at(facility, `/imports/${id(one)}/discard`), {}),
  mapImport: (facility: string, one: string, mapping: ColumnMapping[]) =>
    request<Import>('POST', at(facility, `/imports/${id(one)}/mapping`), { mapping }),

  elements: (facility: string, query: ElementQuery, stop?: Stop) =>
    request<ElementPage>('GET', at(facility, `/elements?${elementQuery(query)}`), undefined, stop),
  element: (facility: string, one: string, stop?: Stop) => request<Element>('GET', at(facility, `/elements/${id(one)}`), undefined, stop),
  fall: (facility: string, one: string, stop?: Stop) => request<Fall>('GET', at(facility, `/elements/${id(one)}/fall`), undefined, stop),
  /** Addresses of files, for links. */
  templateUrl: (facility: string, language: string) => `${api_root}${at(facility, `/template?language=${id(language)}`)}`,
  exportUrl: (facility: string, layer: Layer, format: 'csv' | 'xlsx') =>
    `${api_root}${at(facility, `/export?layer=${layer}&format=${format}`)}`,

  answer: (facility: string, element: string, field: string, value: string) =>
    request<Facility>('POST', at(facility, '/answers'), { element, field, value }),
  removeAnswer: (facility: string, element: string, field: string) =>
    request<Facility>('POST', at(facility, '/answers/remove'), { element, field }),

  assessments: (facility: string, stop?: Stop) => request<Page<Assessment>>('GET', at(facility, '/assessments'), undefined, stop),
  assess: (facility: string, scenario: string, worlds: number, seed: string) =>
    request<Assessment>('POST', at(facility, '/assessments'), seed ? { scenario, worlds, seed } : { scenario, worlds }),
  assessment: (facility: string, one: string, stop?: Stop) =>
    request<Assessment>('GET', at(facility, `/assessments/${id(one)}`), undefined, stop),
  outcome: (facility: string, one: string, stop?: Stop) =>
    request<Outcome>('GET', at(facility, `/assessments/${id(one)}/outcome`), undefined, stop),
  whatIf: (facility: string, one: string, measures: string[], costs: MeasureCost[], stop?: Stop) =>
    request<WhatIf>('POST', at(facility, `/assessments/${id(one)}/what-if`), { measures, costs }, stop),
  frontier: (facility: string, one: string, stop?: Stop) =>
    request<Frontier>('GET', at(facility, `/assessments/${id(one)}/frontier`), undefined, stop),
  story: (facility: string, one: string, world: string, stop?: Stop) =>
    request<Story>('GET', at(facility, `/assessments/${id(one)}/stories/${id(world)}`), undefined, stop),

  job: (one: string, stop?: Stop) => request<Job>('GET', `/jobs/${id(one)}`, undefined, stop),
  cancelJob: (one: string) => request<Job>('POST', `/jobs/${id(one)}/cancel`, {}),
  tables: (stop?: Stop) => request<Page<DataTable>>('GET', '/settings/tables', undefined, stop),
  saveTable: (file: string, text: string) => request<DataTable>('POST', '/settings/tables', { file, text }),
}

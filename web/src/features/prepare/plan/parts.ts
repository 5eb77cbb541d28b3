// SPDX-License-Identifier: EUPL-1.2
// The parts of a plan and the fields of their items, once: tables, forms, reading and paper are made from this.
import type { DegradedMode, PlanDocument, PlanEdit } from '@/api/client'

export type Part = keyof PlanDocument
export type ListPart = Exclude<Part, 'frame'>
/** An item as the forms handle it; what it holds is said by the fields below. */
export type Item = { id?: string; revision?: number | null } & Record<string, unknown>
export type Mode = DegradedMode

export type FieldKind =
  | 'line' | 'text' | 'lines' | 'day' | 'number' | 'yes' | 'sector' | 'modes'
  /** Of a closed list: its words are ui.plan.<choice>.<value>. */
  | { choice: string; values: readonly string[] }
  /** One or several items of another part. */
  | { one: ListPart } | { many: ListPart }

export interface Field { name: string; kind: FieldKind; required?: boolean; /** A column of the part's table. */ column?: boolean; minor?: boolean }
export interface PartShape { edit: Exclude<keyof PlanEdit, 'facility'>; fields: Field[] }

export const acts = ['decide', 'cut_network', 'declare', 'complain'] as const
export const cells = ['decision', 'secretary', 'care', 'safety', 'families', 'logistics', 'communication', 'cyber'] as const
export const phases = ['alert', 'mobilise', 'contain', 'degraded', 'evict', 'rebuild', 'reconnect', 'close'] as const
export const horizons = ['h2', 'h8', 'h24', 'h72', 'w1', 'w4'] as const
export const audiences = ['staff', 'patients', 'press', 'partners'] as const
export const groups = ['staff', 'authority', 'partner', 'supplier'] as const
export const bodies = ['directoire', 'cme', 'cse'] as const
export const opinions = ['favourable', 'with_reserve', 'unfavourable', 'none'] as const
export const sectors = [
  'emergency', 'intensive_care', 'neonatal', 'theatre', 'surgery', 'medicine', 'obstetrics', 'paediatrics', 'dialysis', 'radiotherapy', 'chemotherapy', 'laboratory', 'imaging', 'pharmacy',
  'blood_bank', 'sterilisation', 'kitchen', 'admissions', 'outpatients', 'emergency_call', 'psychiatry', 'rehabilitation', 'long_term_care', 'logistics', 'administration', 'other',
] as const
const levels = ['internal_mobilisation', 'plan_blanc'] as const

const line = (name: string, more: Partial<Field> = {}): Field => ({ name, kind: 'line', ...more })
const column = { column: true } as const
const title: Partial<Field> = { required: true, column: true }

export const shapes: Record<Part, PartShape> = {
  frame: { edit: 'frame', fields: [
    line('title', { required: true }), line('room'), line('other_room'), line('channel'), { name: 'next_review', kind: 'day' }, { name: 'check_months', kind: 'number' }, { name: 'note', kind: 'text' },
  ] },
  criteria: { edit: 'criterion', fields: [
    { name: 'text', kind: 'text', ...title }, { name: 'kind', kind: { choice: 'kind', values: ['activate', 'lift'] }, ...column },
    { name: 'level', kind: { choice: 'level', values: levels }, ...column }, line('source'),
  ] },
  delegations: { edit: 'delegation', fields: [
    { name: 'act', kind: { choice: 'act', values: acts }, ...column }, { name: 'contact', kind: { one: 'contacts' }, ...column }, { name: 'at_night', kind: 'yes', ...column },
    { name: 'starts', kind: 'day', column: true, minor: true }, { name: 'ends', kind: 'day', ...column }, line('reference', { column: true, minor: true }),
  ] },
  cells: { edit: 'cell', fields: [line('name', title), { name: 'kind', kind: { choice: 'cell', values: cells }, ...column }, { name: 'mission', kind: 'text' }, line('place', column)] },
  roles: { edit: 'role', fields: [
    line('name', title), { name: 'cell', kind: { one: 'cells' }, column: true, minor: true }, { name: 'holder', kind: { one: 'contacts' }, ...column },
    { name: 'deputies', kind: { many: 'contacts' }, ...column }, { name: 'mission', kind: 'text' },
  ] },
  contacts: { edit: 'contact', fields: [
    line('name', title), line('post', column), { name: 'group', kind: { choice: 'group', values: groups }, column: true, minor: true }, line('phone', column), line('other_phone'), line('mail'),
    { name: 'checked', kind: 'day', column: true, minor: true }, { name: 'note', kind: 'text' }, line('source'),
  ] },
  calls: { edit: 'call', fields: [{ name: 'caller', kind: { one: 'contacts' }, ...title }, { name: 'called', kind: { many: 'contacts' }, ...column }] },
  cards: { edit: 'card', fields: [
    line('title', title), { name: 'role', kind: { one: 'roles' }, ...column }, { name: 'phase', kind: { choice: 'phase', values: phases }, ...column }, { name: 'lines', kind: 'lines' }, line('source'),
  ] },
  services: { edit: 'service', fields: [
    line('name', title), { name: 'sector', kind: 'sector' }, { name: 'lead', kind: { one: 'contacts' }, column: true, minor: true }, { name: 'applications', kind: 'lines' }, { name: 'modes', kind: 'modes', ...column },
  ] },
  forms: { edit: 'form', fields: [
    line('name', title), { name: 'purpose', kind: 'text', column: true, minor: true }, { name: 'fields', kind: 'lines' }, { name: 'columns', kind: 'lines' }, { name: 'copies', kind: 'number', ...column }, line('place', column),
  ] },
  messages: { edit: 'message', fields: [
    line('title', title), { name: 'audience', kind: { choice: 'audience', values: audiences }, ...column }, { name: 'phase', kind: { choice: 'phase', values: phases }, ...column }, { name: 'text', kind: 'text' },
  ] },
  kits: { edit: 'kit', fields: [
    line('name', title), line('place', column), { name: 'keeper', kind: { one: 'contacts' }, column: true, minor: true }, { name: 'contents', kind: 'lines' }, { name: 'checked', kind: 'day', ...column },
  ] },
  stocks: { edit: 'stock', fields: [
    line('name', title), { name: 'quantity', kind: 'number', ...column }, { name: 'least', kind: 'number', ...column }, line('unit', column), line('place', { column: true, minor: true }), { name: 'checked', kind: 'day', column: true, minor: true },
  ] },
  trainings: { edit: 'training', fields: [
    line('name', title), line('audience', column), { name: 'content', kind: 'text' }, { name: 'last_held', kind: 'day', column: true, minor: true }, { name: 'next', kind: 'day', ...column },
  ] },
}
export const parts = Object.keys(shapes) as Part[]
export const listParts = parts.filter((one): one is ListPart => one !== 'frame')

export function itemsOf(document: PlanDocument, part: Part): Item[] {
  return (part === 'frame' ? [document.frame] : document[part]) as unknown as Item[]
}

/** An item as a form begins it: every field there is, empty or the first of its list. */
export function blank(part: Part): Item {
  const empty = ({ kind }: Field): unknown => {
    if (typeof kind === 'object') return 'choice' in kind ? kind.values[0] : 'one' in kind ? '' : []
    return { lines: [], modes: [], number: 0, yes: false, line: '', text: '', day: '', sector: '' }[kind]
  }
  return Object.fromEntries(shapes[part].fields.map((field) => [field.name, empty(field)]))
}

/** The last horizon until which it is written, without a hole, how a service cares; none: undefined. */
export function coveredUntil(modes: readonly Mode[]): (typeof horizons)[number] | undefined {
  const missing = horizons.findIndex((horizon) => !modes.find((mode) => mode.horizon === horizon)?.procedure)
  return horizons[(missing < 0 ? horizons.length : missing) - 1]
}

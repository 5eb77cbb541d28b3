// SPDX-License-Identifier: EUPL-1.2
// How each field is asked, and the JSON text of what was typed.
import { choice_fields, hour_fields, share_fields, yes_no_fields } from './vocabulary'

export type FieldKind = 'yes_no' | 'choice' | 'share' | 'hours' | 'number' | 'text'

const texts = ['name', 'vendor', 'activity_unit', 'zone', 'host_name', 'fqdn', 'ip', 'sid', 'operating_system', 'supplier_access', 'remote_access_group']

export function fieldKind(field: string): FieldKind {
  if (yes_no_fields.includes(field)) return 'yes_no'
  if (field in choice_fields) return 'choice'
  if (share_fields.includes(field)) return 'share'
  if (hour_fields.includes(field)) return 'hours'
  return texts.includes(field) ? 'text' : 'number'
}

/** JSON of the answer, or null while it is not one. A share is typed in percent; a decimal comma is welcome. */
export function asJson(kind: FieldKind, typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  if (kind === 'text' || kind === 'choice') return JSON.stringify(text)
  if (kind === 'yes_no') return text === 'true' || text === 'false' ? text : null
  const number = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.').replace('%', ''))
  if (!Number.isFinite(number) || number < 0) return null
  if (kind === 'share') return number <= 100 ? String(number / 100) : null
  return String(number)
}

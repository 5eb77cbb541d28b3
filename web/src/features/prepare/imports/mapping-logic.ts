// SPDX-License-Identifier: EUPL-1.2
import type { ColumnMapping } from '@/api/client'
import { mappable } from '@/lib/vocabulary'

export function chooseColumn(sheet: ColumnMapping, at: number, field: string): ColumnMapping {
  return { ...sheet, columns: sheet.columns.map((column, i) => (i === at ? { ...column, field } : column)) }
}

/** Another kind of row: the fields that it shares with the former one stay, the others are left out. */
export function chooseElement(sheet: ColumnMapping, element: string): ColumnMapping {
  const known = mappable[element as keyof typeof mappable] ?? []
  const carried = (field: string) => {
    const name = field.split('.')[1] ?? ''
    return known.includes(name) ? `${element}.${name}` : ''
  }
  return { ...sheet, element, columns: sheet.columns.map((column) => ({ ...column, field: carried(column.field) })) }
}

/** Fields that two columns of the sheet would both fill. */
export function doubled(sheet: ColumnMapping): string[] {
  const fields = sheet.columns.map(({ field }) => field).filter(Boolean)
  return [...new Set(fields.filter((field, i) => fields.indexOf(field) !== i))]
}

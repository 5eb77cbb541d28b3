// SPDX-License-Identifier: EUPL-1.2

export interface Sort { key: string; down: boolean }
interface Valued<Row> { key: string; value?: (row: Row) => string | number | null }

/** For search by eye: no accents, no capitals. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Rows holding every word of the query (accents and case aside), sorted; what is missing stays last. */
export function sortRows<Row>(rows: Row[], columns: Valued<Row>[], sort: Sort | null, query: string): Row[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  const text = (row: Row) => plain(columns.map((column) => column.value?.(row) ?? '').join(' '))
  const found = words.length === 0 ? rows : rows.filter((row) => {
    const all = text(row)
    return words.every((word) => all.includes(word))
  })
  const by = sort && columns.find((column) => column.key === sort.key)?.value
  if (!by) return found
  const way = sort.down ? -1 : 1
  return [...found].sort((a, b) => {
    const [x, y] = [by(a), by(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return way * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true }))
  })
}

/** The slice of rows in view with a margin on both sides. */
export function windowOf(count: number, top: number, height: number, row: number, margin = 12): { from: number; to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(top / row) - margin))
  return { from, to: Math.min(count, Math.max(from, Math.ceil((top + height) / row) + margin)) }
}

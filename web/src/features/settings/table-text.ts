// SPDX-License-Identifier: EUPL-1.2

export type Row = Record<string, string>

const cell = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
/** What lies inside an object is a column of its own, named "delay.median_h". */
const columnsOf = (key: string, value: unknown): [string, string][] =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).flatMap(([inner, inside]) => columnsOf(`${key}.${inner}`, inside))
    : [[key, cell(value)]]
const rowOf = (value: unknown): Row =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).flatMap(([key, inside]) => columnsOf(key, inside)))
    : { value: cell(value) }

/** A data table as rows: an array is one section, an object of arrays several. Text that is not JSON has none. */
export function readRows(text: string): { name: string; rows: Row[] }[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  if (Array.isArray(value)) return [{ name: '', rows: value.map(rowOf) }]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).map(([name, inside]) => ({ name, rows: Array.isArray(inside) ? inside.map(rowOf) : [rowOf(inside)] }))
}

/** Where a path of the server's refusal ("[2].delay.median_h", "doors[0].share") stands in the text: its last name. */
export function offsetOf(text: string, path: string): { from: number; to: number } | null {
  const steps = [...path.matchAll(/\[(\d+)\]|([A-Za-z_]\w*)|\/(\d+)/g)]
  let at = 0
  let found: { from: number; to: number } | null = null
  for (const step of steps) {
    const index = step[1] ?? step[3]
    if (index !== undefined) {
      const start = startOfItem(text, at, Number(index))
      if (start === null) return found
      at = start
      found = { from: at, to: at + 1 }
      continue
    }
    const name = `"${step[2]}"`
    const next = text.indexOf(name, at)
    if (next < 0) return found
    at = next + name.length
    found = { from: next, to: at }
  }
  return found
}

/** Offset of the nth item of the array that begins at or after `from`. */
function startOfItem(text: string, from: number, n: number): number | null {
  const open = text.indexOf('[', from)
  if (open < 0) return null
  let depth = 0
  let item = 0
  let quoted = false
  for (let i = open; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
      continue
    }
    if (c === '"') quoted = true
    if (c === '[' || c === '{') {
      depth++
      if (depth === 2 && item === n) return i
    }
    if (c === ']' || c === '}') depth--
    if (depth === 0) return null
    if (c === ',' && depth === 1) item++
  }
  return null
}

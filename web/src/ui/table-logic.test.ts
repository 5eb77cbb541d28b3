// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import { sortRows, windowOf } from './table-logic'

interface Row { name: string; n: number | null }
const columns = [{ key: 'name', value: (row: Row) => row.name }, { key: 'n', value: (row: Row) => row.n }]
const rows: Row[] = [{ name: 'Réanimation', n: 10 }, { name: 'Bloc 10', n: null }, { name: 'Bloc 2', n: 9 }]

test('search forgets accents and case, and wants every word', () => {
  expect(sortRows(rows, columns, null, 'REANIM')).toEqual([rows[0]])
  expect(sortRows(rows, columns, null, 'bloc 9')).toEqual([rows[2]])
})

test('numbers sort as numbers, numbered names naturally, what is missing last both ways', () => {
  expect(sortRows(rows, columns, { key: 'n', down: false }, '').map(({ n }) => n)).toEqual([9, 10, null])
  expect(sortRows(rows, columns, { key: 'n', down: true }, '').map(({ n }) => n)).toEqual([10, 9, null])
  expect(sortRows(rows, columns, { key: 'name', down: false }, '').map(({ name }) => name)).toEqual(['Bloc 2', 'Bloc 10', 'Réanimation'])
})

test('the window holds what is seen and a margin, within bounds', () => {
  expect(windowOf(3000, 0, 400, 40)).toEqual({ from: 0, to: 22 })
  expect(windowOf(3000, 60_000, 400, 40)).toEqual({ from: 1488, to: 1522 })
  expect(windowOf(10, 60_000, 400, 40)).toEqual({ from: 10, to: 10 })
})

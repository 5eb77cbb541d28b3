// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tiles } from './tiles'

test('each department with an agency has one tile, and no two share a place', () => {
  const table = JSON.parse(readFileSync('../data/registry/territories.json', 'utf8')) as { departments: { code: string; region: string }[] }
  const wanted = table.departments.filter(({ region }) => region !== '').map(({ code }) => code)
  expect(tiles.map(({ department }) => department).sort()).toEqual(wanted.sort())
  expect(new Set(tiles.map(({ column, row }) => `${column} ${row}`)).size).toBe(tiles.length)
})

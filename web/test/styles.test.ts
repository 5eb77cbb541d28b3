// SPDX-License-Identifier: EUPL-1.2
// What the oldest browsers of browsers.ts do not know is in no style sheet: there the whole rule would go without a word.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const newer = /color-mix\(|light-dark\(|::details-content|@scope|@starting-style|:popover-open|oklch\(|^\s*&/m

test('no style needs a newer browser', () => {
  const sheets = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(10)
  expect(sheets.filter((name) => newer.test(readFileSync(join('src', name), 'utf8')))).toEqual([])
})

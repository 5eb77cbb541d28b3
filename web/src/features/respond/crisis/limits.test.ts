// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fitting, limits, line_limits, most_counted, shorten } from './limits'

interface Schema { $ref?: string; maxLength?: number; maximum?: number; anyOf?: Schema[]; properties?: Record<string, Schema> }
const { components: { schemas } } = JSON.parse(readFileSync('../docs/openapi.json', 'utf8')) as { components: { schemas: Record<string, Schema> } }
const membersOf = (schema: string) => Object.entries(schemas[schema]?.properties ?? {})
const limitsOf = (schema: string) => Object.fromEntries(membersOf(schema).flatMap(([member, { maxLength }]) => (maxLength === undefined ? [] : [[member, maxLength]])))

test('the limits are those of the server', () => {
  expect(line_limits).toEqual(limitsOf('Line'))
  expect(limits).toEqual(Object.fromEntries(membersOf('Deed').map(([deed, { anyOf }]) => [deed, limitsOf(anyOf?.[0]?.$ref?.split('/').at(-1) ?? '')])))
  expect([schemas['Request']?.properties?.['quantity'], schemas['Impact']?.properties?.['transfers']?.anyOf?.[0]].map((one) => one?.maximum)).toEqual([most_counted, most_counted])
})

test('characters are counted, and what is cut says so', () => {
  expect(shorten('é😀é', 3)).toBe('é😀é')
  expect(shorten('é😀éé', 3)).toBe('é😀…')
  const line = { id: '1', kind: 'action' as const, text: 'x'.repeat(9_000), deed: { task: null, tick: { card: 'c', gesture: 0, text: 'y'.repeat(3_000), done: true } } }
  expect(fitting(line)).toEqual({ ...line, text: `${'x'.repeat(7_999)}…`, deed: { task: null, tick: { ...line.deed.tick, text: `${'y'.repeat(999)}…` } } })
})

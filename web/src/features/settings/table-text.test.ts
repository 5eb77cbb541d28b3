// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import { offsetOf, readRows } from './table-text'

test('an array is one section, an object of arrays several, nonsense none', () => {
  expect(readRows('[{"id":"a","n":1}]')).toEqual([{ name: '', rows: [{ id: 'a', n: '1' }] }])
  expect(readRows('{"doors":[{"id":"x"}],"version":2}').map(({ name }) => name)).toEqual(['doors', 'version'])
  expect(readRows('{')).toEqual([])
  expect(readRows('[{"id":"a","delay":{"median_h":2,"p90_h":6}}]')[0]?.rows).toEqual([{ id: 'a', 'delay.median_h': '2', 'delay.p90_h': '6' }])
})

test('the place of a refusal is found in the text', () => {
  const text = '[{"id":"a","cost":1},\n {"id":"b, [x","cost":-1}]'
  const at = offsetOf(text, '[1].cost')
  expect(at && text.slice(at.from, at.to)).toBe('"cost"')
  expect(at && at.from).toBeGreaterThan(text.indexOf('"b, [x"'))
  expect(offsetOf(text, '[7].cost')).toBeNull()
  expect(offsetOf(text, '')).toBeNull()
})

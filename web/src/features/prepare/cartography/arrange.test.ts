// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import type { Element, Link } from '@/api/client'
import { arrange, box_limit, folded } from './arrange'

const link = (id: string, kind: string, layer: Link['layer']): Link => ({ id, layer, kind, name: id, dependency_kind: 'needs', alternative: '', autonomy_h: 0, least_state: '' })
const many = (count: number, kind: string, layer: Link['layer']) => Array.from({ length: count }, (_, i) => link(`${kind}-${i}`, kind, layer))
const element = (needs: Link[], needed_by: Link[]): Element => ({ id: 'DPI', layer: 'application', kind: 'patient_record', name: 'DPI', fields: [], sightings: [], weaknesses: [], needs, needed_by })

test('what needs it stands above the focus, what it needs below, each in its layer', () => {
  const bands = arrange(element([link('s', 'server', 'infrastructure'), link('EAI', 'interface_engine', 'application')], [link('REA', 'intensive_care', 'care')]), 4)
  expect(bands.map(({ rows }) => rows.map((row) => row.map(({ id }) => id)))).toEqual([[['REA']], [['DPI'], ['EAI']], [['s']]])
})

test('never a hairball: the largest kinds fold into counts first', () => {
  const bands = arrange(element(many(400, 'server', 'infrastructure'), [...many(900, 'workstations', 'infrastructure'), ...many(12, 'medicine', 'care')]), 4)
  const boxes = bands.flatMap(({ rows }) => rows.flat())
  expect(boxes.length).toBeLessThanOrEqual(box_limit)
  expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(1 + 400 + 900 + 12)
  expect(boxes.filter(({ kind }) => kind === 'medicine')).toHaveLength(12)
})

test('few links stay as they are', () => {
  expect(folded(many(5, 'server', 'infrastructure'), 'needs', 29)).toHaveLength(5)
})

test('no row is wider than asked', () => {
  for (const { rows } of arrange(element(many(23, 'server', 'infrastructure'), []), 3)) for (const row of rows) expect(row.length).toBeLessThanOrEqual(3)
})

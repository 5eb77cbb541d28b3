// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import type { LineRow, NewDeed, Standing } from '@/api/client'
import { waiting, withNewer } from './standing'

const row = (arrived: number, happened: string, deed: NewDeed | null): LineRow => ({ ...waiting({ id: `line ${arrived}`, happened, typed: '2026-11-26T04:00:00Z', kind: 'action', deed }, 'anne'), arrived })
const tick = (done: boolean): NewDeed => ({ tick: { card: 'k', gesture: 0, text: '', done } })
const before: Standing[] = [{ subject: 'tick/k/0', row: row(3, '2026-11-26T03:00:00Z', tick(true)), since: '2026-11-26T02:30:00Z', contested: ['line 2'] }]

test('a newer line stands on top, from when the thing began, and settles what was contested', () => {
  expect(withNewer(before, [row(4, '2026-11-26T03:10:00Z', tick(false))])).toMatchObject([{ row: { arrived: 4 }, since: '2026-11-26T02:30:00Z', contested: [] }])
  const other = withNewer(before, [row(4, '2026-11-26T03:10:00Z', { tick: { card: 'k', gesture: 1, text: '', done: true } })])
  expect(other.map(({ subject, since }) => [subject, since])).toEqual([['tick/k/0', '2026-11-26T02:30:00Z'], ['tick/k/1', '2026-11-26T03:10:00Z']])
})

test('a line keyed in with an earlier time, or that changes nothing, leaves what holds as it is', () => {
  expect(withNewer(before, [row(4, '2026-11-26T02:50:00Z', tick(false))])).toEqual(before)
  expect(withNewer(before, [row(4, '2026-11-26T03:10:00Z', null)])).toBe(before)
})

// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import type { LineRow, NewDeed, Standing } from '@/api/client'
import { standingOf, waiting, withNewer } from './standing'

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

test('other words for a line stand where it stood: a slip of the pen moves no deadline', () => {
  const known = (arrived: number, at: string, typed: string, corrects = ''): LineRow => {
    const one = row(arrived, `2026-11-26T${at}:00Z`, { milestone: { event: 'knowledge' } })
    return { ...one, chain: 'stick', number: arrived, line: { ...one.line, typed: `2026-11-26T${typed}:00Z`, corrects } }
  }
  const rows = [known(1, '02:00', '03:00'), known(2, '01:10', '04:00'), known(3, '02:00', '05:00', 'line 1')]
  expect(standingOf(rows)).toMatchObject([{ row: { arrived: 2 } }])
  const held = standingOf(rows.slice(0, 2))
  expect(withNewer(held, rows.slice(2))).toEqual(held)
  expect(withNewer(held, [known(4, '01:20', '06:00', 'line 2')])).toMatchObject([{ row: { arrived: 4 } }])
})

test('a decision is taken when it was taken, whoever looks at it again', () => {
  const decision = (state: 'pending' | 'taken', review: string): NewDeed => ({ decision: { id: 'd', title: 'Couper', reason: '', decided_by: '', authority: '', care_cost: '', review, state } })
  const rows = [row(1, '2026-11-26T00:00:00Z', decision('pending', '2026-11-26T02:00:00Z')), row(2, '2026-11-26T01:00:00Z', decision('taken', '2026-11-26T02:00:00Z'))]
  const review = row(3, '2026-11-26T02:00:00Z', decision('taken', '2026-11-26T04:00:00Z'))
  expect(standingOf([...rows, review])).toMatchObject([{ row: { arrived: 3 }, since: '2026-11-26T01:00:00Z' }])
  expect(withNewer(standingOf(rows), [review])).toMatchObject([{ row: { arrived: 3 }, since: '2026-11-26T01:00:00Z' }])
})

// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, test } from 'vitest'
import { asJson, fieldKind } from './answer-value'
import { toCsv } from './csv'
import { failureOf } from './failure'
import { formatter } from './format'
import { groupBy } from './group'
import { inPairs } from './phone'
import { axis_end, axis_start, hoursAt, nearest, place } from './time-axis'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test.each([['0639981001', '06 39 98 10 01'], ['+33639981001', '+33 6 39 98 10 01'], ['15', '15'], ['06 39 98 10 01', '06 39 98 10 01'], ['+32470123456', '+32470123456']])('%s is read out as %s', (number, read) => {
  expect(inPairs(number)).toBe(read)
})

describe('formats', () => {
  const fr = formatter('fr')
  const en = formatter('en')

  test.each([[0.67, '40 min', '40 min'], [1, '1 h', '1 h'], [31, '31 h', '31 h'], [71.9, '72 h', '72 h'], [72, '3 j', '3 d'], [456, '19 j', '19 d'], [0, '0 min', '0 min'], [2.25, '2,3 h', '2.3 h']])(
    '%d hours', (hours, french, english) => {
      expect(plain(fr.hours(hours))).toBe(french)
      expect(plain(en.hours(hours))).toBe(english)
    },
  )

  test('an interval is in the unit of its median', () => {
    const { figure, interval } = fr.hoursSpread({ p5: 12, p50: 31, p95: 76 })
    expect(plain(`${figure} (${interval})`)).toBe('31 h (12 – 76)')
    expect(plain(fr.hoursSpread({ p5: 240, p50: 456, p95: 984 }).interval)).toBe('10 – 41')
    expect(plain(fr.countSpread({ p5: 4, p50: 4, p95: 4 }).interval)).toBe('4 – 4')
  })

  test.each(['America/Martinique', 'Europe/Paris', 'Pacific/Noumea'])('a date without an hour is that day, also in %s', (zone) => {
    const before = process.env['TZ']
    process.env['TZ'] = zone
    try {
      const here = formatter('fr')
      expect(plain(here.day('2026-11-03'))).toBe('mar. 3 nov. 2026')
      expect(plain(here.day('2026-11-03T12:00:00Z'))).toBe('mar. 3 nov. 2026')
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  test('a negative figure has a true minus sign, nought has none', () => {
    expect(plain(fr.percent(-0))).toBe('0 %')
    expect(plain(fr.percent(-0.0001))).toBe('0 %')
    expect(plain(fr.percent(-0.22))).toBe('−22 %')
    expect(plain(en.percent(-0.22))).toBe('−22%')
    expect(plain(fr.whole(-442))).toBe('−442')
  })

  test('thousands, money, bytes', () => {
    expect(plain(fr.whole(61400))).toBe('61 400')
    expect(plain(fr.money(33000))).toBe('33 000 €')
    expect(plain(en.money(33000))).toBe('€33,000')
    expect(plain(fr.bytes(412_000))).toBe('402 Kio')
    expect(plain(en.bytes(500))).toBe('500 B')
  })

  test('instants have day and 24 h clock, and a distance from now', () => {
    expect(plain(fr.instant('2026-11-03T20:40:00.000Z'))).toMatch(/^mar\. 3 nov\. 2026 \d{2}:40$/)
    const now = Date.parse('2026-11-22T12:00:00Z')
    expect(fr.ago('2026-11-21T11:00:00Z', now)).toBe('il y a 25 heures')
    expect(en.ago('2026-11-12T12:00:00Z', now)).toBe('10 days ago')
  })
})

describe('time axis', () => {
  test('two hours at the left, eight weeks at the right, clamped', () => {
    expect(place(axis_start)).toBe(0)
    expect(place(axis_end)).toBe(1)
    expect(place(0)).toBe(0)
    expect(place(9999)).toBe(1)
  })
  test('place and hoursAt undo each other', () => {
    for (const hours of [2, 7, 40, 400, 1344]) expect(hoursAt(place(hours))).toBeCloseTo(hours, 6)
  })
  test('the nearest point is nearest on the axis, not in hours', () => {
    expect(nearest([{ hours: 2 }, { hours: 32 }], 12)).toBe(1)
    expect(nearest([{ hours: 2 }, { hours: 32 }], 6)).toBe(0)
    expect(nearest([], 6)).toBe(0)
  })
})

describe('answers', () => {
  test.each([['occupancy', 'share'], ['rto_h', 'hours'], ['offline_backup', 'yes_no'], ['watch', 'choice'], ['beds', 'number'], ['vendor', 'text']])('%s is asked as %s', (field, kind) => {
    expect(fieldKind(field)).toBe(kind)
  })
  test.each([
    ['share', '35 %', '0.35'], ['share', '35,5', '0.355'], ['share', '120', null], ['number', '1 200', '1200'], ['number', 'beaucoup', null], ['number', '-3', null],
    ['yes_no', 'true', 'true'], ['yes_no', 'peut-être', null], ['text', ' Opaline ', '"Opaline"'], ['text', '', null], ['choice', 'edr', '"edr"'],
  ] as const)('%s %j -> %j', (kind, typed, json) => {
    expect(asJson(kind, typed)).toBe(json)
  })
})

describe('csv', () => {
  test('quotes what must be, keeps numbers, defuses formulas', () => {
    expect(toCsv(['a', 'b;c'], [['=1+1', 2], ['dit "oui"', -3.5]])).toBe('\ufeffa;"b;c"\r\n\'=1+1;2\r\n"dit ""oui""";-3.5\r\n')
  })
})

test('whatever was thrown has something to say', () => {
  expect(failureOf(new Error('x')).said.code).toBe('ui.problem.unknown')
  expect(failureOf(null).incident).toBe('')
  expect(failureOf({ said: { code: 'a', params: [] }, incident: 'F1' })).toMatchObject({ said: { code: 'a' }, incident: 'F1' })
})

test('groups keep the order of first appearance', () => {
  expect(groupBy([3, 1, 4, 1, 5], (n) => (n % 2 ? 'odd' : 'even'))).toEqual([{ key: 'odd', items: [3, 1, 1, 5] }, { key: 'even', items: [4] }])
})

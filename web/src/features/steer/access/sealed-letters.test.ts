// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import { inFours, readLetters } from './sealed-letters'

test('a code is read as it was printed, however it was typed', () => {
  for (const typed of ['7K2M-0P1Q-ABCD-2345', '7k2m op1q abcd 2345', '7k2m\u20110plq\u00a0abcd—2345', ' 7K2M.0PIQ.abcd.2345\n']) {
    expect(readLetters(typed)).toBe('7K2M0P1QABCD2345')
  }
  expect(readLetters('7K2U')).toBe('7K2U')
})

test('what is typed so far shows what is still to come', () => {
  expect(inFours('')).toBe('····-····-····-····')
  expect(inFours('7K2M0')).toBe('7K2M-0···-····-····')
  expect(inFours('7K2M0P1QABCD2345')).toBe('7K2M-0P1Q-ABCD-2345')
})

// SPDX-License-Identifier: EUPL-1.2
import { cleanup, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Dialled } from '@/ui/dialled'

test('what is dialled is the number that the words begin with', () => {
  const dialled = (number: string) => {
    cleanup()
    render(<Dialled number={number} />)
    return screen.getByRole('link', { name: number }).getAttribute('href')
  }
  expect(dialled('06 39 98 10 01')).toBe('tel:0639981001')
  expect(dialled('06.39.98.10.01 (24/24)')).toBe('tel:0639981001')
  expect(dialled('01 99 00 70 04, poste 33')).toBe('tel:0199007004')
  expect(dialled('+33 (0)1 99 00 70 04')).toBe('tel:+33199007004')
  expect(dialled('+352 (27) 12 34')).toBe('tel:+352271234')
  expect(dialled('0033 (0)1 99 00 70 04')).toBe('tel:0033199007004')
  expect(dialled('(0)1 99 00 70 04')).toBe('tel:0199007004')
  expect(dialled('01 99 00 70 04 (7004)')).toBe('tel:0199007004')
  expect(dialled('112 (15)')).toBe('tel:112')
  expect(dialled('+ 33 (0)1 99 00 70 04')).toBe('tel:+33199007004')
  expect(dialled('(+33) (0)1 99 00 70 04')).toBe('tel:+33199007004')
  expect(dialled('Astreinte +33 (0)6 39 98 10 01')).toBe('tel:+33639981001')
  expect(dialled('15 (112)')).toBe('tel:15')
  expect(dialled('17 (24h/24)')).toBe('tel:17')
  expect(dialled('standard 15')).toBe('tel:15')
})

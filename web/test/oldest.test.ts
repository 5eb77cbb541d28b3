// SPDX-License-Identifier: EUPL-1.2
// The page's code knows here no more than in the oldest browsers of browsers.ts (take_away.mjs).
import { expect, test } from 'vitest'
import { address } from '@/api/request'

test('what those do not know is taken away', () => {
  expect(['size' in URLSearchParams.prototype, 'union' in Set.prototype, 'toSorted' in Array.prototype, 'withResolvers' in Promise, 'any' in AbortSignal]).toEqual([false, false, false, false, false])
})

test('an address has its query, without what is empty in it', () => {
  const at = { facility: 'A 1', room: 'r' }
  expect(address('get', '/facilities/{facility}/rooms/{room}/board', { ...at, query: { internet: true, cut: '' } })).toBe('/api/v1/facilities/A%201/rooms/r/board?internet=true')
  expect(address('get', '/facilities/{facility}/rooms/{room}/board', { ...at, query: {} })).toBe('/api/v1/facilities/A%201/rooms/r/board')
})

// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import { toBytes, toText } from './authenticator'

test('bytes travel as base64url without padding', () => {
  for (const [bytes, text] of [[[], ''], [[0], 'AA'], [[251, 255, 254], '-__-'], [[102, 111], 'Zm8']] as const) {
    expect(toText(new Uint8Array(bytes).buffer)).toBe(text)
    expect([...toBytes(text)]).toEqual([...bytes])
  }
})

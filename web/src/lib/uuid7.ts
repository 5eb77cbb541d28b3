// SPDX-License-Identifier: EUPL-1.2
// Identities minted here (RFC 9562, version 7): later ones sort after earlier ones, within a millisecond too.
// Not crypto.randomUUID: it is only there over HTTPS, and a crisis laptop speaks plain HTTP.

let last = 0
let count = 0

export function uuid7(now: number = Date.now()): string {
  if (now > last) count = 0
  else if (++count > 0xfff) {
    count = 0
    last++
  }
  last = Math.max(last, now) // a clock set back does not reorder what was minted
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = last.toString(16).padStart(12, '0')
  const variant = (8 + (Number.parseInt(hex.charAt(0), 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${variant}${hex.slice(1, 4)}-${hex.slice(4)}`
}

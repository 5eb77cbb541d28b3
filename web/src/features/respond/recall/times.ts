// SPDX-License-Identifier: EUPL-1.2

/** The next moment at which clocks here show "07:30": tomorrow when that hour has passed. */
export function nextTimeAt(clock: string, now: Date): Date {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const at = new Date(now)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() < now.getTime() - 60_000) at.setDate(at.getDate() + 1)
  return at
}

/** A UUIDv7 (RFC 9562): the sender's own name for what it sends, so that twice is once. */
export function mintId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

// SPDX-License-Identifier: EUPL-1.2
// Tables as CSV that French and English Excel open alike: UTF-8 with mark, semicolon, CRLF.

/** A cell that a spreadsheet would run as a formula is defused with an apostrophe; numbers stay numbers. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function toCsv(headers: string[], rows: (string | number)[][]): string {
  return `\ufeff${[headers, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

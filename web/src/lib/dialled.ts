// SPDX-License-Identifier: EUPL-1.2
const abroad = /((?:\+|00)\s?\d{1,3})[\s)./-]*\(\s*(\d+)\s*\)/
const area = /^\s*\((\d+)\)/
const run = /\+?\d(?:(?:\s{1,2}|[./-])?\d)+/g

/** The first number that is said: "01 99 00 70 04 / 06 39 98 10 01, poste 33" dials ten digits, "15 ou 112" two; "+33 (0)1"
    is without what is left out from abroad. */
export function dialled(said: string): string {
  const plain = said.replace(abroad, (_, country: string, local: string) => country.replace(/\s/g, '') + (local === '0' ? '' : local)).replace(area, '$1 ')
  const numbers = (plain.match(run) ?? []).map((one) => one.replace(/[^\d+]/g, ''))
  const all = plain.replace(/\D/g, '') // "06 - 39 - 98 - 10 - 01"
  const first = numbers.find((one) => one.length >= 4) ?? (/^0\d{9}$/.test(all) ? all : numbers[0] ?? all)
  return /^0[1-9]/.test(first) ? first.slice(0, 10) : first
}

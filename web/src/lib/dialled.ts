// SPDX-License-Identifier: EUPL-1.2
const always = /(^|[^\d/])(?:24\s*h?\s*\/\s*24|7\s*j?\s*\/\s*7)(?![/\d])/gi // says when, not whom
const abroad = /^([^\d+]*(?:\+|00)\s?\d{1,3})[\s)./-]*\(\s*(\d+)\s*\)/
const french = /((?:\+|00)[\s.]?33[\s./)-]{0,3})0(?=[1-9])/ // "(+33) 04 …"
const area = /^\s*\((\d+)\)/
/** Of France as said abroad and at home, of another country, and short ones: "15", "36 46", "7004". */
const number = /(?:\+|00)[\s.]?33(?:[\s./)-]{0,3}\d){9}|(?:\+|00)\s?[1-9](?:[\s./-]{0,2}\d){5,13}|0[\s./-]?[1-9](?:[\s./-]{0,3}\d){8}|\d+(?:[\s.-]\d{2,3}(?!\d))*/g
const emergency = ['15', '17', '18', '112', '114', '115', '119', '191', '196', '197']

/** The first number that is said: "01 99 00 70 04 / 06 39 98 10 01, poste 33" dials ten digits, "15 ou 112" two. Few digits
    beside a longer number are something else: "8h-18h", "SAMU 38". "+33 (0)1" is without what is left out from abroad. */
export function dialled(said: string): string {
  const plain = said.replace(always, '$1').replace(abroad, (_, country: string, local: string) => country + (local === '0' ? '' : local)).replace(french, '$1').replace(area, '$1')
  const found = [...plain.matchAll(number)].map((one) => ({ digits: one[0].replace(/[^\d+]/g, ''), hour: /^\s*h/i.test(plain.slice(one.index + one[0].length)) }))
  const [first] = found
  const urgent = first && !first.hour && emergency.includes(first.digits)
  return (urgent ? first : found.find(({ digits }) => digits.length >= 4) ?? first)?.digits ?? ''
}

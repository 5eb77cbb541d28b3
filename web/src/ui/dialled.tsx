// SPDX-License-Identifier: EUPL-1.2
const abroad = /^([^\d+]*(?:\+|00)\s?\d{1,3}[\s)./-]*)\(\s*(\d+)\s*\)/
/** "01 99 00 70 04, poste 33": what is dialled is the number that it begins with; "+33 (0)1": without what is left out from abroad. */
function dialled(number: string): string {
  const plain = number.replace(abroad, (_, country: string, area: string) => country + (area === '0' ? '' : area))
  const begin = /^\+?[\d\s./-]{4,}/.exec(plain)?.[0] ?? plain.replace(/(\d\s*)\(.*$/, '$1')
  return begin.replace(/[^\d+]/g, '')
}

/** A number is a link for whoever has a telephone at hand. */
export const Dialled = ({ number }: { number: string }) => (number ? <a className="whole" href={`tel:${dialled(number)}`}>{number}</a> : null)

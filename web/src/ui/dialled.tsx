// SPDX-License-Identifier: EUPL-1.2
/** "01 99 00 70 04, poste 33": what is dialled is the number that it begins with. */
const dialled = (number: string) => (/^\+?(?:[\d\s./-]|\(\d+\)){4,}/.exec(number)?.[0] ?? number).replace('(0)', '').replace(/[^\d+]/g, '')

/** A number is a link for whoever has a telephone at hand. */
export const Dialled = ({ number }: { number: string }) => (number ? <a className="whole" href={`tel:${dialled(number)}`}>{number}</a> : null)

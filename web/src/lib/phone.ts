// SPDX-License-Identifier: EUPL-1.2
/** A French number as it is read out, in pairs; any other as it was written. */
export const inPairs = (number: string): string => number.replace(/^(0|\+33)(\d)((?:\d\d){4})$/, (_all, way: string, zone: string, rest: string) => `${way}${way === '0' ? '' : ' '}${zone} ${rest.match(/../g)?.join(' ')}`)

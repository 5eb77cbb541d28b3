// SPDX-License-Identifier: EUPL-1.2
/** A number is a link for whoever has a telephone at hand. */
export const Dialled = ({ number }: { number: string }) => (number ? <a className="nowrap" href={`tel:${number.replace(/[^\d+]/g, '')}`}>{number}</a> : null)

// SPDX-License-Identifier: EUPL-1.2
import { dialled } from '@/lib/dialled'

/** A number is a link for whoever has a telephone at hand. */
export const Dialled = ({ number }: { number: string }) => (number ? <a className="whole" href={`tel:${dialled(number)}`}>{number}</a> : null)

// SPDX-License-Identifier: EUPL-1.2
// What the server has put into this page (src/respond/pack/stick.hpp): the plan in force and the table of obligations.
import type { PlanDocument } from '@/api/client'
import type { Language } from '@/lib/format'
import type { Obligations } from './journal/clocks'

export interface Pack {
  facility: string
  name: string
  /** Day on which the page was made. */
  day: string
  language: Language
  /** Number of the plan's version. */
  number: number
  in_force: string
  plan: PlanDocument
  obligations: Obligations
}

export function readPack(): Pack | null {
  return JSON.parse(document.getElementById('pack')?.textContent ?? 'null') as Pack | null
}

const day_ms = 86_400_000
/** A month in which people change (src/respond/pack/paper_set.hpp). */
const days_in_place = 30
export const ageOf = ({ day }: Pack, now: number) => Math.floor((now - Date.parse(day)) / day_ms)
export const isOld = (pack: Pack, now: number) => ageOf(pack, now) > days_in_place
/** The clock of this computer shows a day on which this page was not made yet. */
export const isBehind = ({ day }: Pack, now: number) => new Date(now).toLocaleDateString('sv') < day

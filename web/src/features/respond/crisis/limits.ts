// SPDX-License-Identifier: EUPL-1.2
// How many characters the server takes of each text of a line and of its deed (src/respond/crisis/line.hpp, deed.hpp):
// of a journal that it takes in, one text that is longer refuses all. limits.test.ts holds it against docs/openapi.json.
import type { NewLine } from '@/api/client'
import { deedName, type DeedName } from './lists'

const id = 64
const name = 300
const reason = 2_000

export const line_limits = { id, author: name, from: name, to: name, text: 8_000, corrects: id, seen_in: id } as const
export const limits = {
  opening: { name },
  level: { reason, decided_by: name },
  impact: { element: id, name },
  task: { id, title: name, whose: name },
  tick: { card: id, text: 1_000 },
  decision: { id, title: name, reason, decided_by: name, authority: name, care_cost: reason },
  presence: { person: name, cell: name, function: name },
  handover: { id, cell: name, leaves: name, comes: name },
  request: { id, what: name, whom: name, answer: reason },
  placement: { number: id, service: name, bed: name, destination: name },
  milestone: { event: id, label: name },
  notice: { obligation: id, label: name, whom: name, how: name, reference: name },
  report: { approved_by: name, text: 120_000, head: id },
  joined: { chain: id, node: name, head: id },
  closing: { lessons: 8_000 },
  bulletin: { id, title: name, text: 6_000, title_en: name, text_en: 6_000, approved_by: name },
} as const satisfies Record<DeedName, Record<string, number>>

/** Of what is counted: patients, beds, pieces. */
export const most_counted = 1_000_000_000

/** A text of at most so many characters, as the server counts them: a letter of two UTF-16 units is one. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}

function cut<Texts extends object>(texts: Texts, most: Readonly<Record<string, number>>): Texts {
  return Object.fromEntries(Object.entries(texts).map(([member, said]) => [member, typeof said === 'string' ? shorten(said, most[member] ?? said.length) : said])) as Texts
}

/** The line as the server takes it. */
export function fitting<Said extends NewLine>(line: Said): Said {
  const { deed } = line
  const named = deedName(deed)
  return { ...cut(line, line_limits), ...(deed && named ? { deed: { ...deed, [named]: cut(deed[named] as object, limits[named]) } } : {}) }
}

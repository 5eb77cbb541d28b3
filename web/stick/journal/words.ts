// SPDX-License-Identifier: EUPL-1.2
// What a deed says, in the words of the server (src/respond/crisis/words.cpp): a line keeps them, so that it is read
// alike wherever it goes.
import type { NewDeed } from '@/api/client'
import type { Words } from '@/lib/i18n'

type Some<Name extends keyof NewDeed> = NonNullable<NewDeed[Name]>

export function wordsOf(deed: NewDeed, { t, f }: Words): string {
  const say = (what: string, params: Record<string, string> = {}) => t(`room.words.${what}`, params)
  const name = (list: string, value: string) => say(`${list}.${value}`)
  /** " · by whom", when it is known. */
  const more = (what: string, value: string | number | null | undefined) => (value === undefined || value === null || value === '' ? '' : ` ${say(what, { what: String(value) })}`)
  const at = (what: string, instant: string | null | undefined) => more(what, instant ? f.instant(instant) : '')
  const of: { [Name in keyof NewDeed]: (one: Some<Name>) => string } = {
    opening: (one) => say('opening', { kind: name('kind', one.kind), level: name('level', one.level) }),
    level: (one) => say('level_change', { level: name('level', one.level) }) + more('by', one.decided_by) + more('reason', one.reason),
    impact: (one) => say('impact', { name: one.name, state: name('state', one.state) }) + more('because', !one.cause || one.cause === 'unknown' ? '' : name('cause', one.cause))
      + more('capacity', one.capacity === null || one.capacity === undefined ? '' : Math.round(one.capacity * 100)) + more('transfers', one.transfers),
    task: (one) => say('task', { title: one.title, state: name('task_state', one.state) }) + more('for', one.whose) + at('until', one.due),
    tick: (one) => say(one.done ? 'ticked' : 'unticked', { text: one.text ?? '' }),
    decision: (one) => say('decision', { title: one.title, state: name('decision_state', one.state) }) + more('by', one.decided_by) + more('authority', one.authority) + more('reason', one.reason)
      + more('care_cost', one.care_cost) + at('review', one.review),
    presence: (one) => say('presence', { person: one.person, state: name('presence_state', one.state) }) + more('in', one.cell) + more('as', one.function) + at('expected', one.expected),
    handover: (one) => say(one.acknowledged ? 'taken_over' : 'handed_over', { leaves: one.leaves, comes: one.comes }) + more('in', one.cell),
    request: (one) => say('request', { what: `${one.quantity ? `${one.quantity} × ` : ''}${one.what}`, state: name('request_state', one.state) }) + more('whom', one.whom) + more('answer', one.answer),
    placement: (one) => say('placement', { number: one.number, state: name('placement_state', one.state) }) + more('in', one.service) + more('bed', one.bed) + more('destination', one.destination),
    milestone: (one) => say('milestone', { event: one.label || one.event }),
    notice: (one) => say('notice', { obligation: one.label || one.obligation, state: name('notice_state', one.state) }) + more('whom', one.whom) + more('how', one.how) + more('reference', one.reference),
    joined: (one) => say('joined', { node: one.node ?? '', lines: String(one.lines), head: one.head ?? '' }) + more('ahead', one.ahead_min || ''),
    closing: (one) => say('closing') + more('lessons', one.lessons),
  }
  return (Object.keys(of) as (keyof NewDeed)[]).map((member) => (deed[member] ? (of[member] as (one: unknown) => string)(deed[member]) : '')).join('')
}

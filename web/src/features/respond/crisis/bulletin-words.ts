// SPDX-License-Identifier: EUPL-1.2
// What helps to write to the public: the care that the board shows as touched, and what had better not be said.
import type { BoardElement, BulletinWords, ImpactBoard, PlanDocument } from '@/api/client'
import { boardOf } from './board-words'

export const noWords: BulletinWords = { title: '', text: '', title_en: '', text_en: '' }

/** Care that is closed or slowed down; systems are not of the public's concern. */
export const touchedCare = (board: ImpactBoard | undefined): BoardElement[] => (board ? boardOf(board, 'service').troubled : [])

/** A forecast closes nothing: where nobody has looked, where posts differ, or where people see at work what should have
    stopped, the page does not choose and leaves a blank. */
function stateOf({ seen, contested, capacity_seen, stops }: BoardElement, now: number): keyof typeof said {
  if (contested || seen === null || (seen === 'full' && (capacity_seen ?? 1) === 1)) return 'unsure'
  if (seen === 'down' || capacity_seen === 0) return 'closed'
  return stops !== null && Date.parse(stops) <= now ? 'unsure' : 'slow'
}

/** Of the public page, which is French first whatever language its writer reads. */
const said = { closed: { fr: 'fermé', en: 'closed' }, slow: { fr: 'fonctionne au ralenti', en: 'slowed down' }, unsure: { fr: '[ouvert, ralenti ou fermé]', en: '[open, slowed down or closed]' } }

/** Items of a list: "- Urgences adultes : fonctionne au ralenti"; in English once an English text is begun. */
export function withCare(words: BulletinWords, care: BoardElement[], now: number): Partial<BulletinWords> {
  const list = (language: 'fr' | 'en', colon: string) => care.map((one) => `- ${one.name}${colon} ${said[stateOf(one, now)][language]}`).join('\n')
  const joined = (before: string, items: string) => [before, items].filter(Boolean).join('\n\n')
  return { text: joined(words.text, list('fr', '\u00a0:')), ...(words.text_en ? { text_en: joined(words.text_en, list('en', ':')) } : {}) }
}

/** Messages of the plan that were written for people outside. */
export const readyFor = (plan: PlanDocument | undefined) => plan?.messages.filter(({ audience }) => audience === 'patients' || audience === 'press') ?? []

/** Blanks that nobody has filled in: "[heure]". */
export const blanksIn = ({ title, text, title_en, text_en }: BulletinWords): string[] => [...new Set([title, text, title_en, text_en].join('\n').match(/\[[^\]\n]{1,80}\]/g) ?? [])]

/** Systems of the board that the text names. */
export function systemsIn(words: BulletinWords, board: ImpactBoard | undefined): string[] {
  const said = ` ${Object.values(words).join(' ').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const named = (name: string) => said.includes(` ${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `)
  return (board?.elements ?? []).filter(({ layer, name }) => layer !== 'service' && name.length > 2 && named(name)).map(({ name }) => name)
}

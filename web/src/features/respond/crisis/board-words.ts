// SPDX-License-Identifier: EUPL-1.2
// The board in words: what is in trouble, in which order it is read, and what stops when.
import type { BoardElement, ImpactBoard } from '@/api/client'
import type { Words } from '@/lib/i18n'
import type { State } from '@/ui/state-glyph'

export const layers = ['service', 'application', 'component'] as const
export type BoardLayer = (typeof layers)[number]

/** The glyph of a state; what is full runs. */
export const shapeOf = (state: BoardElement['forecast']): State => (state === 'full' ? 'up' : state)

export const declared = (one: BoardElement) => one.seen !== null && one.seen !== 'full'
export const felt = (one: BoardElement) => one.forecast !== 'full'
/** What is forecast for now, also by a board that is older than now. */
export const forecastOf = ({ layer, forecast, stops }: BoardElement, now: number) => (layer === 'service' && stops !== null && Date.parse(stops) <= now ? 'down' : forecast)
/** What is told at a glance: what people say, else what is forecast. */
export const stateOf = (one: BoardElement, now: number) => one.seen ?? forecastOf(one, now)
/** When care ended, or will: as people said, else by the forecast. */
const endOf = ({ layer, seen, since, stops }: BoardElement) => (layer === 'service' && seen === 'down' ? since : stops)
/** Something is known to be wrong with it, or to go wrong. */
export const hurt = (one: BoardElement) => declared(one) || felt(one) || one.stops !== null || (one.capacity ?? 1) < 1 || (one.capacity_seen ?? 1) < 1 || one.transfers > 0
/** Or two posts say different things of it. */
export const troubled = (one: BoardElement) => hurt(one) || one.contested

/** What stops first comes first; then what was declared; then by name; last what is only contested. */
export function boardOf(board: ImpactBoard, layer: BoardLayer): { troubled: BoardElement[]; well: BoardElement[] } {
  const all = board.elements.filter((one) => one.layer === layer)
  const gravity = (one: BoardElement) => (endOf(one) ?? (declared(one) ? '8' : hurt(one) ? '9' : 'z')) + one.name
  return { troubled: all.filter(troubled).sort((a, b) => gravity(a).localeCompare(gravity(b))), well: all.filter((one) => !troubled(one)) }
}

const shift = 12 * 3_600_000 // ms

/** For whoever takes over: what was declared, and the care that stops within a shift; apart, what only feels it, or later. */
export function outagesOf(board: ImpactBoard, now: number): { told: BoardElement[]; later: BoardElement[] } {
  const all = layers.flatMap((layer) => boardOf(board, layer).troubled)
  const matters = (one: BoardElement) => declared(one) || one.contested || (one.layer === 'service' && ((one.stops !== null && Date.parse(one.stops) - now <= shift) || (one.capacity_seen ?? 1) < 1))
  return { told: all.filter(matters), later: all.filter((one) => !matters(one)) }
}

/** "s'arrête à 03:40 (dans 1 h 20)"; nothing when it does not stop. What nobody has seen stop has stopped by the forecast. */
export function stopWords(one: BoardElement, now: number, { t, f }: Words): string {
  const end = endOf(one)
  if (end === null) return ''
  const left = Date.parse(end) - now
  return t(left > 0 ? 'ui.room.board.stops' : one.seen === 'down' ? 'ui.room.board.stopped' : 'ui.room.board.stopped_by_forecast', { time: f.moment(end, now), span: f.span(left) })
}

/** "arrêté selon la prévision": of a system that nobody has looked at, or that people see otherwise. Of care the hour of its end says it. */
function forecastWords({ layer, seen, forecast }: BoardElement, { t, word }: Words): string {
  const otherwise = layer !== 'service' && seen !== 'down' && forecast !== 'full' && forecast !== seen
  return otherwise ? t('ui.room.board.state_by_forecast', { state: word('room.words.state', forecast) }) : ''
}

/** "60 % de sa capacité", as people say, else by the forecast; nothing while it keeps all of it, or is closed. */
function keptWords({ layer, seen, capacity_seen, capacity }: BoardElement, { t, f }: Words): string {
  if (layer !== 'service' || seen === 'down') return ''
  if (capacity_seen !== null && capacity_seen < 1) return t('ui.room.board.keeps', { share: f.percent(capacity_seen) })
  return capacity === null || capacity >= 1 ? '' : t('ui.room.board.keeps_by_forecast', { share: f.percent(capacity) })
}

/** "depuis 02:10 (5 h 20), chiffré"; nothing while it is full. */
export function sinceWords({ since, seen, cause }: BoardElement, now: number, { t, f, word }: Words): string {
  if (since === null || seen === 'full') return ''
  const span = t('ui.room.board.since', { time: f.moment(since, now), span: f.span(now - Date.parse(since)) })
  return cause === 'unknown' ? span : `${span}, ${word('room.words.cause', cause)}`
}

/** Against the longest outage that care bears. */
export function toleranceWords({ tolerated_until, tolerated_h }: BoardElement, now: number, { t, f }: Words): { text: string; over: boolean } | null {
  if (tolerated_until === null) return null
  const left = Date.parse(tolerated_until) - now
  return { text: t(left > 0 ? 'ui.room.board.bearable' : 'ui.room.board.unbearable', { hours: tolerated_h === null ? '' : f.hours(tolerated_h), span: f.span(left), time: f.moment(tolerated_until, now) }), over: left <= 0 }
}

/** All that is known of it beside its state, what presses most first. */
export function detailWords(one: BoardElement, now: number, words: Words): string[] {
  const stop = one.seen === 'down' ? '' : stopWords(one, now, words)
  const borne = toleranceWords(one, now, words)
  const kept = [keptWords(one, words), sinceWords(one, now, words)]
  const forecast = forecastWords(one, words)
  return [stop, ...(borne?.over ? [borne.text, forecast] : [forecast, borne?.text ?? '']), ...kept].filter(Boolean)
}

const named_at_most = 5

/** The first few of them, and how many more. */
function fewOf(said: string[], { t, f, language }: Words): string {
  const rest = said.length - named_at_most
  return [...said.slice(0, named_at_most), ...(rest > 0 ? [t('ui.room.decision.more_lost', { count: rest, n: f.whole(rest) })] : [])].join(language === 'fr' ? '\u202f; ' : '; ')
}

const told_from = 60_000 // ms sooner

/** What care would lose by a cut: the services that stop because of it or sooner, or keep less, soonest first. */
export function lostByCut(board: ImpactBoard, cut: ImpactBoard, now: number, words: Words): string {
  const { t, f } = words
  const kept = ({ curve, capacity }: BoardElement) => curve.at(-1)?.capacity ?? capacity ?? 1 // in the end: a cut lasts, and care that catches up climbs
  const before = new Map(board.elements.map((one) => [one.id || one.name, one]))
  const { troubled, well } = boardOf(cut, 'service')
  const lost = [...troubled, ...well].flatMap((one) => {
    const was = before.get(one.id || one.name)
    const said = [
      one.seen === 'down' ? '' : one.stops !== null && (!was?.stops || Date.parse(was.stops) - Date.parse(one.stops) > told_from) ? stopWords(one, now, words) : was && kept(one) < kept(was) - 0.005 ? t('ui.room.decision.keeps', { share: f.percent(kept(one)) }) : '',
      one.transfers > (was?.transfers ?? 0) ? t('ui.room.board.transfers', { count: one.transfers, n: f.whole(one.transfers) }) : '',
    ].filter(Boolean)
    return said.length > 0 ? [`${one.name} ${said.join(', ')}`] : []
  })
  return lost.length === 0 ? t('ui.room.decision.nothing_lost') : fewOf(lost, words)
}

/** What a decision costs, offered from the board: the services that stop, when. */
export function careInWords(board: ImpactBoard | undefined, now: number, words: Words): string {
  const { t, f } = words
  const care = board ? boardOf(board, 'service').troubled : []
  return fewOf(care.map((one) => [one.name, one.contested ? `(${t('ui.room.contested.short')})` : '', stopWords(one, now, words) || keptWords(one, words), one.transfers > 0 ? t('ui.room.board.transfers', { count: one.transfers, n: f.whole(one.transfers) }) : ''].filter(Boolean).join(' ')), words)
}

// SPDX-License-Identifier: EUPL-1.2
// What is told of care and systems: sight beside forecast, and neither hides the other.
import { renderHook } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import type { BoardElement, ImpactBoard } from '@/api/client'
import { boardOf, careInWords, detailWords, lostByCut, outagesOf, stateOf, stopWords } from '@/features/respond/crisis/board-words'
import { useWords, type Words } from '@/lib/i18n'
import { words } from './page'

const now = Date.parse('2026-11-27T05:00:00Z')
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
const element = (name: string, more: Partial<BoardElement> = {}): BoardElement => ({
  id: name, name, layer: 'service', seen: null, since: null, cause: 'unknown', forecast: 'full', tolerated_h: null, tolerated_until: null, capacity_seen: null, capacity: 1, stops: null, transfers: 0, curve: [],
  contested: false, ...more,
})
const boardWith = (...elements: BoardElement[]): ImpactBoard => ({ now: at(0), elements, first: [], known: true })

let french: Words
beforeAll(async () => {
  await words('fr')
  french = renderHook(() => useWords()).result.current
})

test('a forecast stop is called a forecast until people see it', () => {
  expect(stopWords(element('Labo', { seen: 'full', stops: at(-2) }), now, french)).toMatch(/^arrêté depuis .* selon la prévision \(2.h.00\)$/)
  expect(stopWords(element('Labo', { stops: at(-2) }), now, french)).toMatch(/^arrêté depuis .* selon la prévision \(2.h.00\)$/)
  expect(stopWords(element('Labo', { seen: 'full', stops: at(3) }), now, french)).toMatch(/^s’arrête à /)
})

test('care that people closed has their hour, not that of the forecast', () => {
  const closed = element('Urgences', { seen: 'down', since: at(-1), stops: at(4), capacity: 0.2, forecast: 'full' })
  expect(stopWords(closed, now, french)).toMatch(/^arrêté depuis .*\(1.h.00\)$/)
  expect(detailWords(closed, now, french)).toEqual([expect.stringMatching(/^depuis .*\(1.h.00\)$/)])
  expect(careInWords(boardWith(closed), now, french)).toMatch(/^Urgences arrêté depuis /)
  expect(lostByCut(boardWith(closed), boardWith({ ...closed, stops: at(1) }), now, french)).toBe(lostByCut(boardWith(), boardWith(), now, french))
})

test('a system that fails after it was declared says so', () => {
  const system = element('Dossier', { layer: 'application', seen: 'read_only', since: at(-3), forecast: 'down', capacity: null })
  expect(detailWords(system, now, french)[0]).toBe('arrêté selon la prévision')
  expect(detailWords({ ...system, forecast: 'read_only' }, now, french)[0]).toMatch(/^depuis /)
  expect(detailWords({ ...system, seen: null, since: null }, now, french)).toEqual(['arrêté selon la prévision'])
})

test('a forecast share of care is called a forecast', () => {
  expect(detailWords(element('Consultations', { seen: 'full', capacity: 0.6 }), now, french)).toEqual([expect.stringMatching(/^60.% de sa capacité selon la prévision$/)])
  const declared = element('Consultations', { seen: 'full', capacity_seen: 1, capacity: 0.6 })
  expect(boardOf(boardWith(declared), 'service').troubled).toEqual([declared])
})

test('a board that is older than now tells what has stopped meanwhile', () => {
  expect(stateOf(element('Labo', { stops: at(-1) }), now)).toBe('down')
  expect(stateOf(element('Labo', { stops: at(1) }), now)).toBe('full')
  expect(stateOf(element('Labo', { stops: at(-1), seen: 'full' }), now)).toBe('full')
})

test('patients to move from closed care are part of the price of a cut', () => {
  const closed = element('Réanimation', { seen: 'down', since: at(-1) })
  expect(lostByCut(boardWith(closed), boardWith({ ...closed, stops: at(1), transfers: 8 }), now, french)).toBe('Réanimation 8 patients à transférer')
})

test('care that keeps less than all of its capacity is in trouble, and told after what stops', () => {
  const [slowed, stopped, well] = [element('Consultations', { capacity: 0.6 }), element('Radiologie', { stops: at(2) }), element('Maternité')]
  const board = boardWith(slowed, stopped, well)
  expect(boardOf(board, 'service')).toEqual({ troubled: [stopped, slowed], well: [well] })
  expect(outagesOf(board, now)).toEqual({ told: [stopped], later: [slowed] })
  expect(detailWords(slowed, now, french)).toEqual([expect.stringMatching(/^60.% de sa capacité selon la prévision$/)])
  expect(careInWords(boardWith(slowed), now, french)).toMatch(/selon la prévision$/)
  expect(detailWords({ ...slowed, seen: 'full', capacity_seen: 0.5 }, now, french)).toEqual([expect.stringMatching(/^50.% de sa capacité$/)])
})

test('a cut costs what it takes in the end, also from care that catches up or still has its own means', () => {
  const curve = (...shares: number[]) => shares.map((capacity, i) => ({ hours: i * 24, capacity }))
  const [catching_up, well] = [element('Laboratoire', { capacity: 0.7, curve: curve(0.7, 1) }), element('Chirurgie', { curve: curve(1, 1) })]
  const price = lostByCut(boardWith(catching_up, well), boardWith({ ...catching_up, curve: curve(0.7, 0.7) }, { ...well, curve: curve(1, 0.6) }), now, french)
  expect(price).toMatch(/^Laboratoire .*70.%.*Chirurgie .*60.%/)
  expect(lostByCut(boardWith(catching_up), boardWith(catching_up), now, french)).toBe(french.t('ui.room.decision.nothing_lost'))
})

// SPDX-License-Identifier: EUPL-1.2
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { LineRow, NewDeed, PlanDocument } from '@/api/client'
import { standingOf } from '@/features/respond/crisis/standing'
import { shortHead } from '@/lib/short-head'
import { boardOf } from './board'
import { headOf, link, originOf, type Chain, type Link } from './chain'
import { clocksOf, type Obligations } from './clocks'
import { isFault, readJournal, writeJournal, type JournalHead } from './journal-file'

const chain: Chain = { id: 'chain', room: 'room', node: 'Clé USB, poste 1' }
const head: JournalHead = { version: 1, room: 'room', facility: '990000001', name: 'Crise', kind: 'exercise', made: '2026-11-26T02:07:00Z', chains: [chain] }
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

const said = (text: string, deed?: NewDeed) => JSON.stringify({ id: text, happened: head.made, typed: head.made, text, deed })

function chained(...said: string[]): Link[] {
  const links: Link[] = []
  for (const one of said) links.push(link(chain, headOf(chain, links), one))
  return links
}

describe('the chain', () => {
  it('is the one that sha256sum gives', () => {
    const [first, second] = chained('{"text":"é"}', '{}')
    expect(originOf(chain)).toBe(sha('releve journal 1\nchain\nroom\nClé USB, poste 1'))
    expect(first).toMatchObject({ number: 1, before: originOf(chain), hash: sha(`${originOf(chain)}\n{"text":"é"}`) })
    expect(second).toMatchObject({ number: 2, before: first?.hash, hash: sha(`${first?.hash}\n{}`) })
    expect(shortHead('3f2a91c077be0d14ffff')).toBe('3f2a 91c0 77be 0d14')
  })
})

describe('a journal as a file', () => {
  const text = writeJournal({ head, links: chained(...['un', 'deux', 'trois'].map((one) => said(one))) })
  const fault = (changed: string) => {
    const read = readJournal(changed)
    return isFault(read) ? [read.code, read.params[0]?.value] : read
  }
  const without = (line: number) => text.split('\n').filter((_, i) => i !== line).join('\n')

  it('is read as it was written', () => {
    const read = readJournal(text)
    expect(isFault(read) ? read : read.links.map(({ number }) => number)).toEqual([1, 2, 3])
  })
  it('names the first line that is wrong', () => {
    expect(fault(text.replace('deux', 'dix'))).toEqual(['journal.line_changed', '2'])
    expect(fault(without(2))).toEqual(['journal.line_missing', '2'])
    expect(fault(without(3))).toEqual(['journal.line_missing', '3'])
    expect(fault(without(4))).toEqual(['journal.cut_off', '4'])
    expect(fault(text.replace('"link"', '"lnk"'))).toEqual(['journal.bad_line', '2'])
    expect(fault(text.replace(/"link":\{"chain":"chain"/, '"link":{"chain":"other"'))).toEqual(['journal.unknown_chain', 'other'])
    const twice = { ...head, chains: [chain, chain] }
    expect(fault(writeJournal({ head: twice, links: chained(said('un')) }))).toEqual(['journal.chain_twice', 'Clé USB, poste 1'])
    for (const nothing of ['oops', '[]', '{"id":"x"}', 'null']) expect(fault(writeJournal({ head, links: chained(said('un'), nothing) }))).toEqual(['journal.bad_line', '3'])
    const real = { ...head, kind: 'real' as const }
    expect(fault(writeJournal({ head: real, links: chained(said('un', { opening: { kind: 'exercise' } } as NewDeed)) }))).toEqual(['journal.other_head', 'Clé USB, poste 1'])
    expect(fault('{"a":1}\n')).toEqual(['journal.not_one', '1'])
    expect(fault('')).toEqual(['journal.not_one', '1'])
    expect(fault('\u0000\u0001')).toEqual(['journal.not_one', '1'])
  })
})

let arrived = 0
function row(happened: string, deed: NewDeed, more: Partial<LineRow['line']> = {}): LineRow {
  arrived += 1
  return { arrived, chain: 'chain', number: arrived, hash: '', line: { id: `line ${arrived}`, happened, typed: happened, author: '', from: '', to: '', kind: 'fact', text: '', corrects: '', attachments: [], seen: null, ...more, deed } as unknown as LineRow['line'] }
}
const impact = (state: 'down' | 'read_only' | 'full'): NewDeed => ({ impact: { element: '', name: 'SIL', layer: 'application', state } })

describe('what stands', () => {
  it('is what the line about the latest moment says, whenever it was keyed in', () => {
    const rows = [row('2026-11-26T04:00:00Z', impact('full')), row('2026-11-26T02:00:00Z', impact('down'), { typed: '2026-11-26T04:10:00Z' })]
    expect(standingOf(rows)).toMatchObject([{ subject: 'impact/named/SIL', row: { line: { deed: { impact: { state: 'full' } } } } }])
  })
  it('keeps the order of a node whose clock was set back', () => {
    const rows = [row('2026-11-26T05:00:00Z', impact('down')), row('2026-11-26T02:10:00Z', impact('full'))]
    expect(standingOf(rows)).toMatchObject([{ row: { line: { deed: { impact: { state: 'full' } } } } }])
  })
  it('puts what a node writes after all of another one that it has taken in', () => {
    const joined = (through: number): NewDeed => ({ joined: { chain: 'other', node: 'poste 1', through, head: '', lines: through, ahead_min: 0 } })
    const other = [{ ...row('2026-11-26T02:30:00Z', impact('down')), chain: 'other', number: 1 }, { ...row('2026-11-26T04:00:00Z', impact('read_only')), chain: 'other', number: 2 }]
    const here = (through: number) => [...other, row('2026-11-26T02:00:00Z', joined(through)), row('2026-11-26T02:01:00Z', impact('full'))]
    const stands = (rows: LineRow[]) => standingOf(rows)[0]?.row.line.deed?.impact?.state
    expect(stands(here(2))).toBe('full')
    expect(stands(here(1))).toBe('read_only') // what it had not seen stays where its clock puts it
  })
  it('lets a line that waited on a phone undo nothing that it had not seen, and tells that they differ', () => {
    const chain = (number: number, at: string, state: 'down' | 'full', more: Partial<LineRow['line']>) => ({ ...row(`2026-11-26T${at}:00Z`, impact(state), more), chain: 'server', number })
    const rows = [chain(1, '01:00', 'down', { author: 'desk' }), chain(2, '04:00', 'full', { author: 'desk' }), chain(3, '02:00', 'down', { author: 'phone', seen: 1 })]
    expect(standingOf(rows)).toMatchObject([{ row: { number: 2 }, contested: [rows[2]?.line.id] }])
    expect(boardOf(standingOf(rows), { services: [] } as unknown as PlanDocument, 0).elements).toMatchObject([{ name: 'SIL', seen: 'full', contested: true }])
    const settled = chain(4, '05:00', 'full', { author: 'desk', seen: 3 })
    expect(standingOf([...rows, settled])).toMatchObject([{ row: { number: 4 }, contested: [] }])
  })
  it('tells that two posts differ of which neither has taken the other in', () => {
    const laptop = { ...row('2026-11-26T02:30:00Z', impact('down')), chain: 'laptop', number: 1, hash: 'one' }
    const desk = { ...row('2026-11-26T03:00:00Z', impact('full')), chain: 'desk', number: 1 }
    expect(standingOf([laptop, desk])).toMatchObject([{ row: { chain: 'desk' }, contested: [laptop.line.id] }])
    const joined = { ...row('2026-11-26T02:50:00Z', { joined: { chain: 'laptop', node: 'poste 1', through: 1, head: 'one', lines: 1, ahead_min: 0 } }), chain: 'desk', number: 1 }
    expect(standingOf([laptop, joined, { ...desk, number: 2 }])).toMatchObject([{ row: { chain: 'desk' }, contested: [] }])
  })
  it('counts an outage from when it left its full state', () => {
    const rows = [row('2026-11-26T01:00:00Z', impact('full')), row('2026-11-26T02:00:00Z', impact('down')), row('2026-11-26T03:00:00Z', impact('down'))]
    expect(standingOf(rows)[0]?.since).toBe('2026-11-26T02:00:00Z')
  })
  it('counts care as closed from when it was closed', () => {
    const care = (state: 'down' | 'not_linked'): NewDeed => ({ impact: { element: 'LAB', name: 'Laboratoire', layer: 'service', state } })
    const rows = [row('2026-11-26T01:00:00Z', care('not_linked')), row('2026-11-26T03:00:00Z', care('down')), row('2026-11-26T04:00:00Z', care('down'))]
    expect(standingOf(rows)[0]?.since).toBe('2026-11-26T03:00:00Z')
  })
  it('takes the last word on when something was known, also an earlier hour', () => {
    const known: NewDeed = { milestone: { event: 'breach_known', label: '' } }
    const rows = [row('2026-11-26T02:00:00Z', known, { typed: '2026-11-26T03:00:00Z' }), row('2026-11-26T01:10:00Z', known, { typed: '2026-11-26T05:00:00Z' })]
    expect(standingOf(rows)[0]?.row.line.happened).toBe('2026-11-26T01:10:00Z')
  })
  it('no longer counts a line that was corrected', () => {
    const wrong = row('2026-11-26T03:00:00Z', impact('down'))
    const right = row('2026-11-26T02:00:00Z', impact('full'), { corrects: wrong.line.id })
    expect(standingOf([wrong, right])).toMatchObject([{ row: { line: { deed: { impact: { state: 'full' } } } } }])
  })
})

describe('the clocks', () => {
  const words = (text: string) => ({ fr: text, en: text })
  const owed = { recipient: words('CNIL'), months: null, hours: null, applies: true, source: '', confirmed: true, first: false, contact: '' }
  const table: Obligations = {
    events: [{ id: 'known', label: words('su'), at_opening: true }, { id: 'breach', label: words('violation'), at_opening: false }],
    obligations: [
      { ...owed, id: 'complaint', label: words('Plainte'), starts: 'known', hours: 72 }, { ...owed, id: 'report', label: words('Rapport'), starts: 'known', months: 1 },
      { ...owed, id: 'cnil', label: words('CNIL'), starts: 'breach', hours: 72 }, { ...owed, id: 'nis2', label: words('NIS 2'), starts: 'known', hours: 24, applies: false },
    ],
  }
  const opening = row('2027-01-31T02:00:00Z', { opening: { kind: 'exercise', name: 'Crise', level: 'plan_blanc', plan: 1 } })
  const at = (rows: LineRow[], now: string) => Object.fromEntries(clocksOf(standingOf(rows), table, Date.parse(now), 'fr').map(({ obligation, state, due }) => [obligation, [state, due]]))

  it('stand below what is told first, until it is', () => {
    const first = { ...table, obligations: [...table.obligations, { ...owed, id: 'samu', label: words('SAMU'), starts: 'known', first: true, contact: 'samu' }] }
    const top = (rows: LineRow[]) => clocksOf(standingOf(rows), first, Date.parse('2027-02-01T00:00:00Z'), 'fr')[0]
    expect(top([opening])).toMatchObject({ obligation: 'samu', first: true, contact: 'samu' })
    expect(top([opening, row('2027-01-31T03:00:00Z', { notice: { obligation: 'samu', label: '', state: 'met', whom: '', how: '', reference: '' } })])?.obligation).toBe('complaint')
  })

  it('run from their own events, and say when they are late', () => {
    expect(at([opening], '2027-02-01T00:00:00Z')).toEqual({
      complaint: ['running', '2027-02-03T02:00:00.000Z'], report: ['running', '2027-02-28T02:00:00.000Z'], cnil: ['waiting', null], nis2: ['not_applicable', '2027-02-01T02:00:00.000Z'],
    })
    expect(at([opening], '2027-02-04T00:00:00Z')['complaint']?.[0]).toBe('late')
    expect(at([opening, row('2027-02-01T00:00:00Z', { milestone: { event: 'breach', label: '' } })], '2027-02-01T01:00:00Z')['cnil']).toEqual(['running', '2027-02-04T00:00:00.000Z'])
  })
  it('stop when they are met, and count a decision to be looked at again', () => {
    const met = row('2027-02-01T00:00:00Z', { notice: { obligation: 'complaint', label: '', state: 'met' } })
    const review = row('2027-02-01T00:00:00Z', { decision: { id: 'd', title: 'Couper', state: 'taken', review: '2027-02-01T06:00:00Z' } })
    const said = at([opening, met, review], '2027-02-01T01:00:00Z')
    expect(said['complaint']?.[0]).toBe('met')
    expect(said['review/d']).toEqual(['running', '2027-02-01T06:00:00Z'])
  })
})

describe('the board', () => {
  const plan = { services: [{ id: 'PUI', name: 'Pharmacie', applications: ['Pharmacie', 'SIL'] }] } as unknown as PlanDocument
  const of = (...rows: LineRow[]) => boardOf(standingOf(rows), plan, Date.parse('2026-11-26T08:00:00Z')).elements.map(({ id, name, layer, seen }) => [layer, id || name, seen])
  const declared = (element: string, name: string, layer: 'service' | 'application', state: 'down' | 'full'): NewDeed => ({ impact: { element, name, layer, state } } as NewDeed)

  it('keeps a ward and the application of its name apart', () => {
    expect(of().sort()).toEqual([['application', 'Pharmacie', null], ['application', 'SIL', null], ['service', 'PUI', null]])
    expect(of(row('2026-11-26T02:10:00Z', declared('APP', 'Pharmacie', 'application', 'down')), row('2026-11-26T02:20:00Z', declared('PUI', 'Pharmacie', 'service', 'full'))).sort())
      .toEqual([['application', 'APP', 'down'], ['application', 'SIL', null], ['service', 'PUI', 'full']])
  })
  it('has a row for each subject, also of one name', () => {
    expect(of(row('2026-11-26T05:00:00Z', declared('', 'SIL', 'application', 'full')), row('2026-11-26T07:00:00Z', declared('APP-SIL', 'SIL', 'application', 'down'))).filter(([, , seen]) => seen !== null).sort())
      .toEqual([['application', 'APP-SIL', 'down'], ['application', 'SIL', 'full']])
  })
})

// SPDX-License-Identifier: EUPL-1.2
// A journal as a file, the same that the server writes and reads (src/respond/crisis/journal_file.hpp): what `releve verify`
// checks and `releve merge` takes back.
import type { Line } from '@/api/client'
import { faultIn, headOf, type Chain, type Fault, type Link } from './chain'

export interface JournalHead { version: 1; room: string; facility: string; name: string; kind: 'real' | 'exercise'; made: string; chains: Chain[] }
export interface JournalFile { head: JournalHead; links: Link[] }

const most_bytes = 128 * 2 ** 20
interface ChainEnd { chain: string; lines: number; head: string }

const endsOf = ({ head, links }: JournalFile): ChainEnd[] =>
  head.chains.map((chain) => {
    const { number, hash } = headOf(chain, links)
    return { chain: chain.id, lines: number, head: hash }
  })

export const writeJournal = (file: JournalFile): string =>
  [{ journal: file.head }, ...file.links.map((link) => ({ link })), { end: endsOf(file) }].map((one) => `${JSON.stringify(one)}\n`).join('')

const isText = (value: unknown): value is string => typeof value === 'string'
const isChain = (one: Partial<Chain> | undefined): one is Chain => isText(one?.id) && isText(one.room) && isText(one.node)
const isLink = (one: Partial<Link> | undefined): one is Link => isText(one?.chain) && typeof one.number === 'number' && isText(one.before) && isText(one.said) && isText(one.hash)
const isHead = (one: Partial<JournalHead> | undefined): one is JournalHead =>
  one?.version === 1 && isText(one.room) && isText(one.facility) && isText(one.name) && (one.kind === 'real' || one.kind === 'exercise') && Array.isArray(one.chains) && one.chains.length > 0 && one.chains.every(isChain)

interface Row { journal?: Partial<JournalHead>; link?: Partial<Link>; end?: ChainEnd[] }

function parsed(row: string): Row | null {
  try {
    const value: unknown = JSON.parse(row)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

/** What a link says; null: no line. */
function lineIn(said: string): Partial<Line> | null {
  try {
    const { id, happened, typed, deed } = JSON.parse(said) as Partial<Line>
    return isText(id) && !Number.isNaN(Date.parse(happened ?? '')) && !Number.isNaN(Date.parse(typed ?? '')) ? { id, deed } : null
  } catch {
    return null
  }
}

/** Reads and holds every line against its chain; a fault names the first line that is wrong. */
export function readJournal(text: string): JournalFile | Fault {
  const at = (code: string, line: number): Fault => ({ code, params: [{ name: 'line', value: String(line) }] })
  if (text.length > most_bytes) return at('journal.too_long', 1)
  const rows = text.split('\n').map((row, i) => ({ row, number: i + 1 })).filter(({ row }) => row.trim() !== '')
  const head = parsed(rows[0]?.row ?? '')?.journal
  if (!isHead(head)) return at('journal.not_one', 1)
  const links: Link[] = []
  let end: ChainEnd[] | undefined
  for (const { row, number } of rows.slice(1)) {
    const one = parsed(row)
    if (end || (!isLink(one?.link) && !Array.isArray(one?.end))) return at('journal.bad_line', number)
    if (isLink(one?.link)) links.push(one.link)
    else end = one?.end
  }
  if (!end) return at('journal.cut_off', rows.at(-1)?.number ?? 1)
  const file = { head, links }
  return faultOf(file, end) ?? file
}

function faultOf(file: JournalFile, said: ChainEnd[]): Fault | null {
  const twice = file.head.chains.find(({ id }, i, all) => all.findIndex((one) => one.id === id) < i)
  if (twice) return { code: 'journal.chain_twice', params: [{ name: 'node', value: twice.node }] }
  const stranger = file.links.find((link) => !file.head.chains.some(({ id }) => id === link.chain))
  if (stranger) return { code: 'journal.unknown_chain', params: [{ name: 'chain', value: stranger.chain }] }
  for (const chain of file.head.chains) {
    const links = file.links.filter((link) => link.chain === chain.id)
    const fault = faultIn(chain, links)
    if (fault) return fault
    // No hash covers the head; the opening, a chain's first line, says what it must agree with.
    const kind = lineIn(links[0]?.said ?? '')?.deed?.opening?.kind
    if (kind && kind !== file.head.kind) return { code: 'journal.other_head', params: [{ name: 'node', value: chain.node }] }
  }
  const unread = file.links.findIndex((one) => lineIn(one.said) === null)
  if (unread >= 0) return { code: 'journal.bad_line', params: [{ name: 'line', value: String(unread + 2) }] } // after the head
  const ends = endsOf(file)
  const wrong = ends.findIndex((end, i) => JSON.stringify(end) !== JSON.stringify({ chain: said[i]?.chain, lines: said[i]?.lines, head: said[i]?.head }))
  return wrong < 0 ? null : { code: 'journal.line_missing', params: [{ name: 'line', value: String((ends[wrong]?.lines ?? 0) + 1) }, { name: 'node', value: file.head.chains[wrong]?.node ?? '' }] }
}

export const isFault = (read: JournalFile | Fault): read is Fault => 'code' in read

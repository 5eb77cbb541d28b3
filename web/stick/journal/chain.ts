// SPDX-License-Identifier: EUPL-1.2
// The chain of a journal as the server has it (src/respond/crisis/chain.hpp): each line's hash covers the hash of the line
// before. Not by crypto.subtle: it is missing where a browser does not trust the address, and it answers later, when
// another line may have been typed.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Who writes where. */
export interface Chain { id: string; room: string; node: string }
/** One line of a chain; `said` is the line as JSON, byte by byte as it was first written. */
export interface Link { chain: string; number: number; before: string; said: string; hash: string }
export interface Head { number: number; hash: string }
/** The first thing wrong: a code of the catalogue, with the line. */
export interface Fault { code: string; params: { name: string; value: string }[] }

const hashOf = (before: string, said: string) => bytesToHex(sha256(utf8ToBytes(`${before}\n${said}`)))
export const originOf = ({ id, room, node }: Chain) => hashOf('releve journal 1', `${id}\n${room}\n${node}`)

/** The next line. */
export const link = (chain: Chain, { number, hash }: Head, said: string): Link => ({ chain: chain.id, number: number + 1, before: hash, said, hash: hashOf(hash, said) })

export function headOf(chain: Chain, links: readonly Pick<Link, 'chain' | 'number' | 'hash'>[]): Head {
  const last = links.findLast((one) => one.chain === chain.id)
  return last ? { number: last.number, hash: last.hash } : { number: 0, hash: originOf(chain) }
}

/** The first thing wrong with the lines of one chain, from its first one on. */
export function faultIn(chain: Chain, links: readonly Link[]): Fault | null {
  let number = 0
  let before = originOf(chain)
  for (const one of links) {
    const at = (code: string): Fault => ({ code, params: [{ name: 'line', value: String(number) }, { name: 'node', value: chain.node }] })
    if (one.number !== ++number) return at('journal.line_missing')
    if (one.before !== before) return at('journal.line_not_linked')
    if (one.hash !== hashOf(before, one.said)) return at('journal.line_changed')
    before = one.hash
  }
  return null
}

// SPDX-License-Identifier: EUPL-1.2
// How a line is said: its kind by shape, word and key; and, until the server has put a deed into words, what it is about.
import type { NewLine } from '@/api/client'
import type { Words } from '@/lib/i18n'
import { deedName } from './lists'

export type LineKind = NewLine['kind']
export const lineKinds: { kind: LineKind; key: string; glyph: string }[] = [
  { kind: 'fact', key: 'f', glyph: '▪' }, { kind: 'information', key: 'i', glyph: '·' }, { kind: 'decision', key: 'd', glyph: '◆' }, { kind: 'action', key: 't', glyph: '▸' }, { kind: 'call', key: 'a', glyph: '☎' },
]
export const glyphOf = (kind: LineKind) => lineKinds.find((one) => one.kind === kind)?.glyph ?? '·'

/** The words of a line, or of what it changes. */
export function lineText(line: NewLine, { t }: Words): string {
  if (line.text) return line.text
  const name = deedName(line.deed)
  if (!name) return ''
  const what = line.deed?.[name] as unknown as Record<string, unknown>
  const about = ['name', 'title', 'text', 'person', 'what', 'number', 'obligation', 'comes', 'event', 'lessons'].map((member) => what[member]).find((value) => typeof value === 'string' && value !== '')
  return `${t(`ui.room.deed.${name}`)}${about ? ` – ${String(about)}` : ''}`
}

/** Whoever wrote a line: somebody who came in by a sealed code goes by the post on the envelope. */
export const authorOf = ({ author }: { author: string }) => author.replace(/^code:/, '')

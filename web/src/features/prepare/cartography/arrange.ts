// SPDX-License-Identifier: EUPL-1.2
// Where each box of the picture stands: three horizontal layers, the focus in its own, what needs it above,
// what it needs below. Never a hairball: beyond the limit the links of one kind become one box with a number.
import type { Element, Link } from '@/api/client'
import { groupBy } from '@/lib/group'

export const bands = ['care', 'application', 'infrastructure'] as const
export type Band = (typeof bands)[number]
export type Relation = 'focus' | 'needs' | 'needed_by'

export interface Box { key: string; id: string | null; name: string; kind: string; count: number; relation: Relation; link: Link | null }
export interface BandRows { band: Band; rows: Box[][] }

/** About sixty boxes at most, whatever the number of links. */
export const box_limit = 60

export function bandOf(layer: string): Band {
  return layer === 'care' || layer === 'application' ? layer : 'infrastructure'
}

const alone = (link: Link, relation: Relation): Box => ({
  key: `${relation}:${link.id}`, id: link.id, name: link.name, kind: link.kind, count: 1, relation, link,
})

/** The links as boxes; kinds with most links are folded first, until the boxes fit. */
export function folded(links: Link[], relation: Relation, limit: number): Box[] {
  const groups = groupBy(links, ({ kind }) => kind).sort((a, b) => b.items.length - a.items.length)
  let boxes = links.length
  return groups
    .map(({ key, items }) => {
      if (boxes <= limit || items.length < 2) return items.map((link) => alone(link, relation))
      boxes -= items.length - 1
      return [{ key: `${relation}:${key}`, id: null, name: '', kind: key, count: items.length, relation, link: null }]
    })
    .reverse()
    .flat()
}

/** Bands from care down, each a list of rows of at most `columns` boxes. */
export function arrange(element: Element, columns: number): BandRows[] {
  const at = bandOf(element.layer)
  const limit = Math.min(Math.floor((box_limit - 1) / 2), columns * 7)
  const focus: Box = { key: 'focus', id: element.id, name: element.name, kind: element.kind, count: 1, relation: 'focus', link: null }
  const above = folded(element.needed_by, 'needed_by', limit)
  const below = folded(element.needs, 'needs', limit)
  const band_of_box = (box: Box, links: Link[]) => bandOf((box.link ?? links.find(({ kind }) => kind === box.kind))?.layer ?? 'infrastructure')
  return bands.map((band) => ({
    band,
    rows: [
      ...rowsOf(above.filter((box) => band_of_box(box, element.needed_by) === band), columns),
      ...(band === at ? [[focus]] : []),
      ...rowsOf(below.filter((box) => band_of_box(box, element.needs) === band), columns),
    ],
  }))
}

function rowsOf(boxes: Box[], columns: number): Box[][] {
  const rows = Math.ceil(boxes.length / Math.max(1, columns))
  const even = Math.ceil(boxes.length / Math.max(1, rows))
  return Array.from({ length: rows }, (_, i) => boxes.slice(i * even, (i + 1) * even))
}

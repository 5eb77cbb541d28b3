// SPDX-License-Identifier: EUPL-1.2
// Where each outline goes: the mainland in one picture, fitted to what the page is about; overseas each in a frame of
// its own, all of one size; Paris and its neighbours a second time, larger. What has no outline gets a tile.
import { geoArea, geoConicConformal, geoMercator, geoPath, type GeoPath, type GeoProjection } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson'
import type { Outline } from '@/api/client'
import { overseas } from './tiles'

export type Territory = Outline['territory']
export interface Shape {
  code: string
  path: string
  label?: [x: number, y: number] // where there is room for one
}
/** A square of its own. Without a shape it is a tile. */
export interface Frame { key: string; x: number; y: number; side: number; code: string; shapes: Shape[] }
export interface Drawing {
  height: number
  mainland: { top: number; height: number; shapes: Shape[]; borders: string }
  frames: Frame[]
}

/** Of the picture, in its own units; a letter of a label is about eleven high. */
export const width = 600
const most_height = 560
const margin = 4
const tiles_in_a_row = 13
const around_paris = ['75', '92', '93', '94']

interface Outlined extends Feature<MultiPolygon> { properties: { code: string } }

function positionsOf(ring: number[]): Position[] {
  return Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0])
}

/** d3-geo takes the land to lie on one side of a ring and all the rest of the Earth on the other; files turn their rings
    either way. A border holds less than half the Earth, a hole leaves less than half of it out. */
function turned(ring: Position[], hole: boolean): Position[] {
  const holdsLittle = geoArea({ type: 'Polygon', coordinates: [ring] }) <= 2 * Math.PI
  return holdsLittle === hole ? [...ring].reverse() : ring
}

export function featuresOf(outlines: Outline[], territory: Territory): Outlined[] {
  return outlines.filter((one) => one.territory === territory).map(({ code, polygons }) => ({
    type: 'Feature',
    properties: { code },
    geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map((ring, i) => turned(positionsOf(ring), i > 0))) },
  }))
}

const collection = (features: Outlined[]): FeatureCollection => ({ type: 'FeatureCollection', features })
/** Lambert's, as on French maps. */
const lambert = () => geoConicConformal().parallels([44, 49]).rotate([-3, 0])
const drawnWith = (projection: GeoProjection) => geoPath(projection).digits(1)

function shapeOf(path: GeoPath, one: Outlined): Shape {
  const [[left, top], [right, bottom]] = path.bounds(one)
  return { code: one.properties.code, path: path(one) ?? '', label: right - left > 26 && bottom - top > 20 ? path.centroid(one) : undefined }
}

function mainlandOf(inside: Outlined[], around: Outlined[], regions: Outlined[]): Drawing['mainland'] {
  if (inside.length + around.length === 0) return { top: 0, height: 0, shapes: [], borders: '' }
  const fitted = collection(inside.length > 0 ? inside : around)
  const path = drawnWith(lambert().fitExtent([[margin, margin], [width - margin, most_height - margin]], fitted))
  const [[, top], [, bottom]] = path.bounds(fitted)
  return { top: top - margin, height: bottom - top + 2 * margin, shapes: [...around, ...inside].map((one) => shapeOf(path, one)), borders: path(collection(regions)) ?? '' }
}

/** `known`: codes of what the page is about; the others are drawn around them. */
export function draw(features: Outlined[], territory: Territory, known: string[], regions: Outlined[]): Drawing {
  const far = overseas[territory]
  const about = new Set(known)
  const isAbout = ({ properties }: Outlined) => about.has(properties.code)
  const outlined = new Map(features.map((one) => [one.properties.code, one]))
  const near = features.filter(({ properties }) => !far.includes(properties.code))
  const mainland = mainlandOf(near.filter(isAbout), near.filter((one) => !isAbout(one)), regions.filter(({ properties }) => !overseas.region.includes(properties.code)))

  const paris = territory === 'department' && around_paris.some((code) => about.has(code)) ? near.filter(({ properties }) => around_paris.includes(properties.code)) : []
  const enlarged = [
    ...far.map((code) => ({ code, inside: [outlined.get(code) ?? []].flat(), projection: geoMercator() })),
    ...(paris.length > 0 ? [{ code: '', inside: paris, projection: lambert() }] : []),
  ]
  const cell = width / enlarged.length
  const side = cell - margin
  const first_row = mainland.height + 2 * margin
  const frames: Frame[] = enlarged.map(({ code, inside, projection }, i) => {
    const path = drawnWith(projection.fitExtent([[margin, margin], [side - margin, side - margin]], collection(inside)))
    return { key: code || 'paris', x: i * cell, y: first_row, side, code, shapes: inside.map((one) => shapeOf(path, one)) }
  })

  const bare = known.filter((code) => code !== '' && !far.includes(code) && !outlined.has(code))
  const tile = width / tiles_in_a_row
  frames.push(...bare.map((code, i) => ({
    key: code, x: (i % tiles_in_a_row) * tile, y: first_row + cell + Math.floor(i / tiles_in_a_row) * tile, side: tile - margin, code, shapes: [],
  })))
  return { height: first_row + cell + Math.ceil(bare.length / tiles_in_a_row) * tile, mainland, frames }
}

// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import type { Outline } from '@/api/client'
import { draw, featuresOf, width } from './outlines'

const square = (west: number, south: number, size = 1): number[] => [west, south, west + size, south, west + size, south + size, west, south + size, west, south]
const backwards = (ring: number[]) => Array.from({ length: ring.length / 2 }, (_, i) => ring.slice(2 * i, 2 * i + 2)).reverse().flat()
const department = (code: string, ...polygons: number[][][]): Outline => ({ territory: 'department', code, polygons })
const drawing = (outlines: Outline[], known: string[]) => draw(featuresOf(outlines, 'department'), 'department', known, featuresOf(outlines, 'region'))
const pathOf = (polygons: number[][][]) => drawing([department('01', ...polygons)], ['01']).mainland.shapes[0]?.path ?? ''
const spots = (path: string) => new Set(path.match(/[-\d.]+,[-\d.]+/g))

test('rings turn either way, and the same land is drawn', () => {
  const land = square(5, 46)
  const lake = square(5.2, 46.2, 0.5)
  const drawn = pathOf([[land, lake]])
  expect(drawn.match(/M/g)).toHaveLength(2)
  for (const rings of [[backwards(land), lake], [land, backwards(lake)], [backwards(land), backwards(lake)]]) expect(spots(pathOf([rings]))).toEqual(spots(drawn))
  // Taken the other way round it would be all the Earth but this land, and reach to the ends of the picture.
  const [xs, ys] = [0, 1].map((i) => [...spots(drawn)].map((spot) => Number(spot.split(',')[i])))
  expect(Math.min(...(xs ?? []))).toBeGreaterThan(0)
  expect(Math.max(...(xs ?? []))).toBeLessThan(width)
  expect(Math.max(...(ys ?? [])) - Math.min(...(ys ?? []))).toBeGreaterThan(400)
})

test('overseas each in a frame, all of one size, with or without an outline', () => {
  const { frames, mainland } = drawing([department('01', [square(5, 46)]), department('973', [square(-54, 3, 3)]), department('976', [square(45.1, -12.9, 0.2)])], ['01', '973', '974', '976'])
  expect(frames.map(({ code, shapes }) => `${code} ${shapes.length}`)).toEqual(['971 0', '972 0', '973 1', '974 0', '976 1'])
  expect(new Set(frames.map(({ side, y }) => `${side} ${y}`)).size).toBe(1)
  expect(frames.every(({ y }) => y > mainland.height)).toBe(true)
  // Large or small in nature, each fills its frame.
  for (const { shapes: [shape], side } of frames.filter((one) => one.shapes.length > 0)) {
    const xs = [...spots(shape?.path ?? '')].map((spot) => Number(spot.split(',')[0]))
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.9 * side)
  }
})

test('what has no outline has a tile below; Paris is drawn a second time', () => {
  const { frames, height } = drawing([department('75', [square(2.2, 48.8, 0.2)]), department('92', [square(2.1, 48.7, 0.1)])], ['', '75', '92', '13', '974'])
  expect(frames.map(({ key }) => key)).toEqual(['971', '972', '973', '974', '976', 'paris', '13'])
  expect(frames[5]?.shapes.map(({ code }) => code)).toEqual(['75', '92'])
  const last = frames.at(-1)
  expect((last?.y ?? 0) + (last?.side ?? 0)).toBeLessThanOrEqual(height)
})

test('the picture is fitted to what the page is about', () => {
  const country = [department('01', [square(5, 46)]), department('29', [square(-5, 48)]), department('62', [square(2, 50)])]
  const label = (known: string[]) => drawing(country, known).mainland.shapes.map((one) => one.label !== undefined)
  expect(label(['01', '29', '62'])).toEqual([true, true, true])
  const ain = drawing(country, ['01']).mainland.shapes.at(-1) // over those around it
  expect(ain?.code).toBe('01')
  expect(Math.max(...[...spots(ain?.path ?? '')].map((spot) => Number(spot.split(',')[0])))).toBeGreaterThan(width / 2)
  expect(drawing([department('974', [square(55, -21)])], ['974']).mainland).toEqual({ top: 0, height: 0, shapes: [], borders: '' })
})

test('borders of regions lie over departments', () => {
  const both: Outline[] = [department('01', [square(5, 46)]), { territory: 'region', code: '84', polygons: [[square(4, 45, 2)]] }, { territory: 'region', code: '01', polygons: [[square(-62, 16)]] }]
  const { mainland } = drawing(both, ['01'])
  expect(mainland.shapes).toHaveLength(1)
  expect(mainland.borders.match(/M/g)).toHaveLength(1)
})

// SPDX-License-Identifier: EUPL-1.2
// France as equal tiles: one per department, each about where it lies, overseas of equal rank below.
// Our own drawing; codes are INSEE's. Two dots: no tile.
const drawing = [
  '.. .. .. .. .. .. 62 59',
  '.. .. .. .. 76 .. 80 60 02 08',
  '.. .. 50 14 27 95 75 93 51 55 57',
  '29 22 .. 61 28 78 92 94 10 54 88 67',
  '.. 56 35 53 72 91 45 77 89 52 70 68',
  '.. .. 44 49 37 41 18 58 21 39 25 90',
  '.. .. 85 79 86 36 23 03 71 01 74',
  '.. .. .. 17 16 87 19 63 42 69 73',
  '.. .. .. 33 24 46 15 43 07 38 05',
  '.. .. .. 40 47 82 12 48 30 26 04 06',
  '.. .. .. 64 32 31 81 34 13 84 83',
  '.. .. .. .. 65 09 11 66 .. .. .. .. 2B',
  '.. .. .. .. .. .. .. .. .. .. .. .. 2A',
  '971 972 973 974 976',
]

export interface Tile { department: string; column: number; row: number }

export const tiles: Tile[] = drawing.flatMap((line, row) =>
  line.split(' ').flatMap((department, column) => (department === '..' ? [] : [{ department, column, row }])),
)

/** In the order of the tiles' last row: departments, then their regions. */
export const overseas = {
  department: ['971', '972', '973', '974', '976'],
  region: ['01', '02', '03', '04', '06'],
}

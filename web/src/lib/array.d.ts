// SPDX-License-Identifier: EUPL-1.2
// What the browsers of browsers.ts know of ES2023; tsc refuses the rest of it (toSorted, toSpliced, with…).
interface ReadonlyArray<T> {
  findLast(is: (one: T, place: number) => boolean): T | undefined
  findLastIndex(is: (one: T, place: number) => boolean): number
}
interface Array<T> {
  findLast(is: (one: T, place: number) => boolean): T | undefined
  findLastIndex(is: (one: T, place: number) => boolean): number
}

// SPDX-License-Identifier: EUPL-1.2

/** The list with one of its items at another place; as it was when there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from]
  if (item === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, place) => place !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

/** One place up (-1) or down (1) by Alt and an arrow; 0: another key. */
export const stepOf = ({ altKey, key }: { altKey: boolean; key: string }): -1 | 0 | 1 =>
  altKey && key === 'ArrowUp' ? -1 : altKey && key === 'ArrowDown' ? 1 : 0

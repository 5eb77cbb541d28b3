// SPDX-License-Identifier: EUPL-1.2

/** Items by key, keys in order of first appearance. */
export function groupBy<T>(items: T[], key: (item: T) => string): { key: string; items: T[] }[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return [...groups].map(([name, list]) => ({ key: name, items: list }))
}

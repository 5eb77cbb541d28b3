// SPDX-License-Identifier: EUPL-1.2
// Preferences and drafts kept in this browser. A full or forbidden storage only forgets.

const prefix = 'releve.'

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name)
  } catch {
    return null
  }
}

/** False: it is not kept (private browsing, a full storage). */
export function remember(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, value)
    return true
  } catch {
    return false
  }
}

/** The names under which something is kept, of those that begin so. */
export function recallNames(begin: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix + begin)).map((name) => name.slice(prefix.length))
  } catch {
    return []
  }
}

/** Another tab kept or forgot something whose name begins so; what is there by now may be something else again. */
export function onKept(begin: string, act: (value: string | null) => void): () => void {
  const told = (event: StorageEvent) => {
    if (event.key === null || event.key.startsWith(prefix + begin)) act(event.newValue)
  }
  addEventListener('storage', told)
  return () => removeEventListener('storage', told)
}

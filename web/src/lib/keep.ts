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

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, value)
  } catch {
    /* private browsing: nothing is kept */
  }
}

// SPDX-License-Identifier: EUPL-1.2
// One store of names and values in IndexedDB. A browser without it, or one that forbids it, answers undefined.

const opened = new Map<string, Promise<IDBDatabase>>()

function open(name: string, store: string): Promise<IDBDatabase> {
  const known = opened.get(name)
  if (known) return known
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(name, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(store)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error as Error)
  })
  opened.set(name, opening)
  return opening
}

export class Database {
  private readonly name: string
  private readonly store: string
  private readonly durability: IDBTransactionDurability

  /** strict: what is written is on the disk, power cut or not, before it counts as written. */
  constructor(name: string, store: string, durability: IDBTransactionDurability = 'default') {
    this.name = name
    this.store = store
    this.durability = durability
  }

  readonly read = <T>(act: (store: IDBObjectStore) => IDBRequest<T>) => this.within('readonly', act)
  readonly write = <T>(act: (store: IDBObjectStore) => IDBRequest<T>) => this.within('readwrite', act)

  private async within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    if (typeof indexedDB === 'undefined') return undefined
    try {
      const asked = act((await open(this.name, this.store)).transaction(this.store, mode, { durability: this.durability }).objectStore(this.store))
      return await new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error as Error)
      })
    } catch {
      return undefined
    }
  }
}

// SPDX-License-Identifier: EUPL-1.2
// One store of names and values in IndexedDB. A browser without it, or one that forbids it, answers undefined.

const opened = new Map<string, Promise<IDBDatabase>>()

function open(name: string, store: string): Promise<IDBDatabase> {
  const known = opened.get(name)
  if (known) return known
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(name, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(store)
    asked.onsuccess = () => {
      asked.result.onclose = () => opened.delete(name) // the browser's own doing: opened anew for what comes next
      resolve(asked.result)
    }
    asked.onerror = () => reject(asked.error as Error)
  })
  opened.set(name, opening)
  opening.catch(() => opened.delete(name))
  return opening
}

export class Database {
  private readonly name: string
  private readonly store: string
  private readonly durability: IDBTransactionDurability

  /** strict: what is written is on the disk, power cut or not, before it counts as written; where a browser knows that. */
  constructor(name: string, store: string, durability: IDBTransactionDurability = 'default') {
    this.name = name
    this.store = store
    this.durability = durability
  }

  readonly read = <T>(act: (store: IDBObjectStore) => IDBRequest<T>) => this.within('readonly', act)
  /** All that the act asks for, or nothing of it. */
  readonly write = (act: (store: IDBObjectStore) => void) => this.within('readwrite', (store) => void act(store))

  private async within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T> | undefined): Promise<T | undefined> {
    if (typeof indexedDB === 'undefined') return undefined
    try {
      const work = (await open(this.name, this.store)).transaction(this.store, mode, { durability: this.durability })
      const asked = act(work.objectStore(this.store))
      return await new Promise((resolve, reject) => {
        work.oncomplete = () => resolve(asked?.result)
        work.onabort = () => reject(work.error as Error)
      })
    } catch {
      return undefined
    }
  }
}

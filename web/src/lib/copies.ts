// SPDX-License-Identifier: EUPL-1.2
// Copies of what was read last, for when the server is away. In IndexedDB: a journal outgrows the local storage. A
// browser without it, or one that forbids it, only has no copy.

const store = 'copies'
let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open('releve', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(store)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error as Error)
  })
  return opened
}

async function within<T>(mode: IDBTransactionMode, act: (copies: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  if (typeof indexedDB === 'undefined') return undefined
  try {
    const asked = act((await database()).transaction(store, mode).objectStore(store))
    return await new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error as Error)
    })
  } catch {
    return undefined
  }
}

/** On a shared machine nothing stays behind whoever leaves. */
export const forgetCopies = () => within('readwrite', (copies) => copies.clear())
export const keepCopy = (name: string, value: unknown) => within('readwrite', (copies) => copies.put(value, name))
export const copyOf = <T>(name: string) => within<T>('readonly', (copies) => copies.get(name) as IDBRequest<T>)

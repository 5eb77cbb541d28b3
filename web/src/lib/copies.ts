// SPDX-License-Identifier: EUPL-1.2
// Copies of what was read last, for when the server is away. In IndexedDB: a journal outgrows the local storage. A
// browser without it, or one that forbids it, only has no copy.
import { recall, recallNames, remember } from './keep'

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

const drafts = ['draft/', 'report/', 'bulletin/']

/** On a shared machine nothing stays behind whoever leaves: not what was read, nor what was half written. */
export async function forgetCopies() {
  drafts.flatMap(recallNames).forEach((name) => remember(name, null))
  await within('readwrite', (copies) => copies.clear())
}

const owner = 'owner'
interface Copy { owner: string; value: unknown }
/** Whom the server has named to this page. What is read before waits for it: it is kept in somebody's name, or not. */
let here: string | null = null
let tellNamed: () => void
const named = new Promise<void>((done) => (tellNamed = done))

/** The server says who is here. What somebody else read and half wrote in this browser is gone before anything of it is
    shown; lines on their way stay, in their writer's name. */
export async function belongTo(user: string): Promise<void> {
  if (recall(owner) !== user) {
    await forgetCopies()
    remember(owner, user)
  }
  here = user
  tellNamed()
}

export async function keepCopy(name: string, value: unknown): Promise<void> {
  await named
  await within('readwrite', (copies) => copies.put({ owner: here, value }, name))
}

/** Only what was read by whoever is here; while the server has not said who, by whom it named last in this browser. */
export async function copyOf<T>(name: string): Promise<T | undefined> {
  const copy = await within('readonly', (copies) => copies.get(name) as IDBRequest<Copy | undefined>)
  return copy && copy.owner === (here ?? recall(owner)) ? (copy.value as T) : undefined
}

// SPDX-License-Identifier: EUPL-1.2
// Copies of what was read last, for when the server is away. In IndexedDB: a journal outgrows the local storage. A
// browser without it, or one that forbids it, only has no copy.
import { Database } from './database'
import { recall, recallNames, remember } from './keep'

const copies = new Database('releve', 'copies')

const drafts = ['draft/', 'report/', 'bulletin/', 'closing/', 'table.']

/** On a shared machine nothing stays behind whoever leaves: not what was read, nor what was half written. */
export async function forgetCopies() {
  drafts.flatMap(recallNames).forEach((name) => remember(name, null))
  await copies.write((store) => store.clear())
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
  await copies.write((store) => store.put({ owner: here, value }, name))
}

/** Only what was read by whoever is here; while the server has not said who, by whom it named last in this browser. */
export async function copyOf<T>(name: string): Promise<T | undefined> {
  const copy = await copies.read<Copy | undefined>((store) => store.get(name))
  return copy && copy.owner === (here ?? recall(owner)) ? (copy.value as T) : undefined
}

// SPDX-License-Identifier: EUPL-1.2
// What must outlive a power cut. localStorage answers at once and is shared between tabs, but a browser writes it down
// seconds late; IndexedDB writes it down at once, and answers late. So both have it: the one is worked with, and gets
// back from the other what it has lost.
import { Database } from './database'
import { recall, recallNames, remember } from './keep'

interface Kept { name: string; value: string }
const lasting = new Database('releve-lasting', 'kept', 'strict')

/** As `remember`, several at once: all of them are on the disk, or none. */
export function rememberLasting(entries: readonly (readonly [name: string, value: string])[]): boolean {
  void lasting.write((store) => entries.forEach(([name, value]) => store.put({ name, value } satisfies Kept, name)))
  return entries.map(([name, value]) => remember(name, value)).every(Boolean)
}

/** Whatever is kept under a name that begins so. */
export function forgetLasting(begin: string): void {
  void lasting.write((store) => store.delete(IDBKeyRange.bound(begin, `${begin}\uffff`)))
  for (const name of recallNames(begin)) remember(name, null)
}

/** Before anything is shown: what was on its way to the disk when the browser ended. What was forgotten in that moment
    may come back too: a line that is sent again counts once. A store that takes longer holds nothing up; what it then
    has still comes back if `onLate` can bear it. */
export async function recoverLasting(patience_ms: number, onLate?: () => void): Promise<void> {
  let late = false
  const recovered = lasting.read<Kept[]>((store) => store.getAll()).then((kept = []) => {
    if (late && !onLate) return
    for (const { name, value } of kept) if (recall(name) !== value) remember(name, value)
    if (late) onLate?.()
  })
  await Promise.race([recovered, new Promise((done) => setTimeout(done, patience_ms))])
  late = true
}

// SPDX-License-Identifier: EUPL-1.2
// What must outlive a power cut. localStorage answers at once and is shared between tabs, but a browser writes it down
// seconds late; IndexedDB writes it down at once, and answers late. So both have it: the one is worked with, and gets
// back from the other what it has lost.
import { Database } from './database'
import { recall, recallNames, remember } from './keep'

interface Kept { name: string; value: string }
const lasting = new Database('releve-lasting', 'kept', 'strict')
/** A browser whose store does not open holds nothing up. */
const patience_ms = 2_000

/** As `remember`. */
export function rememberLasting(name: string, value: string | null): boolean {
  if (value === null) void lasting.write((store) => store.delete(name))
  else void lasting.write((store) => store.put({ name, value } satisfies Kept, name))
  return remember(name, value)
}

/** Whatever is kept under a name that begins so. */
export function forgetLasting(begin: string): void {
  for (const name of recallNames(begin)) remember(name, null)
  void lasting.write((store) => store.delete(IDBKeyRange.bound(begin, `${begin}\uffff`)))
}

/** Before anything is shown: what was on its way to the disk when the browser ended. What was forgotten in that moment
    may come back too: a line that is sent again counts once. */
export async function recoverLasting(): Promise<void> {
  const late = new Promise<undefined>((done) => setTimeout(done, patience_ms))
  const kept = await Promise.race([lasting.read<Kept[]>((store) => store.getAll()), late])
  for (const { name, value } of kept ?? []) {
    if (recall(name) !== value) remember(name, value)
  }
}

// SPDX-License-Identifier: EUPL-1.2
// The file that the journal is written to at every line. Where the browser gives no way to write a file (Firefox), lines
// are kept in the browser and a person saves them: the page says how many are in no file yet.
import { saveAs } from '@/lib/save-as'

interface WritableFile { name: string; createWritable: () => Promise<{ write: (text: string) => Promise<void>; close: () => Promise<void> }> }
type Picker = (wanted: { suggestedName: string; types: { description: string; accept: Record<string, string[]> }[] }) => Promise<WritableFile>
const picker = () => (window as { showSaveFilePicker?: Picker }).showSaveFilePicker

export interface FileState {
  /** Empty: no file was chosen. */
  name: string
  /** The copy that holds the last lines and no file that is written here does: handed to the browser, which does not tell
      whether it was saved. Empty: there is none. */
  copy: string
  /** Lines that are in a file, or in that copy. */
  saved: number
  failed: string
}

export class KeptFile {
  private file: WritableFile | null = null
  private wanted: { text: string; lines: number } | null = null
  private writing = false
  private now: FileState = { name: '', copy: '', saved: 0, failed: '' }
  private readonly changed: () => void

  constructor(changed: () => void) {
    this.changed = changed
  }

  readonly state = () => this.now
  static possible = () => picker() !== undefined

  /** Asks where; false: the person changed their mind, or the browser gives no way. */
  async choose(suggestedName: string): Promise<boolean> {
    try {
      const chosen = await picker()?.({ suggestedName, types: [{ description: 'Relève', accept: { 'application/x-ndjson': ['.jsonl'] } }] })
      if (!chosen) return false
      this.file = chosen
      this.tell({ name: chosen.name, copy: '', saved: 0, failed: '' })
      return true
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) this.tell({ ...this.now, failed: String(error) })
      return false
    }
  }

  /** The browser writes beside and then puts it in place: never half a journal. Only the last text waits. */
  async save(text: string, lines: number): Promise<void> {
    this.wanted = { text, lines }
    if (this.writing || !this.file) return
    this.writing = true
    while (this.wanted) {
      const { text: next, lines: through } = this.wanted
      this.wanted = null
      try {
        const out = await this.file.createWritable()
        await out.write(next)
        await out.close()
        this.tell({ ...this.now, copy: '', saved: through, failed: '' })
      } catch (error) {
        this.tell({ ...this.now, failed: String(error) })
      }
    }
    this.writing = false
  }

  download(name: string, text: string, lines: number): void {
    saveAs(name, text, 'application/x-ndjson')
    this.tell({ ...this.now, copy: name, saved: lines })
  }

  private tell(state: FileState): void {
    this.now = state
    this.changed()
  }
}

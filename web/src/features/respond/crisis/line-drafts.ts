// SPDX-License-Identifier: EUPL-1.2
// What is being typed in a room: the draft, and beside it a correction for each line that was picked to be corrected.
// Two tabs of a room keep theirs under the same names: what the other one keeps is not forgotten with what was sent here,
// and what was typed here is kept again when somebody turns away from it. What was only read here may have been sent
// there since; and nothing is kept for whoever signed in there meanwhile.
import type { Attachment, LineRow } from '@/api/client'
import { recall, recallNames, remember } from '@/lib/keep'
import { toField } from './deed-form'
import type { LineKind } from './line-words'

/** `timed`: the field of its time is open. `keepDeed`: a correction keeps what its line changes in the room. */
export interface Draft { kind: LineKind; text: string; from: string; to: string; happened: string; timed: boolean; keepDeed: boolean; attachments: Attachment[] }
const blank: Draft = { kind: 'fact', text: '', from: '', to: '', happened: '', timed: false, keepDeed: true, attachments: [] }

function asLineSays({ line: { kind, text, from, to, happened, attachments } }: LineRow): Draft {
  return { ...blank, kind, text, from, to, happened: toField(happened), timed: true, attachments }
}

/** `of`: the id of the line that is corrected; empty: the draft. */
export class LineDrafts {
  private readonly room: string
  private readonly whose = recall('owner')
  private readonly shown = new Map<string, Draft>()
  /** What this tab read or kept last. */
  private readonly mine = new Map<string, string | null>()
  /** What was typed here since it was sent last. */
  private readonly touched = new Set<string>()
  private readonly watchers = new Set<() => void>()
  private changes = 0

  constructor(room: string) {
    this.room = room
  }

  readonly state = () => this.changes
  readonly subscribe = (act: () => void) => {
    this.watchers.add(act)
    return () => void this.watchers.delete(act)
  }

  /** As it stands here; else as it was kept; else as the line says. */
  read(corrects: LineRow | null): Draft {
    const of = corrects?.line.id ?? ''
    const here = this.shown.get(of)
    if (here) return here
    const first = { ...(corrects ? asLineSays(corrects) : blank), ...this.kept(of) }
    this.mine.set(of, recall(this.nameOf(of)))
    this.shown.set(of, first)
    return first
  }

  /** Lines whose correction was begun, here or before this page was opened. */
  begun(): string[] {
    const kept = recall('owner') === this.whose ? recallNames(this.nameOf('') + '/').map((name) => name.slice(this.nameOf('').length + 1)) : []
    return [...new Set([...kept, ...this.touched])].filter((of) => of !== '')
  }

  readonly isOpen = (of: string) => this.shown.has(of)

  set(of: string, part: Partial<Draft>): void {
    this.touched.add(of)
    this.show(of, { ...(this.shown.get(of) ?? blank), ...part })
  }

  /** A file has come. Its correction may have been sent without it, or given up: then it is for the next line. */
  land(of: string, file: Attachment): void {
    if (this.watchers.size === 0) return // the room was left: another draft may have begun since
    const to = this.shown.has(of) ? of : ''
    this.set(to, { attachments: [...(this.shown.get(to) ?? blank).attachments, file] })
  }

  /** Somebody corrected that line meanwhile: what was typed for it becomes the draft, which must be blank. */
  hand(of: string): void {
    this.mine.set(of, recall(this.nameOf(of)))
    const kept = this.kept(of) // by another tab perhaps, since it was read here
    const begun = { ...blank, ...(this.touched.has(of) || kept.text === undefined ? this.shown.get(of) : kept) }
    this.set('', begun)
    this.end(of)
  }

  /** Sent, or given up; the draft begins anew with some of what it was. */
  end(of: string, next: Partial<Draft> = {}): void {
    this.touched.delete(of)
    this.show(of, of === '' ? { ...blank, ...next } : null)
  }

  readonly turnAway = () => this.touched.forEach((of) => this.keep(of))

  private readonly nameOf = (of: string) => `draft/${this.room}${of && '/'}${of}`

  private kept(of: string): Partial<Draft> {
    if (recall('owner') !== this.whose) return {}
    try {
      return JSON.parse(recall(this.nameOf(of)) ?? '{}') as Partial<Draft>
    } catch {
      return {}
    }
  }

  private show(of: string, draft: Draft | null): void {
    if (draft) this.shown.set(of, draft)
    else this.shown.delete(of)
    this.keep(of)
    this.changes++
    this.watchers.forEach((act) => act())
  }

  private keep(of: string): void {
    if (recall('owner') !== this.whose) return
    const draft = this.shown.get(of)
    const typed = draft && (draft.text || draft.attachments.length > 0) ? JSON.stringify(draft) : null
    const name = this.nameOf(of)
    const mine = typed !== null || recall(name) === this.mine.get(of)
    if (!mine || remember(name, typed)) this.mine.set(of, typed) // with no room left, what stands there is still ours
  }
}

// SPDX-License-Identifier: EUPL-1.2
// The line at the bottom of the room: kind, words, Enter. What is typed survives a closed tab.
import { Autocomplete, Button, Textarea, TextInput } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { client, type Attachment, type LineRow } from '@/api/client'
import { recall, remember } from '@/lib/keep'
import { useWords } from '@/lib/i18n'
import { PickFile } from '@/ui/pick-file'
import { ErrorState } from '@/ui/states'
import { fromField, time_field, toField } from './deed-form'
import { lineKinds, type LineKind } from './line-words'
import { useNames } from './names'
import { useRoom } from './room-context'
import style from './entry.module.css'

interface Draft { kind: LineKind; text: string; from: string; to: string; happened: string; attachments: Attachment[] }
const blank: Draft = { kind: 'fact', text: '', from: '', to: '', happened: '', attachments: [] }

function draftOf(room: string): Draft {
  try {
    return { ...blank, ...(JSON.parse(recall(`draft/${room}`) ?? '{}') as Partial<Draft>) }
  } catch {
    return blank
  }
}

/** `of`: the line whose correction it was picked for; empty: the draft. */
interface Upload { name: string; of: string; cancel: () => void }

interface Props {
  /** The line that is being replaced by what is typed. */
  corrects: LineRow | null
  onCorrected: () => void
  onDecision: () => void
  onTask: () => void
  onDeclare: () => void
}

export function EntryLine({ corrects, onCorrected, onDecision, onTask, onDeclare }: Props) {
  const { t } = useWords()
  const { facility, view, writer, server } = useRoom()
  const names = useNames()
  const [draft, setDraft] = useState(() => draftOf(view.room.id))
  const [more, setMore] = useState(false)
  const [keepDeed, setKeepDeed] = useState(true)
  const [timed, setTimed] = useState<'' | 'kept' | 'asked'>(draft.happened ? 'kept' : '')
  const [uploads, setUploads] = useState<Upload[]>([])
  const [told, setTold] = useState(false)
  const [waved, setWaved] = useState<Upload[]>([]) // which lines went without: they are not asked about again
  const [failed, setFailed] = useState<unknown>(null)
  const text = useRef<HTMLTextAreaElement>(null)
  const kinds = useRef<HTMLDivElement>(null)

  const touched = useRef(false) // the draft, in this tab, since it was sent last
  const set = (part: Partial<Draft>) => {
    if (!corrects) touched.current = true
    setDraft((now) => ({ ...now, ...part }))
  }
  const kept_as = `draft/${view.room.id}`
  // Two tabs of a room keep their draft under one name: what the other one keeps is not forgotten with what was sent
  // here, and what was typed here is kept again when somebody turns away from it. What was only read here may have been
  // sent there since; and nothing is kept for whoever signed in there meanwhile.
  const mine = useRef(recall(kept_as))
  const [whose] = useState(() => recall('owner'))
  useEffect(() => {
    if (corrects) return
    const typed = draft.text || draft.attachments.length > 0 ? JSON.stringify(draft) : null
    const keep = () => {
      if (recall('owner') !== whose) return
      if (typed !== null || recall(kept_as) === mine.current) remember(kept_as, typed)
      mine.current = typed
    }
    const turn = () => touched.current && keep()
    keep()
    const turning = ['blur', 'pagehide']
    turning.forEach((away) => addEventListener(away, turn))
    return () => turning.forEach((away) => removeEventListener(away, turn))
  }, [corrects, draft, kept_as, whose])
  // What is to be corrected comes into the line; the draft that stood there waits aside.
  const [taken, setTaken] = useState<LineRow | null>(null)
  const [aside, setAside] = useState(draft)
  if (corrects !== taken) {
    setTaken(corrects)
    setKeepDeed(true)
    setTold(false)
    if (!taken) setAside(draft)
    const { kind, text: said, from, to, happened, attachments } = corrects?.line ?? aside
    setDraft({ kind, text: said, from, to, happened: corrects ? toField(happened) : happened, attachments })
    setTimed(happened ? 'kept' : '')
  }
  useEffect(() => {
    if (corrects) text.current?.focus()
  }, [corrects])
  const corrected = useRef('')
  useLayoutEffect(() => {
    corrected.current = corrects?.line.id ?? ''
  }, [corrects])
  /** A file that was picked for the draft is not that of the correction that was begun meanwhile. */
  const land = (one: Attachment, of: string) => {
    if (corrected.current === '' || corrected.current === of) {
      if (corrected.current === '') touched.current = true
      return setDraft((now) => ({ ...now, attachments: [...now.attachments, one] }))
    }
    setAside((now) => ({ ...now, attachments: [...now.attachments, one] }))
    if (recall('owner') !== whose) return
    const waits = draftOf(view.room.id)
    remember(kept_as, JSON.stringify({ ...waits, attachments: [...waits.attachments, one] }))
  }
  const awaited = uploads.filter(({ of }) => !corrects || of === corrects.line.id)

  const send = () => {
    const said = draft.text.trim()
    if (said === '' && draft.attachments.length === 0) return
    // A line waits for its file, but not against its writer's will: one that hangs holds nothing up.
    if (!told && awaited.some((one) => !waved.includes(one))) return setTold(true)
    setTold(false)
    setWaved((now) => [...now, ...awaited])
    // The field holds minutes: a time that nobody touched keeps its seconds, and its place among the other lines.
    const happened = corrects && draft.happened === toField(corrects.line.happened) ? corrects.line.happened : fromField(draft.happened)
    writer.write({
      kind: draft.kind, text: said || draft.attachments.map(({ name }) => name).join(', '), from: draft.from.trim(), to: draft.to.trim(), attachments: draft.attachments,
      ...(happened ? { happened } : {}),
      ...(corrects ? { corrects: corrects.line.id, ...(keepDeed && corrects.line.deed ? { deed: corrects.line.deed } : {}) } : {}),
    })
    if (corrects) return onCorrected()
    touched.current = false
    setDraft({ ...blank, from: draft.from })
    setTimed('')
    text.current?.focus()
  }
  const choose = (kind: LineKind) => {
    set({ kind })
    text.current?.focus()
  }
  const onKindKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const kind = lineKinds.find(({ key }) => key === event.key.toLowerCase())?.kind
    if (event.key === 'd' && !corrects) onDecision()
    else if (event.key === 't' && !corrects) onTask()
    else if (event.key === 'e' && !corrects) onDeclare()
    else if (kind) choose(kind)
    else if (event.key === 'Enter') text.current?.focus()
    else return
    event.preventDefault()
  }
  const attach = (file: File) => {
    setFailed(null)
    setTold(false)
    const { done, cancel } = client.attach(facility, view.room.id, file, () => {})
    const upload = { name: file.name, of: corrects?.line.id ?? '', cancel }
    setUploads((now) => [...now, upload])
    void done
      .then((one) => land(one, upload.of), setFailed)
      .finally(() => setUploads((now) => now.filter((one) => one !== upload)))
  }

  return (
    <section className={`${style.entry} no-print`} aria-label={t('ui.room.entry')}>
      {corrects ? (
        <div className={style.correcting}>
          <span>{t('ui.room.correcting', { text: corrects.line.text })}</span>
          {corrects.line.deed ? <label><input type="checkbox" checked={keepDeed} onChange={(event) => setKeepDeed(event.currentTarget.checked)} /> {t('ui.room.correcting.keep')}</label> : null}
          <button type="button" className="link" onClick={onCorrected}>{t('ui.cancel')}</button>
        </div>
      ) : null}
      {failed ? <ErrorState inline error={failed} /> : null}
      {draft.attachments.length > 0 || awaited.length > 0 ? (
        <ul className="row small" aria-label={t('ui.room.attachments')}>
          {draft.attachments.map((one) => (
            <li key={one.hash}>{one.name} <button type="button" className="link" aria-label={t('ui.room.attachment.remove', { name: one.name })} onClick={() => set({ attachments: draft.attachments.filter(({ hash }) => hash !== one.hash) })}>×</button></li>
          ))}
          {awaited.map(({ name, cancel }, i) => (
            <li key={i}>{name} · {t('ui.room.send.sending')} <button type="button" className="link" aria-label={t('ui.room.attachment.remove', { name })} onClick={cancel}>×</button></li>
          ))}
        </ul>
      ) : null}
      {told && awaited.length > 0 ? <p role="status">▲ {t('ui.room.attach.waits')}</p> : null}
      <form
        className={style.line}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <div ref={kinds} role="radiogroup" aria-label={t('ui.room.kind')} className={style.kinds} onKeyDown={onKindKey}>
          {lineKinds.map(({ kind, key, glyph }) => (
            <label key={kind} className={style.kind} title={t('ui.room.kind.key', { key: key.toUpperCase() })}>
              <input type="radio" name="line-kind" data-entry-kind={kind === draft.kind || undefined} checked={kind === draft.kind} onChange={() => set({ kind })} />
              <span><span aria-hidden="true">{glyph} </span>{t(`room.words.line_kind.${kind}`)}</span>
            </label>
          ))}
        </div>
        <Textarea
          ref={text} className={style.text} rows={1} maxLength={8000} aria-label={t('ui.room.text')} placeholder={t('ui.room.text.hint')} value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <div className={`${style.more} ${more || draft.from || draft.to || timed ? style.opened : ''}`}>
          <Autocomplete size="sm" aria-label={t('ui.room.from')} placeholder={t('ui.room.from')} data={names.who} limit={8} value={draft.from} onChange={(from) => set({ from })} maxLength={300} />
          <Autocomplete size="sm" aria-label={t('ui.room.to')} placeholder={t('ui.room.to')} data={names.who} limit={8} value={draft.to} onChange={(to) => set({ to })} maxLength={300} />
          {timed ? (
            <TextInput size="sm" autoFocus={timed === 'asked'} {...time_field} aria-label={t('ui.room.happened')} value={draft.happened} onChange={(event) => set({ happened: event.currentTarget.value })} />
          ) : (
            <Button size="sm" variant="default" onClick={() => {
                setTimed('asked')
                set({ happened: toField(Date.now() + view.ahead) })
              }} aria-label={t('ui.room.now.change')}>{t('ui.room.now')}</Button>
          )}
          {server ? <PickFile size="sm" onPick={attach}>{t('ui.room.attach')}</PickFile> : null}
        </div>
        <div className={style.send}>
          <Button size="sm" variant="default" className={style.toggle} aria-expanded={more} onClick={() => setMore(!more)}>{t('ui.room.more')}</Button>
          <Button size="sm" type="submit" disabled={!draft.text.trim() && draft.attachments.length === 0}>{t('ui.room.send')}</Button>
        </div>
      </form>
    </section>
  )
}

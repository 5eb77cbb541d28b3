// SPDX-License-Identifier: EUPL-1.2
// The line at the bottom of the room: kind, words, Enter. What is typed survives a closed tab.
import { Autocomplete, Button, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { client, type LineRow } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { PickFile } from '@/ui/pick-file'
import { ErrorState } from '@/ui/states'
import { fromField, time_field, toField } from './deed-form'
import { LineDrafts, type Draft } from './line-drafts'
import { lineKinds, type LineKind } from './line-words'
import { useNames } from './names'
import { useRoom, useRoomNow } from './room-context'
import style from './entry.module.css'

const shown = 40
const shortly = (text: string) => {
  const signs = [...text] // no sign is cut in two
  return signs.length > shown ? `${signs.slice(0, shown).join('')}…` : text
}

const isBlank = ({ text, attachments }: Draft) => text.trim() === '' && attachments.length === 0

/** `of`: the line whose correction it was picked for; empty: the draft. */
interface Upload { name: string; of: string; cancel: () => void }

interface Props {
  /** The line that is being replaced by what is typed. */
  corrects: LineRow | null
  /** Another one; null: the draft comes back. */
  onCorrect: (line: LineRow | null) => void
  onDecision: () => void
  onTask: () => void
  onDeclare: () => void
}

export function EntryLine({ corrects, onCorrect, onDecision, onTask, onDeclare }: Props) {
  const { t, f } = useWords()
  const { facility, view, writer, server, lines } = useRoom()
  const now = useRoomNow(60_000)
  const names = useNames()
  const [drafts] = useState(() => new LineDrafts(view.room.id))
  useSyncExternalStore(drafts.subscribe, drafts.state)
  const of = corrects?.line.id ?? ''
  const draft = drafts.read(corrects)
  const timed = draft.timed || draft.happened !== ''
  const set = (part: Partial<Draft>) => drafts.set(of, part)
  const [more, setMore] = useState(false)
  const [uploads, setUploads] = useState<Upload[]>([])
  const [told, setTold] = useState<string | null>(null) // in which draft its writer was told that a file is awaited
  const [waved, setWaved] = useState<Upload[]>([]) // which lines went without: they are not asked about again
  const [failed, setFailed] = useState<unknown>(null)
  const text = useRef<HTMLTextAreaElement>(null)
  const time = useRef<HTMLInputElement>(null)
  const kinds = useRef<HTMLDivElement>(null)
  const begun = corrects ? [] : drafts.begun().flatMap((id) => lines.find(({ line }) => line.id === id) ?? [])
  const awaited = uploads.filter((one) => one.of === of || (of === '' && !drafts.isOpen(one.of)))

  useEffect(() => {
    const turning = ['blur', 'pagehide']
    turning.forEach((away) => addEventListener(away, drafts.turnAway))
    return () => turning.forEach((away) => removeEventListener(away, drafts.turnAway))
  }, [drafts])
  useEffect(() => {
    if (corrects) text.current?.focus()
  }, [corrects])

  /** Sent, or given up. */
  const end = () => {
    setTold(null)
    drafts.end(of, { from: draft.from })
    if (corrects) onCorrect(null)
    text.current?.focus()
  }
  const hand = (begun: string) => {
    drafts.hand(begun)
    text.current?.focus()
  }
  const send = () => {
    if (isBlank(draft)) return
    const said = draft.text.trim()
    // A line waits for its file, but not against its writer's will: one that hangs holds nothing up.
    if (told !== of && awaited.some((one) => !waved.includes(one))) return setTold(of)
    setWaved((now) => [...now, ...awaited])
    // The field holds minutes: a time that nobody touched keeps its seconds, and its place among the other lines.
    const happened = corrects && draft.happened === toField(corrects.line.happened) ? corrects.line.happened : fromField(draft.happened)
    writer.write({
      kind: draft.kind, text: said || draft.attachments.map(({ name }) => name).join(', '), from: draft.from.trim(), to: draft.to.trim(), attachments: draft.attachments,
      ...(happened ? { happened } : {}),
      ...(corrects ? { corrects: of, ...(draft.keepDeed && corrects.line.deed ? { deed: corrects.line.deed } : {}) } : {}),
    })
    end()
  }
  const askTime = () => {
    flushSync(() => set({ timed: true, happened: toField(Date.now() + view.ahead) }))
    time.current?.focus()
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
    setTold(null)
    const { done, cancel } = client.attach(facility, view.room.id, file, () => {})
    const upload = { name: file.name, of, cancel }
    setUploads((now) => [...now, upload])
    void done
      .then((one) => drafts.land(of, one), setFailed)
      .finally(() => setUploads((now) => now.filter((one) => one !== upload)))
  }

  return (
    <section className={`${style.entry} no-print`} aria-label={t('ui.room.entry')}>
      {corrects ? (
        <div className={style.correcting}>
          <span>{t('ui.room.correcting', { text: corrects.line.text })}</span>
          {corrects.line.deed ? <label><input type="checkbox" checked={draft.keepDeed} onChange={(event) => set({ keepDeed: event.currentTarget.checked })} /> {t('ui.room.correcting.keep')}</label> : null}
          <button type="button" className="link" onClick={end}>{t('ui.cancel')}</button>
        </div>
      ) : begun.length > 0 ? (
        <p className={style.correcting}>
          {t('ui.room.correcting.begun')}
          {begun.map((row) => {
            const said = `${f.moment(row.line.happened, now)} ${shortly(row.line.text)}`
            const overtaken = lines.some(({ line }) => line.corrects === row.line.id)
            if (overtaken && (!isBlank(draft) || awaited.length > 0)) return <span key={row.line.id}>{said} ({t('ui.room.correcting.after')})</span>
            return (
              <button key={row.line.id} type="button" className="link" onClick={() => (overtaken ? hand(row.line.id) : onCorrect(row))}>
                {said}{overtaken ? ` (${t('ui.room.correcting.overtaken')})` : ''}
              </button>
            )
          })}
        </p>
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
      {told === of && awaited.length > 0 ? <p role="status">▲ {t('ui.room.attach.waits')}</p> : null}
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
            <TextInput ref={time} size="sm" {...time_field} aria-label={t('ui.room.happened')} value={draft.happened} onChange={(event) => set({ timed: true, happened: event.currentTarget.value })} />
          ) : (
            <Button size="sm" variant="default" onClick={askTime} aria-label={t('ui.room.now.change')}>{t('ui.room.now')}</Button>
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

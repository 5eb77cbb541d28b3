// SPDX-License-Identifier: EUPL-1.2
// Situation reports: composed from the room as it stands, corrected by a person, approved by name, numbered.
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { client } from '@/api/client'
import { queries } from '@/api/queries'
import { recall, remember } from '@/lib/keep'
import { useWords } from '@/lib/i18n'
import { saveAs } from '@/lib/save-as'
import { Refusal } from '@/ui/refusal'
import { Loaded } from '@/ui/states'
import { DeedForm } from './deed-form'
import { CopyAndPrint } from './document-text'
import { limits } from './limits'
import { reportsOf, type Held } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

export function ReportsPart({ composing, onCompose }: { composing: boolean; onCompose: (on: boolean) => void }) {
  const { t } = useWords()
  const { lists, closed, facility, view } = useRoom()
  const [open, setOpen] = useState<string | null>(null)
  const asked = useQuery({ ...queries.roomDocument(facility, view.room.id, 'situation'), enabled: composing })
  const reports = reportsOf(lists)
  return (
    <section className={style.panel} aria-label={t('ui.room.reports')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.reports')}</h2>
        {closed || composing ? null : <Button size="sm" onClick={() => onCompose(true)}>{t('ui.room.report.new')}</Button>}
      </div>
      {composing ? <Loaded asked={asked}>{({ text }) => <Compose key={view.room.id} text={text} anew={async () => (await asked.refetch({ throwOnError: true })).data?.text ?? text} onDone={() => onCompose(false)} />}</Loaded> : null}
      {reports.length === 0 && !composing ? <p className="quiet">{t('ui.room.reports.none')}</p> : null}
      <ol className={style.rows}>{reports.map((one) => <ReportRow key={one.subject} held={one} open={open === one.subject} onToggle={() => setOpen(open === one.subject ? null : one.subject)} />)}</ol>
    </section>
  )
}

/** A text, when it was composed, and how far the journal went then: an approval puts today's head under it. */
interface Draft { text: string; at: string; through: number }

function draftOf(name: string): Draft | null {
  try {
    return JSON.parse(recall(name) ?? 'null') as Draft | null
  } catch {
    return null
  }
}

function Compose({ text: composed, anew, onDone }: { text: string; anew: () => Promise<string>; onDone: () => void }) {
  const { t } = useWords()
  const { writer, view, lines } = useRoom()
  const names = useNames()
  const kept = `report/${view.room.id}`
  const through = Math.max(view.through, lines.at(-1)?.arrived ?? 0)
  const fresh = (text: string): Draft => ({ text, at: new Date(Date.now() + view.ahead).toISOString(), through })
  const [draft, setDraft] = useState(() => draftOf(kept) ?? fresh(composed))
  // Begun earlier, and the room went on: whoever approves it has chosen it.
  const [chosen, setChosen] = useState(draft.through >= through)
  const paper = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    paper.current?.focus()
  }, [chosen])
  const change = (text: string) => {
    const next = { ...draft, text }
    setDraft(next)
    remember(kept, text === composed ? null : JSON.stringify(next))
  }
  const again = useMutation({
    mutationFn: anew,
    onSuccess: (text) => {
      setDraft(fresh(text))
      setChosen(true)
      remember(kept, null)
    },
  })
  const age = { at: draft.at, count: through - draft.through }
  if (!chosen)
    return (
      <div className="stack">
        <Age {...age} begun />
        <div className="row">
          <Button variant="default" onClick={() => setChosen(true)}>{t('ui.room.report.keep')}</Button>
          <Button variant="default" onClick={() => again.mutate()}>{t('ui.room.report.compose_anew')}</Button>
        </div>
        <Refusal error={again.error} />
        <pre className={style.paper}>{draft.text}</pre>
      </div>
    )
  return (
    <div className="stack">
      {age.count > 0 ? <Age {...age} /> : null}
      <Textarea ref={paper} label={t('ui.room.report.text')} rows={16} maxLength={limits.report.text} value={draft.text} onChange={(event) => change(event.currentTarget.value)} classNames={{ input: style.paper_field }} />
      {draft.text === composed && age.count === 0 ? null : <button type="button" className="link" onClick={() => again.mutate()}>{t('ui.room.report.anew')}</button>}
      <Refusal error={again.error} />
      <DeedForm
        fields={[{ name: 'approved_by', kind: { offered: names.people }, required: true, max: limits.report.approved_by }]} submit={t('ui.room.report.approve')} onCancel={onDone}
        onSend={(values) => {
          writer.write({ kind: 'information', deed: { report: { approved_by: values['approved_by'] ?? '', text: draft.text } } })
          remember(kept, null)
          onDone()
        }}
      />
    </div>
  )
}

/** When a text was composed, and how much was written since. */
function Age({ at, count, begun = false }: { at: string; count: number; begun?: boolean }) {
  const { t, f } = useWords()
  const now = useRoomNow(60_000)
  return <p role="status" className={style.guard}>▲ {t(begun ? 'ui.room.report.draft' : 'ui.room.report.composed', { time: f.moment(at, now), count, n: f.whole(count) })}</p>
}

function ReportRow({ held: { what, row }, open, onToggle }: { held: Held<'report'>; open: boolean; onToggle: () => void }) {
  const { t, f } = useWords()
  const { facility, view, server } = useRoom()
  const now = useRoomNow(60_000)
  const title = t('ui.room.report.title', { n: what.number })
  const exercise = t('room.document.exercise')
  const unsaid = view.room.kind === 'exercise' && !what.text.startsWith(exercise)
  const approved = `${title} — ${f.instant(row.line.happened)} — ${t('ui.room.report.approved', { who: what.approved_by })}`
  const text = [...(unsaid ? [exercise] : []), approved, '', what.text, '', `${t('ui.room.report.head')} ${what.head}`].join('\n')
  const name = `situation-${what.number}`
  const pdf = useMutation({ mutationFn: () => client.reportPdf(facility, view.room.id, row.line.id), onSuccess: (file) => saveAs(`${name}.pdf`, file, file.type) })
  return (
    <li className={style.clock}>
      <p>
        <button type="button" className="link" aria-expanded={open} onClick={onToggle}><b>{title}</b></button>{' '}
        {f.moment(row.line.happened, now)} — {t('ui.room.report.approved', { who: what.approved_by })}
      </p>
      {open ? (
        <div className="stack">
          <div className="row no-print">
            <CopyAndPrint text={text} />
            <Button size="sm" variant="default" onClick={() => saveAs(`${name}.txt`, text, 'text/plain;charset=utf-8')}>{t('ui.room.report.as_text')}</Button>
            {server ? <Button size="sm" variant="default" loading={pdf.isPending} onClick={() => pdf.mutate()}>{t('ui.room.report.pdf')}</Button> : null}
          </div>
          <Refusal error={pdf.error} />
          <pre className={style.paper}>{what.text}</pre>
          <p className="small break">{t('ui.room.report.head')} <span className="tabular">{what.head}</span></p>
        </div>
      ) : null}
    </li>
  )
}

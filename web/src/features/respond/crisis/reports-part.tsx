// SPDX-License-Identifier: EUPL-1.2
// Situation reports: composed from the room as it stands, corrected by a person, approved by name, numbered.
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { queries } from '@/api/queries'
import { recall, remember } from '@/lib/keep'
import { useWords } from '@/lib/i18n'
import { Loaded } from '@/ui/states'
import { DeedForm } from './deed-form'
import { CopyAndPrint } from './document-text'
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
      {composing ? <Loaded asked={asked}>{({ text }) => <Compose key={view.room.id} text={text} onDone={() => onCompose(false)} />}</Loaded> : null}
      {reports.length === 0 && !composing ? <p className="quiet">{t('ui.room.reports.none')}</p> : null}
      <ol className={style.rows}>{reports.map((one) => <ReportRow key={one.subject} held={one} open={open === one.subject} onToggle={() => setOpen(open === one.subject ? null : one.subject)} />)}</ol>
    </section>
  )
}

function Compose({ text: composed, onDone }: { text: string; onDone: () => void }) {
  const { t } = useWords()
  const { writer, view } = useRoom()
  const names = useNames()
  const kept = `report/${view.room.id}`
  const [text, setText] = useState(() => recall(kept) ?? composed)
  const paper = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    paper.current?.focus()
  }, [])
  const change = (next: string) => {
    setText(next)
    remember(kept, next === composed ? null : next)
  }
  return (
    <div className="stack">
      <Textarea ref={paper} label={t('ui.room.report.text')} rows={16} maxLength={120000} value={text} onChange={(event) => change(event.currentTarget.value)} classNames={{ input: style.paper_field }} />
      {text === composed ? null : <button type="button" className="link" onClick={() => change(composed)}>{t('ui.room.report.anew')}</button>}
      <DeedForm
        fields={[{ name: 'approved_by', kind: { offered: names.people }, required: true }]} submit={t('ui.room.report.approve')} onCancel={onDone}
        onSend={(values) => {
          writer.write({ kind: 'information', deed: { report: { approved_by: values['approved_by'] ?? '', text } } })
          remember(kept, null)
          onDone()
        }}
      />
    </div>
  )
}

function ReportRow({ held: { what, row }, open, onToggle }: { held: Held<'report'>; open: boolean; onToggle: () => void }) {
  const { t, f } = useWords()
  const now = useRoomNow(60_000)
  return (
    <li className={style.clock}>
      <button type="button" className="link" aria-expanded={open} onClick={onToggle}><b>{t('ui.room.report.title', { n: what.number })}</b></button>{' '}
      {f.moment(row.line.happened, now)} — {t('ui.room.report.approved', { who: what.approved_by })}
      {open ? (
        <div className="stack">
          <CopyAndPrint text={`${what.text}\n\n${t('ui.room.report.head')} ${what.head}`} />
          <pre className={style.paper}>{what.text}</pre>
          <p className="small break">{t('ui.room.report.head')} <span className="tabular">{what.head}</span></p>
        </div>
      ) : null}
    </li>
  )
}

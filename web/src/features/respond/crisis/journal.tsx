// SPDX-License-Identifier: EUPL-1.2
// The journal: lines in the order of their arrival or of what happened, filtered, thousands of them drawn as they come
// into view. What was corrected stays, struck, with a link each way.
import { NativeSelect, TextInput } from '@mantine/core'
import { memo, useMemo, useRef, useState } from 'react'
import { client, type LineRow } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { usePrinting } from '@/lib/use-printing'
import { Loaded } from '@/ui/states'
import { plain } from '@/ui/table-logic'
import { VirtualList, type VirtualHandle } from '@/ui/virtual-list'
import { authorOf, glyphOf, lineKinds, lineText } from './line-words'
import { useRoom, useRoomNow } from './room-context'
import { waiting } from './standing'
import style from './journal.module.css'

export function shownLines(lines: LineRow[], order: string, kind: string, query: string): LineRow[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  const found = lines.filter(({ line }) => {
    if (kind && line.kind !== kind) return false
    if (words.length === 0) return true
    const all = plain(`${line.text} ${line.from} ${line.to} ${line.author}`)
    return words.every((word) => all.includes(word))
  })
  return order === 'happened' ? [...found].sort((a, b) => a.line.happened.localeCompare(b.line.happened) || a.arrived - b.arrived) : found
}

export function Journal({ onCorrect }: { onCorrect: (row: LineRow) => void }) {
  const { t, f } = useWords()
  const { lines, asked, view, facility, closed, writer } = useRoom()
  const [order, setOrder] = useNamed('order', 'arrived')
  const [kind, setKind] = useNamed('kind', '')
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState('')
  const list = useRef<VirtualHandle>(null)
  const now = useRoomNow(60_000)
  const printing = usePrinting()
  const shown = useMemo(() => shownLines(lines, order, kind, query), [lines, order, kind, query])
  const { byId, correctedBy } = useMemo(() => ({
    byId: new Map(lines.map((row) => [row.line.id, row])),
    correctedBy: new Map(lines.filter(({ line }) => line.corrects).map((row) => [row.line.corrects, row])),
  }), [lines])
  const filter = [kind ? t(`room.words.line_kind.${kind}`) : '', query.trim()].filter(Boolean).join(' · ')
  const own = view.chains.find((chain) => chain.own)
  const goTo = (id: string) => {
    setKind('')
    setQuery('')
    setOpen(id)
    setTimeout(() => list.current?.show(id))
  }
  const draw = (row: LineRow) => (
    <JournalLine
      row={row} corrected={row.line.corrects ? byId.get(row.line.corrects) : undefined} correction={correctedBy.get(row.line.id)} open={open === row.line.id}
      onToggle={setOpen} onGo={goTo} onCorrect={closed ? undefined : onCorrect} now={now} facility={facility} room={view.room.id}
    />
  )
  return (
    <section className={style.journal} aria-label={t('ui.room.journal')}>
      <div className={`${style.tools} no-print`}>
        <TextInput size="sm" type="search" aria-label={t('ui.room.journal.search')} placeholder={t('ui.table.search')} value={query} onChange={(event) => setQuery(event.currentTarget.value)} />
        <NativeSelect size="sm" aria-label={t('ui.room.kind')} value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={[{ value: '', label: t('ui.room.kind.all') }, ...lineKinds.map((one) => ({ value: one.kind, label: t(`room.words.line_kind.${one.kind}`) }))]} />
        <NativeSelect size="sm" aria-label={t('ui.room.order')} value={order} onChange={(event) => setOrder(event.currentTarget.value)} data={['arrived', 'happened'].map((one) => ({ value: one, label: t(`ui.room.order.${one}`) }))} />
        <span className="small quiet">{asked.lines.data ? t('ui.room.lines', { count: shown.length, n: f.whole(shown.length) }) : t('ui.room.unread.count')}{own ? <> · {t('ui.room.head')} <span className="tabular">{own.short_head}</span></> : null}</span>
      </div>
      <Loaded asked={asked.lines}>
        {() => (
          <>
            <VirtualList ref={list} label={t('ui.room.journal')} className={`${style.list} no-print`} rows={shown} rowKey={({ line }) => line.id} estimate={56} render={draw} />
            {printing && filter ? <p>{t('ui.table.extract', { filter, n: f.whole(shown.length), total: f.whole(lines.length) })}</p> : null}
            {printing ? <ol>{shown.map((row) => <li key={row.line.id}>{draw(row)}</li>)}</ol> : null}
          </>
        )}
      </Loaded>
      {printing && writer.queued.length > 0 ? (
        <section>
          <h3 className="h3">{t('ui.room.queue.paper')}</h3>
          <ol>{writer.queued.map(({ line }) => <li key={line.id}>{draw(waiting(line, ''))}</li>)}</ol>
        </section>
      ) : null}
    </section>
  )
}

interface LineProps {
  row: LineRow
  corrected: LineRow | undefined
  correction: LineRow | undefined
  open: boolean
  onToggle: (id: string) => void
  onGo: (id: string) => void
  onCorrect: ((row: LineRow) => void) | undefined
  now: number
  facility: string
  room: string
}
const late_typing = 120_000
/** Put right by what comes after it: the beginning of a room, a node that joined, what was published. */
const isFixed = ({ line: { deed } }: LineRow) => Boolean(deed?.opening ?? deed?.joined ?? deed?.bulletin)

const JournalLine = memo(function JournalLine({ row, corrected, correction, open, onToggle, onGo, onCorrect, now, facility, room }: LineProps) {
  const words = useWords()
  const { t, f } = words
  const { line } = row
  const typedLate = Math.abs(Date.parse(line.typed) - Date.parse(line.happened)) > late_typing
  const said = lineText(line, words)
  return (
    <div className={`${style.line} ${correction ? style.struck : ''}`} data-kind={line.kind}>
      <button type="button" className={`plain ${style.time}`} aria-expanded={open} aria-label={t('ui.room.line.menu', { time: f.moment(line.happened, now) })} onClick={() => onToggle(open ? '' : line.id)}>
        <time dateTime={line.happened}>{f.moment(line.happened, now)}</time>
        {typedLate ? <span className="quiet small"> {t('ui.room.line.typed', { time: f.moment(line.typed, now) })}</span> : null}
      </button>
      <div className={style.said}>
        <span className={style.kind}><span aria-hidden="true">{glyphOf(line.kind)} </span>{t(`room.words.line_kind.${line.kind}`)}</span>{' '}
        {line.from || line.to ? <span className={style.way}>{[line.from, line.to].filter(Boolean).join(' → ')} </span> : null}
        {correction ? <del>{said}</del> : <span className={style.words}>{said}</span>}
        {line.author ? <span className="quiet small"> — {authorOf(line)}</span> : null}
        {line.attachments.map((one) => <a key={one.hash} className={style.file} href={client.attachmentUrl(facility, room, one.hash)} target="_blank" rel="noreferrer">{one.name} ({f.bytes(one.size ?? 0)})</a>)}
        {corrected ? <button type="button" className="link small" onClick={() => onGo(corrected.line.id)}>{t('ui.room.line.corrects', { time: f.moment(corrected.line.happened, now) })}</button> : null}
        {correction ? <button type="button" className="link small" onClick={() => onGo(correction.line.id)}>{t('ui.room.line.corrected', { time: f.moment(correction.line.typed, now) })}</button> : null}
        {open ? (
          <div className={`${style.menu} small`}>
            {onCorrect && !correction && !isFixed(row) ? <button type="button" className="link" onClick={() => onCorrect(row)}>{t('ui.room.correct')}</button> : null}
            <span className="quiet">{t('ui.room.line.proof', { number: row.number, typed: f.instant(line.typed) })} <span className="tabular break">{row.hash.slice(0, 16)}</span></span>
          </div>
        ) : null}
      </div>
    </div>
  )
})

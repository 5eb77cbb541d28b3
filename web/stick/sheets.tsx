// SPDX-License-Identifier: EUPL-1.2
// What comes out of the printer, seen before: the room's own sheets, filled or blank, and parts of the plan.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PlanDocument } from '@/api/client'
import { HandoverPart } from '@/features/respond/crisis/handover-part'
import { glyphOf, lineText } from '@/features/respond/crisis/line-words'
import { useRoom } from '@/features/respond/crisis/room-context'
import { PartPaper } from '@/features/prepare/plan/plan-paper'
import { useWords } from '@/lib/i18n'
import { Directory } from './directory'
import style from './stick.module.css'

export const roomSheets = ['beds', 'journal', 'handover'] as const
export const planSheets = ['blank_beds', 'blank_journal', 'forms', 'directory', 'calls', 'cards', 'services', 'messages', 'authority'] as const
export type SheetName = (typeof roomSheets)[number] | (typeof planSheets)[number]

const blank_rows = 23
const lines_of_a_form = 20
const rows_of_a_form = 20 // of its table, when it has nothing else
const least_rows = 6
const head_of_a_form = ['service', 'bed', 'day', 'sheet'] as const
const bed_columns = ['number', 'service', 'bed', 'placement', 'destination'] as const
const journal_columns = ['hour', 'author', 'from', 'to', 'text'] as const

export function SheetList({ withRoom }: { withRoom: boolean }) {
  const { t } = useWords()
  const list = (names: readonly SheetName[]) => <ul className={style.sheets}>{names.map((name) => <li key={name}><Link to={`/print/${name}`}>{t(`ui.stick.sheet.${name}`)}</Link></li>)}</ul>
  return (
    <section className="stack">
      <h2 className="h2">{t('ui.stick.print')}</h2>
      {withRoom ? list(roomSheets) : null}
      {list(planSheets)}
    </section>
  )
}

/** One sheet as it will be printed. In a room the head of the paper says whose. */
export function Sheet({ name, facility, plan, withRoom }: { name: SheetName; facility: string; plan: PlanDocument; withRoom: boolean }) {
  const { t } = useWords()
  return (
    <article className={style.sheet}>
      <div className="row no-print">
        <Button size="lg" autoFocus onClick={() => print()}>{t('ui.print')}</Button>
        <Link to="/print">{t('ui.stick.print.others')}</Link>
      </div>
      <header className={style.head}>
        {withRoom ? null : <b>{facility}</b>}
        <h2 className="h2">{t(`ui.stick.sheet.${name}`)}</h2>
      </header>
      <Body name={name} plan={plan} withRoom={withRoom} />
    </article>
  )
}

function Body({ name, plan, withRoom }: { name: SheetName; plan: PlanDocument; withRoom: boolean }): ReactNode {
  const { t } = useWords()
  switch (name) {
    case 'blank_beds': return <><p>{t('pack.dated')}</p><Grid heads={bed_columns.map((one) => t(`ui.room.field.${one}`))} rows={[]} blank={blank_rows} /></>
    case 'blank_journal': return <><p>{t('pack.dated')}</p><Grid heads={journal_columns.map((one) => t(`ui.stick.column.${one}`))} rows={[]} blank={blank_rows} /></>
    case 'forms': return <Forms plan={plan} />
    case 'directory': return <Directory plan={plan} />
    case 'authority': return (['criteria', 'delegations', 'cells', 'roles'] as const).map((part) => <PartPaper key={part} part={part} document={plan} />)
    case 'beds': return withRoom ? <Beds /> : null
    case 'journal': return withRoom ? <Lines /> : null
    case 'handover': return withRoom ? <HandoverPart /> : null
    default: return <PartPaper part={name} document={plan} />
  }
}

/** `wrapped`: heads in words of the hospital's own, as long as they may be. */
function Grid({ heads, rows, blank, wrapped = false }: { heads: string[]; rows: ReactNode[][]; blank: number; wrapped?: boolean }) {
  return (
    <table className={`${style.grid} ${wrapped ? style.wrapped : ''}`}>
      <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, i) => <tr key={i}>{row.map((cell, n) => <td key={n}>{cell}</td>)}</tr>)}
        {Array.from({ length: blank }, (_, i) => <tr key={`blank ${i}`}>{heads.map((head) => <td key={head} />)}</tr>)}
      </tbody>
    </table>
  )
}

const rows_to_write_on = 6

function Beds() {
  const { t, word } = useWords()
  const { lists } = useRoom()
  const rows = lists.placement.map(({ what }) => [what.number, what.service, what.bed, word('room.words.placement_state', what.state), what.destination])
  return <Grid heads={bed_columns.map((one) => t(`ui.room.field.${one}`))} rows={rows} blank={rows_to_write_on} />
}

function Lines() {
  const words = useWords()
  const { t, f } = words
  const { lines } = useRoom()
  const corrected = new Set(lines.map(({ line }) => line.corrects))
  const rows = lines.map(({ line }) => [
    f.instant(line.happened), line.author, line.from, line.to,
    <span key="said" className={style.said}>{glyphOf(line.kind)} {corrected.has(line.id) ? <del>{lineText(line, words)}</del> : lineText(line, words)}</span>,
  ])
  return <Grid heads={journal_columns.map((one) => t(`ui.stick.column.${one}`))} rows={rows} blank={0} />
}

function Forms({ plan }: { plan: PlanDocument }) {
  const { t } = useWords()
  if (plan.forms.length === 0) return <p>{t('pack.nothing_written')}</p>
  return plan.forms.map((one) => {
    const fields = one.fields ?? []
    const columns = one.columns ?? []
    const lines = columns.length > 0 ? 2 : Math.max(2, Math.floor(lines_of_a_form / Math.max(1, fields.length)))
    return (
      <section key={one.id} className={style.form}>
        <h3 className="h3">{one.name}</h3>
        {one.purpose ? <p className="small">{one.purpose}</p> : null}
        <Grid heads={head_of_a_form.map((what) => t(`pack.form.${what}`))} rows={[]} blank={1} />
        {fields.map((field, i) => <div key={i} className={style.field}><b>{field}</b>{Array.from({ length: lines }, (_, n) => <div key={n} className={style.write} />)}</div>)}
        {columns.length > 0 ? <Grid heads={columns} rows={[]} blank={Math.max(least_rows, rows_of_a_form - Math.floor(fields.length * 2.5))} wrapped /> : null}
      </section>
    )
  })
}

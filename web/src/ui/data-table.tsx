// SPDX-License-Identifier: EUPL-1.2
// The table of the product: sorted by its heads, searched, exported; only the rows in view are drawn past 200.
import { TextInput } from '@mantine/core'
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { toCsv } from '@/lib/csv'
import { useWords } from '@/lib/i18n'
import { stepOf } from '@/lib/moved'
import { saveAs } from '@/lib/save-as'
import { usePrinting } from '@/lib/use-printing'
import style from './data-table.module.css'
import { sortRows, windowOf, type Sort } from './table-logic'

export interface Column<Row> {
  key: string
  head: ReactNode
  /** Plain words of the head, when `head` is not text. */
  label?: string
  cell: (row: Row) => ReactNode
  /** What is sorted, searched and exported. Without it the column does neither. */
  value?: (row: Row) => string | number | null
  number?: boolean
  /** Left out on narrow screens. */
  minor?: boolean
}

interface Props<Row> {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  onOpen?: (row: Row) => void
  /** Further keys of a row that has the focus. */
  keys?: Record<string, (row: Row) => void>
  /** One place up or down, by Alt and an arrow, where the rows stand in their own order. */
  onMove?: (row: Row, by: -1 | 1) => void
  selected?: string
  search?: boolean
  /** File name of the export; rows as shown. A link to the server's own export may stand in `tools`. */
  exportName?: string
  tools?: ReactNode
  /** Choices beside the search. */
  filters?: ReactNode
  /** Beside a chart: no taller than it. */
  short?: boolean
  empty?: ReactNode
}

export const virtual_from = 200
const scrolls_from = 40
const row_height = 40

export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, rowKey } = props
  const { t, f } = useWords()
  const [query, setQuery] = useState('')
  const [sort, setSort] = useState<Sort | null>(null)
  const shown = useMemo(() => sortRows(rows, columns, sort, query), [rows, columns, sort, query])
  const total = rows.length
  const printing = usePrinting() // on paper every row is drawn
  const virtual = shown.length > virtual_from && !printing
  const [scroll, setScroll] = useState({ top: 0, height: 640 })
  const view = virtual ? windowOf(shown.length, scroll.top, scroll.height, row_height) : { from: 0, to: shown.length }
  const captionId = useId()

  const toggle = (key: string) => setSort({ key, down: sort?.key === key ? !sort.down : false })
  const exported = () => {
    const told = columns.filter((column) => column.value)
    const table = shown.map((row) => told.map((column) => column.value?.(row) ?? ''))
    saveAs(`${props.exportName}.csv`, toCsv(told.map((column) => column.label ?? String(column.head)), table))
  }

  const actOnRow = (event: KeyboardEvent<HTMLElement>) => {
    const place = [...event.currentTarget.querySelectorAll('[data-row]')].indexOf(event.target as HTMLElement)
    const row = place < 0 ? undefined : shown[view.from + place]
    const by = stepOf(event)
    const ordered = sort === null && query === ''
    const act = by !== 0 ? ordered && props.onMove && ((one: Row) => props.onMove?.(one, by)) : event.ctrlKey || event.metaKey || event.altKey ? undefined : props.keys?.[event.key.toLowerCase()]
    if (row === undefined || !act) return
    event.preventDefault()
    act(row)
  }

  return (
    <div className={style.whole}>
      {props.search === false && !props.exportName && !props.tools ? null : <div className={`${style.tools} no-print`}>
        {props.search === false ? null : (
          <TextInput
            size="sm"
            type="search"
            w="15rem"
            placeholder={t('ui.table.search')}
            aria-label={t('ui.table.search_in', { table: props.caption })}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
        {props.filters}
        <span className="small quiet" role="status">
          {shown.length === total ? t('ui.table.count', { count: total, n: f.whole(total) }) : t('ui.table.count_of', { n: f.whole(shown.length), total: f.whole(total) })}
        </span>
        <span className={style.right}>
          {props.tools}
          {props.exportName ? (
            <button type="button" className="link" onClick={exported}>{t('ui.table.export')}</button>
          ) : null}
        </span>
      </div>}
      {printing && query.trim() ? <p>{t('ui.table.extract', { filter: query.trim(), n: f.whole(shown.length), total: f.whole(total) })}</p> : null}
      <div
        className={[style.box, props.short ? style.short : '', shown.length > scrolls_from ? style.scrolls : '', virtual ? style.virtual : ''].join(' ')}
        onScroll={(event) => virtual && setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
        tabIndex={0}
        role="group"
        aria-labelledby={captionId}
      >
        <table className={style.table} aria-rowcount={total + 1}>
          <caption id={captionId} className={style.caption}>{props.caption}</caption>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <Head key={column.key} column={column} sort={sort} onSort={toggle} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={(event) => walkRows(event) || actOnRow(event)}>
            <Space rows={view.from} />
            {shown.slice(view.from, view.to).map((row, i) => (
              <Line key={rowKey(row)} row={row} index={view.from + i + 2} table={props} />
            ))}
            <Space rows={shown.length - view.to} />
          </tbody>
        </table>
        {shown.length === 0 ? <div className={style.none}>{(total === 0 && props.empty) || t('ui.table.none')}</div> : null}
      </div>
    </div>
  )
}

function Head<Row>({ column, sort, onSort }: { column: Column<Row>; sort: Sort | null; onSort: (key: string) => void }) {
  const sorted = sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : undefined
  const look = [column.number ? style.number : '', column.minor ? style.minor : ''].join(' ')
  const printing = usePrinting() // a button is not drawn again at the head of the next page
  return (
    <th scope="col" className={look} aria-sort={sorted}>
      {column.value && !printing ? (
        <button type="button" className={style.sort} onClick={() => onSort(column.key)}>
          {column.head}
          <span aria-hidden="true" className={style.arrow}>{sorted === 'ascending' ? '↑' : sorted === 'descending' ? '↓' : ''}</span>
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

function Line<Row>({ row, index, table }: { row: Row; index: number; table: Props<Row> }) {
  const key = table.rowKey(row)
  return (
    <tr
      aria-rowindex={index}
      className={[table.onOpen ? style.opens : '', table.selected === key ? style.selected : ''].join(' ')}
      onClick={table.onOpen && ((event) => (event.target as HTMLElement).closest('a,button,input,label') || table.onOpen?.(row))}
    >
      {table.columns.map((column, i) => {
        const look = [column.number ? style.number : '', column.minor ? style.minor : ''].join(' ')
        const inside =
          i === 0 && table.onOpen ? (
            <button type="button" data-row className={style.open} aria-current={table.selected === key || undefined} onClick={() => table.onOpen?.(row)}>
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )
        return i === 0 ? (
          <th key={column.key} scope="row" className={look}>{inside}</th>
        ) : (
          <td key={column.key} className={look}>{inside}</td>
        )
      })}
    </tr>
  )
}

function Space({ rows }: { rows: number }) {
  return rows > 0 ? <tr aria-hidden="true" style={{ height: rows * row_height }} /> : null
}

/** Arrows move from row to row, Home and End to the ends of what is drawn; true: it was one of them. */
function walkRows(event: KeyboardEvent<HTMLElement>): boolean {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const now = stops.indexOf(event.target as HTMLElement)
  if (now < 0 || event.altKey) return false
  const step = steps[event.key]
  const next = step ? stops[now + step] : event.key === 'Home' ? stops[0] : event.key === 'End' ? stops.at(-1) : undefined
  if (!next) return false
  event.preventDefault()
  next.focus()
  return true
}

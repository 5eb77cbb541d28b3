// SPDX-License-Identifier: EUPL-1.2
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client, type DataTable as Table } from '@/api/client'
import { failureOf } from '@/lib/failure'
import { useWords, type Words } from '@/lib/i18n'
import { recall, remember } from '@/lib/keep'
import { DataTable, type Column } from '@/ui/data-table'
import { ErrorState } from '@/ui/states'
import { offsetOf, readRows, type Row } from './table-text'

/** One table: its rows to read, its JSON text to change. A text not yet saved is kept as a draft. */
export function TableEditor({ table }: { table: Table }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const draft = `table.${table.file}`
  const [text, setText] = useState(recall(draft) ?? table.text)
  /** What the draft began from: somebody else may have saved another text since. */
  const [seen] = useState(recall(`${draft}.seen`) ?? table.hash)
  const overtaken = seen !== table.hash && text !== table.text
  const [shape, setShape] = useState(recall(draft) === null ? 'rows' : 'text')
  const area = useRef<HTMLTextAreaElement>(null)
  const save = useMutation({
    mutationFn: ({ saved, seen }: { saved: string; seen?: string }) => client.saveTable(table.file, saved, seen),
    onSuccess: () => {
      forget()
      return cache.invalidateQueries({ queryKey: ['tables'] })
    },
    onError: (error) => {
      if (failureOf(error).said.code === 'edit.changed_meanwhile') return cache.invalidateQueries({ queryKey: ['tables'] })
      const at = offsetOf(text, failureOf(error).where)
      area.current?.focus()
      if (at !== null) area.current?.setSelectionRange(at.from, at.to)
    },
  })
  const change = (next: string) => {
    setText(next)
    remember(draft, next === table.text ? null : next)
    remember(`${draft}.seen`, next === table.text ? null : seen)
  }
  const forget = () => {
    remember(draft, null)
    remember(`${draft}.seen`, null)
  }
  const sections = readRows(table.text)
  return (
    <div className="stack">
      <div className="row">
        <SegmentedControl
          aria-label={t('ui.shape')}
          value={shape}
          onChange={setShape}
          data={[{ value: 'rows', label: t('ui.tables.read') }, { value: 'text', label: t('ui.tables.change') }]}
        />
        <span className="quiet small">{t(table.overridden ? 'ui.tables.overridden' : 'ui.tables.built_in', { version: table.version })}</span>
      </div>
      {shape === 'rows' ? (
        sections.map((section) => <Rows key={section.name} name={section.name || table.file} rows={section.rows} />)
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({ saved: text, seen })
          }}
        >
          {overtaken ? (
            <section role="alert" className="stack">
              <p>▲ {t('ui.tables.overtaken')}</p>
              <details>
                <summary>{t('ui.tables.theirs')}</summary>
                <pre className="break">{table.text}</pre>
              </details>
              <div className="row">
                <Button size="sm" variant="default" onClick={() => change(table.text)}>{t('ui.conflict.theirs')}</Button>
                <Button size="sm" variant="default" loading={save.isPending} onClick={() => save.mutate({ saved: text, seen: table.hash })}>{t('ui.conflict.yours')}</Button>
              </div>
            </section>
          ) : save.error ? (
            <ErrorState inline error={save.error} />
          ) : null}
          <Textarea
            ref={area}
            label={t('ui.tables.text', { file: table.file })}
            description={text === table.text ? undefined : t('ui.tables.draft')}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
            autosize
            minRows={16}
            maxRows={32}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.875rem' } }}
          />
          <div className="row">
            <Button type="submit" loading={save.isPending} disabled={text === table.text || overtaken}>{t('ui.save')}</Button>
            <Button variant="default" disabled={text === table.text} onClick={() => change(table.text)}>{t('ui.tables.forget')}</Button>
            {table.overridden ? <Button variant="subtle" onClick={() => save.mutate({ saved: '', seen: table.hash })}>{t('ui.tables.back')}</Button> : null}
          </div>
        </form>
      )}
    </div>
  )
}

function Rows({ name, rows }: { name: string; rows: Row[] }) {
  const { t, f, has, word, label } = useWords()
  const heading = has(`ui.tables.section.${name}`) ? t(`ui.tables.section.${name}`) : name
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns: Column<Row>[] = keys.map((key) => ({
    key,
    head: headOf(key, has, label),
    cell: (row) => {
      const text = row[key] ?? ''
      return <span className={plain_columns.includes(key) || is_number.test(text) ? 'nowrap' : 'break'}>{saidCell(key, text, f, word)}</span>
    },
    value: (row) => row[key] ?? '',
    minor: !['id', 'kind', 'value', 'share', 'chance'].includes(key) && keys.indexOf(key) > 1,
  }))
  if (rows.length === 0) return <p className="quiet">{t('ui.table.none')}</p>
  return (
    <section>
      {name.endsWith('.json') ? null : <h2 className="h2">{heading}</h2>}
      <DataTable caption={heading} columns={columns} rows={rows} rowKey={(row) => String(rows.indexOf(row))} search={rows.length > 8} exportName={name.replace('.json', '')} />
    </section>
  )
}

/** Names of ours: never broken, never read as numbers. */
const plain_columns = ['id', 'kind', 'scenario', 'version']
const is_number = /^-?\d+(\.\d+)?$/

function saidCell(key: string, text: string, f: Words['f'], word: Words['word']): string {
  if (key === 'confidence') return word('ui.confidence', text)
  return !plain_columns.includes(key) && is_number.test(text) ? f.exact(Number(text)) : text
}

/** "Delay: median, h" for "delay.median_h"; a key without words stays readable. */
function headOf(key: string, has: Words['has'], label: Words['label']): string {
  const family = (step: string) => (has(`ui.tables.column.${step}`) ? 'ui.tables.column' : 'ui.field')
  return key.split('.').map((step) => label(family(step), step).replaceAll('_', ' ')).join(' · ')
}

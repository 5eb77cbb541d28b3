// SPDX-License-Identifier: EUPL-1.2
import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { client, type ColumnMapping, type Import } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { elements, mappable } from '@/lib/vocabulary'
import { ErrorState } from '@/ui/states'
import style from './imports.module.css'
import { chooseColumn, chooseElement, doubled } from './mapping-logic'

/** A spreadsheet of the hospital's own: which column says what. The server keeps it for the same headers next time. */
export function MappingEditor({ facility, one }: { facility: string; one: Import }) {
  const { t, word } = useWords()
  const cache = useQueryClient()
  const [mapping, setMapping] = useState(one.mapping)
  const read = useMutation({
    mutationFn: () => client.mapImport(facility, one.id, mapping),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['facility', facility, 'imports'] }),
  })
  const change = (at: number, next: ColumnMapping) => setMapping(mapping.map((sheet, i) => (i === at ? next : sheet)))
  const twice = mapping.flatMap(doubled)
  return (
    <section className="tight" style={{ gap: '0.8rem' }}>
      <h3 className="h3">{t('ui.mapping.title')}</h3>
      <p className="quiet prose">{t('ui.mapping.what')}</p>
      {mapping.map((sheet, i) => (
        <Sheet key={sheet.sheet} sheet={sheet} onChange={(next) => change(i, next)} />
      ))}
      {twice.length > 0 ? <p role="alert">▲ {t('ui.mapping.twice', { fields: twice.map((field) => word('ui.field', field.split('.')[1] ?? '')).join(', ') })}</p> : null}
      {read.error ? <ErrorState inline error={read.error} /> : null}
      <div className="row">
        <Button variant="default" onClick={() => read.mutate()} loading={read.isPending} disabled={twice.length > 0}>{t('ui.mapping.read')}</Button>
        <span className="small quiet" role="status">{read.isSuccess ? t('ui.mapping.remembered') : ''}</span>
      </div>
    </section>
  )
}

function Sheet({ sheet, onChange }: { sheet: ColumnMapping; onChange: (next: ColumnMapping) => void }) {
  const { t, word } = useWords()
  const id = useId()
  const fields = mappable[sheet.element as keyof typeof mappable] ?? []
  const options = [
    { value: '', label: t('ui.mapping.leave_out') },
    ...fields.map((field) => ({ value: `${sheet.element}.${field}`, label: word('ui.field', field) })),
  ]
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }} className="tight">
      <legend className="small"><b>{t('ui.mapping.sheet', { sheet: sheet.sheet })}</b></legend>
      <NativeSelect
        label={t('ui.mapping.row_is')}
        maw="20rem"
        value={sheet.element}
        onChange={(event) => onChange(chooseElement(sheet, event.currentTarget.value))}
        data={elements.map((element) => ({ value: element, label: word('ui.element', element) }))}
      />
      <div className={style.mapping}>
        {sheet.columns.map((column, i) => (
          <div key={column.header} className={style.column}>
            <label htmlFor={`${id}-${i}`} className="break">{column.header}</label>
            <NativeSelect
              id={`${id}-${i}`}
              size="sm"
              value={column.field}
              onChange={(event) => onChange(chooseColumn(sheet, i, event.currentTarget.value))}
              data={options}
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// The sites of a place, page by page, chosen for a comparison or taken away as a file with the columns one wants.
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { client, type Hierarchy, type PlaceLine } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { DataTable, type Column } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import { most_compared, useCompared } from './compared'
import style from './registry.module.css'

const page_size = 50
const export_columns = ['number', 'name', 'town', 'department', 'category', 'category_name', 'closed', 'kind', 'id'] as const

export function SiteList({ place, hierarchy }: { place: string; hierarchy: Hierarchy }) {
  const { t } = useWords()
  const [health, setHealth] = useNamed('list', 'health')
  const [page, setPage] = useState(1)
  const query = { within: place, hierarchy, kind: 'site' as const, health: health === 'health', page, size: page_size }
  const asked = useQuery(queries.places(query))
  return (
    <section className="section">
      <h2>{t('ui.registry.sites')}</h2>
      <div className="row no-print">
        <Checkbox
          label={t('ui.registry.health_only')}
          checked={health === 'health'}
          onChange={(event) => {
            setHealth(event.currentTarget.checked ? 'health' : 'all')
            setPage(1)
          }}
        />
      </div>
      <Loaded asked={asked}>
        {({ items, more }) => (
          <>
            <Sites items={items} />
            <div className="row no-print">
              <Button size="sm" variant="default" disabled={page === 1} onClick={() => setPage(page - 1)}>{t('ui.registry.page.before')}</Button>
              <span className="small quiet" role="status">{t('ui.registry.page', { page })}</span>
              <Button size="sm" variant="default" disabled={!more} onClick={() => setPage(page + 1)}>{t('ui.registry.page.after')}</Button>
            </div>
          </>
        )}
      </Loaded>
      <Export place={place} hierarchy={hierarchy} health={health === 'health'} />
    </section>
  )
}

function Sites({ items }: { items: PlaceLine[] }) {
  const { t } = useWords()
  const [compared, setCompared] = useCompared()
  const columns: Column<PlaceLine>[] = [
    { key: 'name', head: t('ui.column.name'), value: (row) => row.name, cell: (row) => <Link to={`/places/${encodeURIComponent(row.id)}`}>{row.name}</Link> },
    { key: 'number', head: t('ui.registry.number'), value: (row) => row.number, cell: (row) => row.number },
    { key: 'town', head: t('ui.registry.town'), value: (row) => row.town, cell: (row) => row.town },
    { key: 'department', head: t('ui.registry.department'), value: (row) => row.department, cell: (row) => row.department, minor: true },
    { key: 'category', head: t('ui.registry.category'), value: (row) => row.category_name || row.category, cell: (row) => row.category_name || row.category, minor: true },
    {
      key: 'compare', head: t('ui.registry.compare'),
      cell: (row) => (
        <Checkbox
          aria-label={t('ui.registry.compare.one', { name: row.name })}
          checked={compared.includes(row.id)}
          disabled={!compared.includes(row.id) && compared.length >= most_compared}
          onChange={(event) => setCompared(event.currentTarget.checked ? [...compared, row.id] : compared.filter((id) => id !== row.id))}
        />
      ),
    },
  ]
  return <DataTable caption={t('ui.registry.sites')} columns={columns} rows={items} rowKey={(row) => row.id} search={false} empty={t('ui.registry.sites.none')} />
}

function Export({ place, hierarchy, health }: { place: string; hierarchy: Hierarchy; health: boolean }) {
  const { t } = useWords()
  const [columns, setColumns] = useState<string[]>(['number', 'name', 'town', 'department', 'category_name'])
  const url = (format: 'xlsx' | 'csv' | 'json') => client.placesUrl({ within: place, hierarchy, kind: 'site', health, columns, format })
  return (
    <details className={`${style.export} no-print`}>
      <summary>{t('ui.registry.export')}</summary>
      <Checkbox.Group label={t('ui.registry.export.columns')} value={columns} onChange={setColumns}>
        <div className="row">
          {export_columns.map((column) => <Checkbox key={column} value={column} label={t(`column.place.${column}`)} />)}
        </div>
      </Checkbox.Group>
      <p className="row">
        {(['xlsx', 'csv', 'json'] as const).map((format) => (
          <a key={format} href={url(format)} download>{format.toUpperCase()}</a>
        ))}
      </p>
    </details>
  )
}

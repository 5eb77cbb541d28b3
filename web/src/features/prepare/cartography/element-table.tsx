// SPDX-License-Identifier: EUPL-1.2
import { NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { Link } from 'react-router'
import { client, type ElementRow, type Layer } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import { EmptyState, Loaded } from '@/ui/states'
import { Trust } from '@/ui/trust'
import style from './cartography.module.css'

interface Props { facility: string; layer: Layer; focus: string | null; onFocus: (id: string) => void }

export function ElementTable({ facility, layer, focus, onFocus }: Props) {
  const { t, word } = useWords()
  const asked = useInfiniteQuery(queries.elements(facility, layer))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = asked
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const rows = useMemo(() => asked.data?.pages.flatMap(({ items }) => items), [asked.data])

  return (
    <Loaded asked={{ ...asked, data: rows }}>
      {(all) =>
        all.length > 0 ? (
          <Rows {...{ facility, layer, focus, onFocus, all }} />
        ) : (
          <EmptyState
            title={t('ui.cartography.empty', { layer: word('ui.layer', layer) })}
            action={<Link to={`/facilities/${encodeURIComponent(facility)}/imports`}>{t('ui.empty.button')}</Link>}
          >
            <p>{t(`ui.cartography.empty.${layer}`)}</p>
          </EmptyState>
        )
      }
    </Loaded>
  )
}

function Rows({ facility, layer, focus, onFocus, all }: Props & { all: ElementRow[] }) {
  const { t, f, word } = useWords()
  const [kind, setKind] = useState('')
  const [trust, setTrust] = useState('')
  const rows = useMemo(() => all.filter((row) => (!kind || row.kind === kind) && (!trust || row.state === trust)), [all, kind, trust])
  const kinds = useMemo(() => [...new Set(all.map((row) => row.kind))].sort(), [all])
  const columns: Column<ElementRow>[] = [
    { key: 'name', head: t('ui.column.name'), cell: (row) => row.name, value: (row) => row.name },
    { key: 'kind', head: t('ui.column.kind'), cell: (row) => word('ui.kind', row.kind), value: (row) => word('ui.kind', row.kind), minor: true },
    { key: 'detail', head: t('ui.column.detail'), cell: (row) => row.detail, value: (row) => row.detail, minor: true },
    { key: 'needs', head: t('ui.column.needs'), cell: (row) => f.whole(row.needs), value: (row) => row.needs, number: true },
    { key: 'needed_by', head: t('ui.column.needed_by'), cell: (row) => f.whole(row.needed_by), value: (row) => row.needed_by, number: true },
    { key: 'state', head: t('ui.column.trust'), cell: (row) => <Trust state={row.state} />, value: (row) => word('ui.trust', row.state) },
  ]
  return (
    <div className="stack" style={{ gap: '0.6rem' }}>
      <div className={`${style.filters} no-print`}>
        <NativeSelect
          size="sm"
          label={t('ui.column.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[{ value: '', label: t('ui.filter.all') }, ...kinds.map((one) => ({ value: one, label: word('ui.kind', one) }))]}
        />
        <NativeSelect
          size="sm"
          label={t('ui.column.trust')}
          value={trust}
          onChange={(event) => setTrust(event.currentTarget.value)}
          data={[{ value: '', label: t('ui.filter.all') }, ...['confirmed', 'partly', 'default'].map((one) => ({ value: one, label: word('ui.trust', one) }))]}
        />
      </div>
      <DataTable
        caption={word('ui.layer', layer)}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        selected={focus ?? undefined}
        onOpen={(row) => onFocus(row.id)}
        exportName={`cartography-${layer}`}
        tools={<a className="small" href={client.exportUrl(facility, layer, 'xlsx')} download>{t('ui.table.export_xlsx')}</a>}
      />
    </div>
  )
}

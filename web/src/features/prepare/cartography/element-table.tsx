// SPDX-License-Identifier: EUPL-1.2
import { NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { Link } from 'react-router'
import { client, type ElementRow, type Layer } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords, type Words } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { kindWords } from '@/lib/vocabulary'
import { DataTable, type Column } from '@/ui/data-table'
import { EmptyState, Loaded } from '@/ui/states'
import { Trust } from '@/ui/trust'

/** Only these need something and are needed. */
const linked: Layer[] = ['care', 'application', 'infrastructure']

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
  const [kind, setKind] = useNamed('kind', '')
  const [trust, setTrust] = useNamed('trust', '')
  const rows = useMemo(() => all.filter((row) => (!kind || row.kind === kind) && (!trust || row.state === trust)), [all, kind, trust])
  const kinds = useMemo(() => [...new Set(all.map((row) => row.kind))].sort(), [all])
  const kindOf = (one: string) => word(kindWords(layer), one)
  const kindHead = t(layer === 'zone' ? 'ui.column.watch' : 'ui.column.kind')
  const columns: Column<ElementRow>[] = [
    { key: 'name', head: t('ui.column.name'), cell: (row) => row.name, value: (row) => row.name },
    { key: 'kind', head: kindHead, cell: (row) => kindOf(row.kind), value: (row) => kindOf(row.kind), minor: true },
    {
      key: 'detail', head: t(`ui.column.detail.${layer}`), minor: true, number: layer === 'care' || layer === 'dependency',
      cell: (row) => detailText(layer, row.detail, { f, word }), value: (row) => detailValue(layer, row.detail, word),
    },
    ...(linked.includes(layer)
      ? [
          { key: 'needs', head: t('ui.column.needs'), cell: (row: ElementRow) => f.whole(row.needs), value: (row: ElementRow) => row.needs, number: true, minor: true },
          { key: 'needed_by', head: t('ui.column.needed_by'), cell: (row: ElementRow) => f.whole(row.needed_by), value: (row: ElementRow) => row.needed_by, number: true },
        ]
      : []),
    { key: 'state', head: t('ui.column.trust'), cell: (row) => <Trust state={row.state} />, value: (row) => word('ui.trust', row.state) },
  ]
  return (
    <DataTable
      caption={word('ui.layer', layer)}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      selected={focus ?? undefined}
      onOpen={(row) => onFocus(row.id)}
      exportName={`cartography-${layer}`}
      filters={
        <>
          <NativeSelect
            size="sm"
            label={kindHead}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
            data={[{ value: '', label: t('ui.filter.all') }, ...kinds.map((one) => ({ value: one, label: kindOf(one) }))]}
          />
          <NativeSelect
            size="sm"
            label={t('ui.column.trust')}
            value={trust}
            onChange={(event) => setTrust(event.currentTarget.value)}
            data={[{ value: '', label: t('ui.filter.all') }, ...['confirmed', 'partly', 'default'].map((one) => ({ value: one, label: word('ui.trust', one) }))]}
          />
        </>
      }
      tools={<a href={client.exportUrl(facility, layer, 'xlsx')} download>{t('ui.table.export_xlsx')}</a>}
    />
  )
}

/** The one fact of a row that says most: beds of a service, vendor of an application, autonomy of a link. */
function detailText(layer: Layer, detail: string, { f, word }: Pick<Words, 'f' | 'word'>): string {
  if (detail === '') return '—'
  if (layer === 'care') return f.number(Number(detail))
  if (layer === 'dependency') return f.hours(Number(detail))
  return layer === 'account' ? word('ui.account', detail) : detail
}

function detailValue(layer: Layer, detail: string, word: Words['word']): string | number | null {
  if (layer === 'care' || layer === 'dependency') return detail === '' ? null : Number(detail)
  return layer === 'account' ? word('ui.account', detail) : detail
}

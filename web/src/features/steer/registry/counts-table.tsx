// SPDX-License-Identifier: EUPL-1.2
// Regions, GHT or entities of a place with their counts, and its departments: the twin of the map.
import { Link } from 'react-router'
import type { ChildCounts, DepartmentCounts, PlaceCounts } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import { measures } from './measures'

function useCountColumns<Row extends { counts: PlaceCounts }>(): Column<Row>[] {
  const { t, f } = useWords()
  return measures.map((measure) => ({
    key: measure,
    head: t(`ui.registry.count.${measure}`),
    cell: (row) => f.whole(row.counts[measure]),
    value: (row) => row.counts[measure],
    number: true,
    minor: measure === 'entities' || measure === 'emergency',
  }))
}

export function ChildrenTable({ items }: { items: ChildCounts[] }) {
  const { t, word } = useWords()
  const counts = useCountColumns<ChildCounts>()
  const columns: Column<ChildCounts>[] = [
    {
      key: 'name', head: t('ui.column.name'), value: (row) => row.name,
      cell: (row) => <Link to={`/places/${encodeURIComponent(row.id)}`}>{row.name}</Link>,
    },
    {
      key: 'kind', head: t('ui.column.kind'), minor: true, value: (row) => kindOf(row),
      cell: (row) => kindOf(row),
    },
    ...counts,
  ]
  const kindOf = (row: ChildCounts) => (row.role === 'lead' ? t('ui.registry.lead') : word('ui.place_kind', row.kind))
  return <DataTable caption={t('ui.registry.children')} columns={columns} rows={items} rowKey={(row) => row.id} exportName="registry-children" short />
}

export function DepartmentTable({ items }: { items: DepartmentCounts[] }) {
  const { t } = useWords()
  const counts = useCountColumns<DepartmentCounts>()
  const nameOf = (row: DepartmentCounts) => (row.department ? `${row.department} ${row.name}` : t('ui.registry.no_department'))
  const columns: Column<DepartmentCounts>[] = [
    { key: 'name', head: t('ui.registry.department'), value: nameOf, cell: (row) => (row.region ? <Link to={`/places/${row.region}`}>{nameOf(row)}</Link> : nameOf(row)) },
    ...counts,
  ]
  return <DataTable caption={t('ui.registry.departments')} columns={columns} rows={items} rowKey={(row) => row.department} exportName="registry-departments" short />
}

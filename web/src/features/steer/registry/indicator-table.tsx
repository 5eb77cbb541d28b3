// SPDX-License-Identifier: EUPL-1.2
// What an upper level sees of the facilities within a place: a few figures of the last assessment of each.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { FacilityIndicators, Hierarchy } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import { Loaded } from '@/ui/states'

/** Nothing for whoever may not know them, and nothing where no facility is within reach. */
export function IndicatorTable({ place, hierarchy }: { place: string; hierarchy: Hierarchy }) {
  const session = useQuery(queries.session())
  const may = session.data?.somewhere.includes('indicators') ?? false
  const asked = useQuery({ ...queries.indicators(place, hierarchy), enabled: may })
  return may ? <Loaded asked={asked} lines={2}>{({ items }) => (items.length > 0 ? <Rows items={items} /> : null)}</Loaded> : null
}

function Rows({ items }: { items: FacilityIndicators[] }) {
  const { t, f } = useWords()
  const none = <span className="quiet">{t('ui.indicators.none')}</span>
  const confirmed = ({ facts, facts_confirmed }: { facts: number; facts_confirmed: number }) => (facts > 0 ? facts_confirmed / facts : 0)
  const nameOf = (row: FacilityIndicators) => (row.fictional ? t('ui.facility.fictional', { name: row.name }) : row.name)
  const columns: Column<FacilityIndicators>[] = [
    { key: 'name', head: t('ui.column.name'), value: nameOf, cell: (row) => <Link to={`/places/${encodeURIComponent(row.facility)}`}>{nameOf(row)}</Link> },
    { key: 'assessed', head: t('ui.indicators.assessed'), value: (row) => row.latest?.assessed ?? '', cell: (row) => (row.latest ? f.instant(row.latest.assessed) : none) },
    {
      key: 'stop', head: t('ui.indicators.stop'), number: true, value: (row) => row.latest?.figures.services_likely_to_stop ?? -1,
      cell: ({ latest }) => (latest ? t('ui.indicators.of', { count: f.whole(latest.figures.services_likely_to_stop), of: f.whole(latest.figures.services) }) : ''),
    },
    { key: 'loss', head: t('ui.indicators.loss'), number: true, value: (row) => row.latest?.figures.loss.p50 ?? -1, cell: ({ latest }) => (latest ? f.whole(latest.figures.loss.p50) : '') },
    { key: 'worst', head: t('ui.indicators.worst'), number: true, minor: true, value: (row) => row.latest?.figures.loss.p95 ?? -1, cell: ({ latest }) => (latest ? f.whole(latest.figures.loss.p95) : '') },
    { key: 'confirmed', head: t('ui.indicators.confirmed'), number: true, value: (row) => (row.latest ? confirmed(row.latest.figures) : -1), cell: ({ latest }) => (latest ? f.percent(confirmed(latest.figures)) : '') },
    { key: 'model', head: t('ui.indicators.model'), minor: true, value: (row) => row.latest?.model_version ?? '', cell: ({ latest }) => <span className="small break">{latest?.model_version}</span> },
  ]
  return (
    <section className="section">
      <h2>{t('ui.indicators.title')}</h2>
      <p className="prose small quiet">{t('ui.indicators.what')}</p>
      <DataTable caption={t('ui.indicators.title')} columns={columns} rows={items} rowKey={(row) => row.facility} exportName="indicators" short />
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import type { ServiceResult } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { nearest } from '@/lib/time-axis'
import { DataTable, type Column } from '@/ui/data-table'
import { Figure } from '@/ui/figure'

const moments = [8, 72, 336]

export function ServiceTable({ services }: { services: ServiceResult[] }) {
  const { t, f, word } = useWords()
  const at = (one: ServiceResult, hours: number) => one.capacity[nearest(one.capacity, hours)]?.p50 ?? 0
  const columns: Column<ServiceResult>[] = [
    { key: 'name', head: t('ui.fall.service'), cell: (one) => one.name, value: (one) => one.name },
    {
      key: 'if_struck', head: t('ui.services.stops_if_struck'), number: true,
      cell: (one) => (one.stop_probability_if_struck === null ? '—' : f.percent(one.stop_probability_if_struck)),
      value: (one) => one.stop_probability_if_struck,
    },
    { key: 'stop', head: t('ui.services.stops'), number: true, minor: true, cell: (one) => f.percent(one.stop_probability), value: (one) => one.stop_probability },
    {
      key: 'until', head: t('ui.services.until'), number: true,
      cell: (one) => (one.hours_until_stop ? <Figure {...f.hoursSpread(one.hours_until_stop)} /> : '—'),
      value: (one) => one.hours_until_stop?.p50 ?? null,
    },
    {
      key: 'down', head: t('ui.services.down'), number: true,
      cell: (one) => (one.hours_down ? <Figure {...f.hoursSpread(one.hours_down)} /> : '—'),
      value: (one) => one.hours_down?.p50 ?? null,
    },
    { key: 'loss', head: t('ui.services.loss'), number: true, cell: (one) => <Figure {...f.range(one.loss)} />, value: (one) => one.loss.mean },
    ...moments.map((hours) => ({
      key: `at-${hours}`, head: t('ui.services.lost_at', { hours: f.hours(hours) }), number: true, minor: true,
      cell: (one: ServiceResult) => f.percent(at(one, hours)), value: (one: ServiceResult) => at(one, hours),
    })),
    {
      key: 'activity', head: t('ui.services.activity'), number: true, minor: true,
      cell: (one) => <>{f.whole(one.lost_activity)} <span className="quiet">{word('ui.activity', one.activity_unit)}</span></>,
      value: (one) => one.lost_activity,
    },
    { key: 'transfers', head: t('ui.services.transfers'), number: true, minor: true, cell: (one) => f.number(one.transfers.mean), value: (one) => one.transfers.mean },
    {
      key: 'trust', head: t('ui.column.trust'), minor: true,
      cell: (one) => word('ui.trust', one.confirmed ? 'confirmed' : 'default'), value: (one) => word('ui.trust', one.confirmed ? 'confirmed' : 'default'),
    },
  ]
  return <DataTable caption={t('ui.assessment.services')} columns={columns} rows={services} rowKey={(one) => one.id} exportName="services" />
}

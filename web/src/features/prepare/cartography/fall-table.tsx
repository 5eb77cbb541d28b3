// SPDX-License-Identifier: EUPL-1.2
import type { Fall } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import { StateGlyph } from '@/ui/state-glyph'

type FallenService = Fall['services'][number]

/** The capacity a service still has `hours` after the fall: the last known point before. */
export function capacityAt(service: FallenService, hours: number): number {
  return service.capacity.filter((point) => point.hours <= hours).at(-1)?.capacity ?? 1
}

/** The clock of each service once the element has fallen and does not come back. */
export function FallTable({ name, fall }: { name: string; fall: Fall }) {
  const { t, f } = useWords()
  const columns: Column<FallenService>[] = [
    { key: 'name', head: t('ui.fall.service'), cell: (one) => one.name, value: (one) => one.name },
    {
      key: 'stop',
      head: t('ui.fall.clock'),
      number: true,
      cell: (one) =>
        one.hours_until_stop === null ? (
          <StateGlyph state="up">{t('ui.fall.never')}</StateGlyph>
        ) : (
          <StateGlyph state="down">{one.hours_until_stop <= 0 ? t('ui.picture.at_once') : f.hours(one.hours_until_stop)}</StateGlyph>
        ),
      value: (one) => one.hours_until_stop,
    },
    ...[8, 72].map((hours) => ({
      key: `at-${hours}`,
      head: t('ui.fall.left_at', { hours: f.hours(hours) }),
      number: true,
      cell: (one: FallenService) => f.percent(capacityAt(one, hours)),
      value: (one: FallenService) => capacityAt(one, hours),
    })),
  ]
  const caption = t('ui.fall.title', { name })
  return (
    <section className="tight">
      <h3 className="h3">{caption}</h3>
      {fall.services.length > 0 ? (
        <DataTable caption={caption} columns={columns} rows={[...fall.services].sort((a, b) => (a.hours_until_stop ?? 1e9) - (b.hours_until_stop ?? 1e9))} rowKey={(one) => one.id} search={false} exportName="fall" />
      ) : (
        <p className="quiet">{t('ui.fall.none')}</p>
      )}
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// What the registry knows of one place: whom it belongs to, its numbers, what it was before, its figures.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { CapacityRow, PlaceKind, PlaceLine, PlaceView } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import style from './registry.module.css'

/** The place of this kind that holds it. */
export function ancestorOf(view: PlaceView, kind: PlaceKind): PlaceLine | undefined {
  return view.ancestors.find(({ place }) => place.kind === kind)?.place
}

/** Of each measure the last year known. */
export function latest(capacities: CapacityRow[]): CapacityRow[] {
  return capacities.filter((one, i) => capacities.findIndex(({ measure }) => measure === one.measure) === i)
}

export function PlaceFacts({ view }: { view: PlaceView }) {
  const { t, word } = useWords()
  const { line, facts } = view
  const facility = useQuery(queries.facilities()).data?.items.find(({ id, open }) => open && id === line.id)
  const above = [...new Map(view.ancestors.map(({ place }) => [place.id, place])).values()]
  const numbers = view.numbers.map((one) => (one.to_day < '9999' ? t('ui.registry.number.until', { number: one.number, day: one.to_day }) : one.number))
  const told: [string, string][] = [
    [t('ui.registry.number'), numbers.join(', ')],
    [t('ui.registry.category'), [line.category, line.category_name].filter(Boolean).join(' ')],
    [t('ui.registry.long_name'), facts.long_name],
    [t('ui.registry.town'), [facts.postcode, facts.town].filter(Boolean).join(' ')],
    [t('ui.registry.siret'), facts.siret],
    [t('ui.registry.opened'), facts.opened],
    [t('ui.registry.closed'), facts.closed],
    [t('ui.registry.source'), `${word('ui.registry_source', facts.source)} · ${facts.from_day}`],
  ]
  return (
    <>
      {above.length > 0 ? (
        <p className="row small">
          <span className="quiet">{t('ui.registry.belongs')}</span>
          {above.map((one) => <Link key={one.id} to={`/places/${encodeURIComponent(one.id)}`}>{one.name}</Link>)}
        </p>
      ) : null}
      {facility ? <p className="row"><Link to={`/facilities/${encodeURIComponent(facility.id)}/overview`}>{t('ui.registry.facility')}</Link></p> : null}
      {line.kind === 'nation' || line.kind === 'region' ? null : (
        <dl className={style.facts}>
          {told.filter(([, value]) => value !== '').map(([head, value]) => (
            <div key={head}>
              <dt className="quiet">{head}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {view.successions.map((one) => (
        <p key={one.place + one.successor}>
          {t(one.place === line.id ? 'ui.registry.became' : 'ui.registry.was', { day: one.day })}{' '}
          <Link to={`/places/${encodeURIComponent(one.place === line.id ? one.successor : one.place)}`}>{one.place === line.id ? one.successor : one.place}</Link>
        </p>
      ))}
      <Capacities view={view} />
      {view.history.length > 0 ? (
        <section className="section">
          <h2>{t('ui.registry.history')}</h2>
          <ul className={style.history}>
            {view.history.map((past) => (
              <li key={past.from_day}>{t('ui.registry.history.one', { from: past.from_day, to: past.to_day, name: past.name, town: past.town })}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function Capacities({ view }: { view: PlaceView }) {
  const { t, f, word } = useWords()
  if (view.capacities.length === 0) return null
  const columns: Column<CapacityRow>[] = [
    { key: 'measure', head: t('ui.registry.measure'), cell: (row) => word('ui.capacity', row.measure), value: (row) => word('ui.capacity', row.measure) },
    { key: 'amount', head: t('ui.registry.amount'), cell: (row) => f.whole(row.amount), value: (row) => row.amount, number: true },
    { key: 'year', head: t('ui.registry.year'), cell: (row) => row.year, value: (row) => row.year, number: true },
    { key: 'source', head: t('ui.registry.source'), cell: (row) => word('ui.registry_source', row.source), minor: true },
  ]
  return (
    <section className="section">
      <h2>{t('ui.registry.capacities')}</h2>
      <DataTable caption={t('ui.registry.capacities')} columns={columns} rows={latest(view.capacities)} rowKey={(row) => row.measure} search={false} />
    </section>
  )
}

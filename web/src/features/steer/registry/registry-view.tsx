// SPDX-License-Identifier: EUPL-1.2
// One page for the nation, a region, a GHT, an entity and a site: what it is, what lies within, and where.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { Hierarchy, PlaceCounts } from '@/api/client'
import { holds, nation, queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Loaded } from '@/ui/states'
import { CompareTable } from './compare-table'
import { ChildrenTable, DepartmentTable } from './counts-table'
import { FranceMap } from './france-map'
import { IndicatorTable } from './indicator-table'
import { measures } from './measures'
import { PlaceFacts } from './place-facts'
import { PlaceSearch } from './place-search'
import style from './registry.module.css'
import { SiteList } from './site-list'

export function RegistryView() {
  const { word } = useWords()
  const { place = nation } = useParams()
  const { data: view } = useSuspenseQuery(queries.place(place))
  const hierarchy = holds[view.line.kind]
  return (
    <>
      <PlaceSearch />
      <section className="section">
        <h2>{view.line.kind === 'nation' ? view.line.name : `${word('ui.place_kind', view.line.kind)} · ${view.line.name}`}</h2>
        <PlaceFacts view={view} />
        {hierarchy ? <Within place={place} hierarchy={hierarchy} /> : null}
      </section>
      <IndicatorTable place={place} hierarchy={hierarchy ?? 'legal'} />
      {hierarchy ? <SiteList key={place} place={place} hierarchy={hierarchy} /> : null}
      <CompareTable />
    </>
  )
}

function Within({ place, hierarchy }: { place: string; hierarchy: Hierarchy }) {
  const asked = useQuery(queries.placeSummary(place, hierarchy))
  return (
    <Loaded asked={asked}>
      {({ counts, departments, children }) => (
        <>
          <Figures counts={counts} />
          <div className={style.beside}>
            {departments.length > 1 ? <FranceMap departments={departments} regions={children.filter(({ kind }) => kind === 'region')} /> : null}
            {children.length > 0 ? <ChildrenTable items={children} /> : null}
          </div>
          {departments.length > 1 ? <DepartmentTable items={departments} /> : null}
        </>
      )}
    </Loaded>
  )
}

function Figures({ counts }: { counts: PlaceCounts }) {
  const { t, f } = useWords()
  return (
    <dl className={style.figures}>
      {measures.map((measure) => (
        <div key={measure}>
          <dt className="small quiet">{t(`ui.registry.count.${measure}`)}</dt>
          <dd className="figure">{f.whole(counts[measure])}</dd>
        </div>
      ))}
    </dl>
  )
}

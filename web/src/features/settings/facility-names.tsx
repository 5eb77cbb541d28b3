// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'

/** The facilities of this instance. */
export function FacilityNames() {
  const { t, f, word } = useWords()
  const asked = useQuery(queries.facilities())
  return (
    <div className="stack">
      <Loaded asked={asked}>
        {({ items }) => (
          <DataTable
            caption={t('ui.settings.facility')}
            rows={items}
            rowKey={(one) => one.id}
            search={items.length > 8}
            exportName="facilities"
            columns={[
              { key: 'name', head: t('ui.column.name'), cell: (one) => <Link to={`/facilities/${encodeURIComponent(one.id)}/overview`}>{one.name}</Link>, value: (one) => one.name },
              { key: 'id', head: t('ui.settings.facility.number'), cell: (one) => one.id, value: (one) => one.id },
              { key: 'fictional', head: t('ui.settings.facility.fictional'), cell: (one) => word('ui.choice', String(one.fictional)), value: (one) => word('ui.choice', String(one.fictional)) },
              { key: 'created', head: t('ui.settings.facility.created'), cell: (one) => f.instant(one.created), value: (one) => one.created, minor: true },
            ]}
          />
        )}
      </Loaded>
      <p><Link to="/new">{t('ui.facility.new')}</Link></p>
    </div>
  )
}

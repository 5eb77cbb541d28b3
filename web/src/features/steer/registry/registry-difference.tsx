// SPDX-License-Identifier: EUPL-1.2
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { RegistryChange, RegistryImport } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'

type Difference = RegistryImport['difference']
const read_parts = ['read_sites', 'read_entities', 'read_groups', 'read_figures'] as const

/** What a file of the registry holds and would change: totals, then the changes of one kind by name. A place that would open has no page yet. */
export function RegistryDifference({ difference }: { difference: Difference }) {
  const { t, f, word } = useWords()
  const held = read_parts.filter((part) => difference[part] > 0).map((part) => t(`ui.registry_difference.${part}`, { count: difference[part] }))
  return (
    <section className="tight" style={{ gap: '0.8rem' }}>
      <h3 className="h3">{t('ui.difference.title')}</h3>
      <p>{t('ui.registry_difference.held', { what: held.join(', '), unchanged: f.whole(difference.unchanged) })}</p>
      {difference.totals.length > 0 ? (
        <>
          <DataTable
            caption={t('ui.difference.title')}
            rows={difference.totals}
            rowKey={(row) => row.kind}
            search={false}
            exportName="registry-difference"
            columns={[
              { key: 'kind', head: t('ui.registry_difference.kind'), cell: (row) => word('ui.registry_change', row.kind), value: (row) => word('ui.registry_change', row.kind) },
              { key: 'sites', head: t('ui.registry_difference.sites'), number: true, cell: (row) => f.whole(row.sites), value: (row) => row.sites },
              { key: 'others', head: t('ui.registry_difference.others'), number: true, cell: (row) => f.whole(row.others), value: (row) => row.others },
            ]}
          />
          <ChangeTable difference={difference} />
        </>
      ) : (
        <p className="quiet">{t('ui.difference.none')}</p>
      )}
    </section>
  )
}

function ChangeTable({ difference }: { difference: Difference }) {
  const { t, word } = useWords()
  const [kind, setKind] = useState(difference.totals[0]?.kind ?? 'opened')
  const rows = difference.changes.filter((one) => one.kind === kind)
  const all = difference.totals.find((one) => one.kind === kind)
  const more = (all ? all.sites + all.others : 0) - rows.length
  return (
    <>
      <DataTable
        caption={t('ui.registry_difference.changes')}
        rows={rows}
        rowKey={(one) => `${one.place} ${one.before} ${one.after}`}
        search={rows.length > 10}
        exportName="registry-changes"
        filters={
          <NativeSelect
            aria-label={t('ui.registry_difference.kind')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as RegistryChange['kind'])}
            data={difference.totals.map((one) => ({ value: one.kind, label: word('ui.registry_change', one.kind) }))}
          />
        }
        columns={[
          { key: 'name', head: t('ui.column.name'), cell: (one) => (one.kind === 'opened' ? one.name || one.place : <Link to={`/places/${encodeURIComponent(one.place)}`}>{one.name || one.place}</Link>), value: (one) => one.name },
          { key: 'before', head: t('ui.registry_difference.before'), cell: (one) => <span className="break">{one.before}</span>, value: (one) => one.before },
          { key: 'after', head: t('ui.registry_difference.after'), cell: (one) => <span className="break">{one.after}</span>, value: (one) => one.after },
        ]}
      />
      {more > 0 ? <p className="small quiet">{t('ui.registry_difference.more', { count: more })}</p> : null}
    </>
  )
}

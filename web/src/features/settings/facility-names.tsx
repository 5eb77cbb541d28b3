// SPDX-License-Identifier: EUPL-1.2
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { client, type FacilityRow } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { EditFailure, Loaded } from '@/ui/states'

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
              { key: 'id', head: t('ui.settings.facility.number'), cell: (one) => one.id, value: (one) => one.id, minor: true },
              { key: 'fictional', head: t('ui.settings.facility.fictional'), cell: (one) => word('ui.choice', String(one.fictional)), value: (one) => word('ui.choice', String(one.fictional)), minor: true },
              { key: 'services', head: t('ui.layer.care'), number: true, cell: (one) => f.whole(one.services), value: (one) => one.services },
              { key: 'created', head: t('ui.settings.facility.created'), cell: (one) => f.instant(one.created), value: (one) => one.created, minor: true },
              { key: 'rename', head: t('ui.history.act'), cell: (one) => <Rename facility={one} /> },
            ]}
          />
        )}
      </Loaded>
      <p><Link to="/new">{t('ui.facility.new')}</Link></p>
    </div>
  )
}

function Rename({ facility }: { facility: FacilityRow }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [name, setName] = useState<string | null>(null)
  const [seen, setSeen] = useState('')
  const rename = useMutation({
    mutationFn: ({ wanted, seen }: { wanted: string; seen: string }) => client.renameFacility(facility.id, wanted, seen),
    onSuccess: () => leave(),
    onError: () => void cache.invalidateQueries({ queryKey: ['facilities'] }), // another name that it got meanwhile is shown before mine replaces it
  })
  const leave = async () => {
    await cache.invalidateQueries({ queryKey: ['facilities'] })
    await cache.invalidateQueries({ queryKey: ['facility', facility.id] })
    setName(null)
  }
  const start = () => {
    setSeen(facility.name)
    setName(facility.name)
  }
  if (name === null) return <Button size="compact-sm" variant="default" onClick={() => start()}>{t('ui.facility.rename')}</Button>
  const wanted = name.trim()
  return (
    <form
      className="row"
      onKeyDown={(event) => event.key === 'Escape' && setName(null)}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted) rename.mutate({ wanted, seen })
      }}
    >
      <TextInput size="xs" w="16rem" autoFocus maxLength={200} aria-label={t('ui.facility.rename_of', { name: facility.name })} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button size="compact-sm" type="submit" disabled={!wanted} loading={rename.isPending}>{t('ui.save')}</Button>
      <Button size="compact-sm" variant="default" onClick={() => setName(null)}>{t('ui.cancel')}</Button>
      {rename.error ? <EditFailure error={rename.error} onTheirs={() => void leave()} onYours={() => rename.mutate({ wanted, seen: facility.name })} /> : null}
    </form>
  )
}

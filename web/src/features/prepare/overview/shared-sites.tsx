// SPDX-License-Identifier: EUPL-1.2
import { ActionIcon, Button, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { client, type Facility } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { usePlaceSearch } from '@/api/use-place-search'
import { EditFailure } from '@/ui/states'

/** The facility in the national registry, and the sites that share its system: each is a service of its own here. */
export function SharedSites({ facility }: { facility: Facility }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const session = useQuery(queries.session())
  const sites = facility.sites.map(({ id }) => id)
  const read = () => cache.invalidateQueries({ queryKey: ['facility', facility.id] })
  const share = useMutation({
    mutationFn: ({ wanted, seen }: { wanted: string[]; seen: string[] }) => client.shareSystem(facility.id, wanted, seen),
    onSuccess: read,
    onError: () => void read(), // what somebody else chose meanwhile is shown before mine replaces it
  })
  const mayEdit = session.data?.somewhere.includes('edit') ?? false
  return (
    <section className="section">
      <h2>{t('ui.sites.title')}</h2>
      <p className="prose small">{t('ui.sites.what')}</p>
      {facility.place ? <p className="row" style={{ minHeight: '2rem' }}><Link to={`/places/${encodeURIComponent(facility.place)}`}>{t('ui.sites.registry')}</Link></p> : null}
      {facility.sites.length > 0 ? (
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {facility.sites.map((site) => (
            <li key={site.id} className="row" style={{ minHeight: '2rem' }}>
              <Link to={`/places/${encodeURIComponent(site.id)}`}>{site.name}</Link>
              <span className="quiet">{site.town}</span>
              {mayEdit ? (
                <ActionIcon
                  className="no-print" variant="subtle" loading={share.isPending}
                  aria-label={t('ui.sites.remove', { name: site.name })}
                  onClick={() => share.mutate({ wanted: sites.filter((id) => id !== site.id), seen: sites })}
                >
                  ×
                </ActionIcon>
              ) : null}
            </li>
          ))}
        </ul>
      ) : <p className="quiet">{t('ui.sites.none')}</p>}
      {mayEdit ? <AddSite known={[facility.id, ...sites]} pending={share.isPending} onAdd={(id) => share.mutate({ wanted: [...sites, id], seen: sites })} /> : null}
      {share.error ? <EditFailure error={share.error} onTheirs={() => void read().then(() => share.reset())} onYours={() => share.variables && share.mutate({ wanted: share.variables.wanted, seen: sites })} /> : null}
    </section>
  )
}

function AddSite({ known, pending, onAdd }: { known: string[]; pending: boolean; onAdd: (id: string) => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const { asks, items } = usePlaceSearch(typed)
  const options = items
    .filter(({ id, kind }) => kind === 'site' && !known.includes(id))
    .map(({ id, name, town, number }) => ({ value: id, label: [name, town, number].filter(Boolean).join(' · ') }))
  const shown = chosen && !options.some(({ value }) => value === chosen) ? [{ value: chosen, label: typed }, ...options] : options
  return (
    <form
      className="row no-print"
      onSubmit={(event) => {
        event.preventDefault()
        if (!chosen) return
        onAdd(chosen)
        setChosen(null)
        setTyped('')
      }}
    >
      <Select
        label={t('ui.sites.add')} placeholder={t('ui.people.place.example')} searchable clearable w="min(28rem, 100%)"
        nothingFoundMessage={asks ? t('ui.people.place.none') : undefined}
        filter={({ options: given }) => given} // the server searches names, towns and numbers
        searchValue={typed} onSearchChange={setTyped} data={shown} value={chosen} onChange={setChosen}
      />
      <Button type="submit" variant="default" style={{ alignSelf: 'flex-end' }} disabled={!chosen} loading={pending}>{t('ui.sites.add.do')}</Button>
    </form>
  )
}

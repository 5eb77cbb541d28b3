// SPDX-License-Identifier: EUPL-1.2
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Hierarchy } from '@/api/client'
import { holds, queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { usePlaceSearch } from '@/api/use-place-search'
import { plain } from '@/ui/table-logic'

/** `id` empty: the whole instance. `hierarchy`: it holds other places, along this one. */
export interface ChosenPlace { id: string; name: string; hierarchy?: Hierarchy | undefined }

const everywhere = '*'

/** One of the facilities here, or any place of the registry: a region, a GHT, an entity. */
export function PlaceSelect({ label, value, required = true, onChange }: { label?: string; value: ChosenPlace | null; required?: boolean; onChange: (place: ChosenPlace) => void }) {
  const { t, word } = useWords()
  const facilities = useQuery(queries.facilities())
  const session = useQuery(queries.session())
  const [typed, setTyped] = useState('')
  const { items } = usePlaceSearch(typed, value?.name)
  const own: ChosenPlace[] = [
    ...(session.data?.everywhere.includes('grant') ? [{ id: '', name: t('ui.people.everywhere') }] : []),
    ...(facilities.data?.items ?? []).map(({ id, name }) => ({ id, name })),
  ]
  const matching = typed === value?.name ? own : own.filter(({ name }) => plain(name).includes(plain(typed.trim())))
  const registry = items.filter(({ id }) => !own.some((one) => one.id === id))
  const shown: ChosenPlace[] = [
    ...matching,
    ...registry.map(({ id, name, kind, town }) => ({ id, name: [name, kind === 'site' ? town : word('ui.place_kind', kind)].filter(Boolean).join(' · '), hierarchy: holds[kind] })),
  ]
  const options = value && !shown.some(({ id }) => id === value.id) ? [value, ...shown] : shown
  return (
    <Select
      label={label ?? t('ui.people.place')} placeholder={t('ui.people.place.example')} required={required} searchable allowDeselect={false}
      nothingFoundMessage={t('ui.people.place.none')}
      filter={({ options: given }) => given} // the server searches names, towns and numbers
      onSearchChange={setTyped}
      data={options.map(({ id, name }) => ({ value: id || everywhere, label: name }))}
      value={value ? value.id || everywhere : null}
      onChange={(chosen) => {
        const place = options.find(({ id }) => (id || everywhere) === chosen)
        if (place) onChange(place)
      }}
    />
  )
}

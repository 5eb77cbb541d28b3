// SPDX-License-Identifier: EUPL-1.2
// Search by name, town or FINESS number: a field and a plain list of links under it.
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import { usePlaceSearch } from '@/api/use-place-search'
import { ErrorState } from '@/ui/states'
import style from './registry.module.css'

export function PlaceSearch() {
  const { t, word } = useWords()
  const [typed, setTyped] = useState('')
  const { asks, asked, items } = usePlaceSearch(typed)
  return (
    <div role="search" className={`${style.search} no-print`}>
      <TextInput
        type="search"
        label={t('ui.registry.search')}
        placeholder={t('ui.registry.search.example')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p className="small quiet" role="status">
        {asks && asked.data ? t(asked.data.more ? 'ui.registry.search.more' : 'ui.registry.search.count', { count: items.length }) : ''}
      </p>
      {asked.error ? <ErrorState inline error={asked.error} /> : null}
      {items.length > 0 ? (
        <ul className={style.found}>
          {items.map((one) => (
            <li key={one.id}>
              <Link to={`/places/${encodeURIComponent(one.id)}`} onClick={() => setTyped('')}>{one.name}</Link>
              <span className="small quiet">
                {[one.town, one.department, one.number, one.category_name || word('ui.place_kind', one.kind)].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

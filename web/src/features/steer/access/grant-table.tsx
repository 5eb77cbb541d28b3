// SPDX-License-Identifier: EUPL-1.2
import { useQueries, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Grant } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'

/** The name of a place as the reader knows it: of a facility within sight, or in the registry for those that are
    named here; else its number. */
export function usePlaceName(places: string[] = []): (place: string) => string {
  const { t } = useWords()
  const session = useQuery(queries.session())
  const may = session.data?.somewhere.includes('indicators') ?? false
  const facilities = useQuery({ ...queries.facilities(), enabled: may })
  const known = facilities.data?.items ?? []
  const others = session.data && !facilities.isLoading ? [...new Set(places)].filter((place) => place !== '' && !known.some(({ id }) => id === place)) : []
  const named = useQueries({ queries: others.map((place) => queries.place(place)) })
  return (place) =>
    place === '' ? t('ui.people.everywhere') : (known.find(({ id }) => id === place)?.name ?? named[others.indexOf(place)]?.data?.line.name ?? place)
}

export function GrantTable({ grants, act }: { grants: Grant[]; act?: (grant: Grant) => ReactNode }) {
  const { t, f } = useWords()
  const placeName = usePlaceName(grants.flatMap(({ place, exceptions }) => [place, ...exceptions]))
  const where = (one: Grant) => {
    const name = placeName(one.place)
    if (!one.recursive) return name
    return one.exceptions.length > 0 ? t('ui.people.and_below_except', { name, others: one.exceptions.map(placeName).join(', ') }) : t('ui.people.and_below', { name })
  }
  return (
    <DataTable
      caption={t('ui.account.roles')}
      rows={grants}
      rowKey={(one) => one.id}
      empty={t('ui.people.no_role')}
      columns={[
        { key: 'role', head: t('ui.people.role'), cell: (one) => t(`access.role.${one.role}`), value: (one) => t(`access.role.${one.role}`) },
        { key: 'place', head: t('ui.people.place'), cell: where, value: where },
        { key: 'starts', head: t('ui.people.starts'), cell: (one) => f.instant(one.starts), value: (one) => one.starts, minor: true },
        { key: 'ends', head: t('ui.people.ends'), cell: (one) => (one.ends ? f.instant(one.ends) : t('ui.people.no_end')), value: (one) => one.ends ?? '' },
        {
          key: 'state', head: t('ui.people.state'), value: (one) => one.ended ?? '',
          cell: (one) => (one.ended ? t('ui.people.ended', { when: f.instant(one.ended), who: one.ended_by === 'time' ? t('ui.people.by_time') : one.ended_by }) : (act?.(one) ?? t('ui.people.valid'))),
        },
      ]}
    />
  )
}

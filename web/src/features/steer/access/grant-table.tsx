// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Grant } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'

/** The name of a place as the reader knows it; its number when it is out of his sight. */
export function usePlaceName(): (place: string) => string {
  const { t } = useWords()
  const facilities = useQuery(queries.facilities())
  return (place) => (place === '' ? t('ui.people.everywhere') : (facilities.data?.items.find(({ id }) => id === place)?.name ?? place))
}

export function GrantTable({ grants, act }: { grants: Grant[]; act?: (grant: Grant) => ReactNode }) {
  const { t, f } = useWords()
  const placeName = usePlaceName()
  return (
    <DataTable
      caption={t('ui.account.roles')}
      rows={grants}
      rowKey={(one) => one.id}
      empty={t('ui.people.no_role')}
      columns={[
        { key: 'role', head: t('ui.people.role'), cell: (one) => t(`access.role.${one.role}`), value: (one) => t(`access.role.${one.role}`) },
        { key: 'place', head: t('ui.people.place'), cell: (one) => placeName(one.place), value: (one) => placeName(one.place) },
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

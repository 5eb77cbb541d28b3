// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { PageAction } from '@/ui/page'
import { EmptyState } from '@/ui/states'

/** The rooms of a facility, the open ones first. */
export function RoomsList({ facility }: { facility: string }) {
  const { t, f } = useWords()
  const { data: rooms } = useSuspenseQuery(queries.rooms(facility))
  const root = `/facilities/${encodeURIComponent(facility)}`
  const activate = <Button component={Link} to={`${root}/activate`}>{t('ui.room.activate')}</Button>
  if (rooms.items.length === 0) return <EmptyState title={t('ui.rooms.empty')} action={activate} example={t('ui.rooms.empty.example')}><p>{t('ui.rooms.empty.what')}</p></EmptyState>
  return (
    <>
      <PageAction>{activate}</PageAction>
      <DataTable
        caption={t('ui.rooms.title')} rows={rooms.items} rowKey={({ id }) => id} search={rooms.items.length > 8}
        columns={[
          { key: 'name', head: t('ui.rooms.name'), cell: (one) => <Link to={`${root}/room/${one.id}`}>{one.name}</Link>, value: (one) => one.name },
          { key: 'state', head: t('ui.rooms.state'), cell: (one) => (one.closed ? t('ui.rooms.closed', { time: f.instant(one.closed) }) : <b>{t('ui.rooms.open')}</b>), value: (one) => one.closed ?? '' },
          { key: 'kind', head: t('ui.rooms.kind'), cell: (one) => t(`room.words.kind.${one.kind}`), value: (one) => t(`room.words.kind.${one.kind}`) },
          { key: 'level', head: t('ui.rooms.level'), cell: (one) => t(`ui.plan.level.${one.level}`), value: (one) => one.level, minor: true },
          { key: 'opened', head: t('ui.rooms.opened'), cell: (one) => f.instant(one.opened), value: (one) => one.opened },
          { key: 'by', head: t('ui.rooms.by'), cell: (one) => one.opened_by, value: (one) => one.opened_by, minor: true },
          { key: 'lines', head: t('ui.rooms.lines'), cell: (one) => f.whole(one.lines), value: (one) => one.lines, number: true },
        ]}
      />
    </>
  )
}

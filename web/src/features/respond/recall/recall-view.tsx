// SPDX-License-Identifier: EUPL-1.2
// Recalling staff from the room that is open: choose, look, send; then who comes.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { EmptyState } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { ChoosePart } from './choose-part'
import { PeoplePart } from './people-part'
import { StaffPart } from './staff-part'

const parts = ['choose', 'people', 'staff'] as const

export function RecallView() {
  const { t } = useWords()
  const { facility = '', part: asked } = useParams()
  const part = parts.find((one) => one === asked) ?? 'choose'
  const { data: rooms } = useSuspenseQuery(queries.rooms(facility))
  const room = rooms.items.find(({ closed }) => !closed)
  const at = (one: string) => `/facilities/${encodeURIComponent(facility)}/recall/${one}`
  return (
    <>
      <Tabs label={t('ui.recall.parts')} tabs={parts.map((one) => ({ to: at(one), label: t(`ui.recall.${one}`), current: one === part }))} />
      {part === 'staff' ? (
        <StaffPart facility={facility} />
      ) : room === undefined ? (
        <EmptyState title={t('ui.recall.no_room')}><p>{t('ui.recall.no_room.what')}</p></EmptyState>
      ) : part === 'people' ? (
        <PeoplePart facility={facility} room={room} />
      ) : (
        <ChoosePart key={room.id} facility={facility} room={room} />
      )}
    </>
  )
}

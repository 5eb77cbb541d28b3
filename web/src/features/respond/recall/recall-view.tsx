// SPDX-License-Identifier: EUPL-1.2
// Recalling staff from a room that is open: choose, look, send; then who comes.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useParams } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { EmptyState } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { ChoosePart } from './choose-part'
import { PeoplePart } from './people-part'
import { StaffPart } from './staff-part'
import { AskRoom, WhichRoom } from './which-room'

const parts = ['choose', 'people', 'staff'] as const
type Part = (typeof parts)[number]

export function RecallView() {
  const { t } = useWords()
  const { facility = '', part: asked } = useParams()
  const [named] = useNamed('room', '')
  const part = parts.find((one) => one === asked) ?? 'choose'
  const { data: rooms } = useSuspenseQuery(queries.rooms(facility))
  const open = rooms.items.filter(({ closed }) => !closed)
  const room = open.find(({ id }) => id === named)
  const at = (one: Part, room = named) => `/facilities/${encodeURIComponent(facility)}/recall/${one}${room ? `?room=${room}` : ''}`
  // The only one there is. It is named from here on: a room that opens meanwhile does not take its place.
  const only = named === '' && open.length === 1 ? open[0] : undefined
  if (only && part !== 'staff') return <Navigate replace to={at(part, only.id)} />
  return (
    <>
      <Tabs label={t('ui.recall.parts')} tabs={parts.map((one) => ({ to: at(one), label: t(`ui.recall.${one}`), current: one === part }))} />
      {part === 'staff' ? (
        <StaffPart facility={facility} />
      ) : open.length === 0 ? (
        <EmptyState title={t('ui.recall.no_room')}><p>{t('ui.recall.no_room.what')}</p></EmptyState>
      ) : room === undefined ? (
        <>
          {named ? <p role="status">{t('ui.recall.room_closed')}</p> : null}
          <AskRoom rooms={open} to={(id) => at(part, id)} />
        </>
      ) : (
        <div className="stack">
          <WhichRoom room={room} />
          {part === 'people' ? <PeoplePart facility={facility} room={room} to={at('choose')} /> : <ChoosePart key={room.id} facility={facility} room={room} then={at('people')} />}
        </div>
      )}
    </>
  )
}

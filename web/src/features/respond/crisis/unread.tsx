// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'
import { useRoom, useRoomNow, type RoomAtHand } from './room-context'

/** Instead of a list that was not read: that it was not. On the wall, on paper and in a form that can be sent without;
    `still`: where there is nothing to press. */
export function Unread({ of, still = false }: { of: keyof RoomAtHand['asked']; still?: boolean }) {
  const { t, f } = useWords()
  const { asked, board } = useRoom()
  const now = useRoomNow()
  const { data, error, refetch } = asked[of]
  // A server that answers elsewhere refuses this: what is on the screen is of before.
  if (of === 'board' && board && error) return <p role="status"><b>▲ {t('ui.room.unread.old', { time: f.moment(board.now, now) })}</b></p>
  if (data !== undefined) return null
  return (
    <p role="status">
      <b>▲ {t(`ui.room.unread.${of}`, { why: t(error ? 'ui.room.unread.failed' : 'ui.room.unread.waiting') })}</b>
      {error && !still ? <> <button type="button" className="link no-print" onClick={() => void refetch()}>{t('ui.retry')}</button></> : null}
    </p>
  )
}

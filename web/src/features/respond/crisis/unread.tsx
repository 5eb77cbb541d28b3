// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'
import { useRoom, type RoomAtHand } from './room-context'

/** Instead of a list that was not read: that it was not. On the wall, on paper and in a form that can be sent without;
    `still`: where there is nothing to press. */
export function Unread({ of, still = false }: { of: keyof RoomAtHand['asked']; still?: boolean }) {
  const { t } = useWords()
  const { data, error, refetch } = useRoom().asked[of]
  if (data !== undefined) return null
  return (
    <p role="status">
      <b>▲ {t(`ui.room.unread.${of}`, { why: t(error ? 'ui.room.unread.failed' : 'ui.room.unread.waiting') })}</b>
      {error && !still ? <> <button type="button" className="link no-print" onClick={() => void refetch()}>{t('ui.retry')}</button></> : null}
    </p>
  )
}

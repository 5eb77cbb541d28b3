// SPDX-License-Identifier: EUPL-1.2
// Somebody outside was told: who, when, how. What stands in the fields is the likely answer, so that a tired person only
// confirms it.
import type { RoomClock } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DeedForm, fromField, toField } from './deed-form'
import { limits } from './limits'
import { useNames } from './names'
import { useRoom, useRoomNow } from './room-context'

const ways = ['phone', 'radio', 'mail', 'online', 'bearer'] as const

export function NoticeForm({ clock, onDone }: { clock: RoomClock; onDone: () => void }) {
  const { t } = useWords()
  const { writer, view } = useRoom()
  const names = useNames()
  const now = useRoomNow(60_000)
  const simulated = view.room.kind === 'exercise'
  return (
    <DeedForm
      fields={[
        { name: 'whom', kind: { offered: names.outside }, required: true, max: limits.notice.whom }, { name: 'told_at', kind: 'when' },
        { name: 'how', kind: { offered: ways.map((one) => t(`ui.room.way.${one}`)) }, max: limits.notice.how }, { name: 'reference', kind: 'line', max: limits.notice.reference },
      ]}
      initial={{ whom: clock.recipient, told_at: toField(now), how: t(simulated ? 'ui.room.way.simulated' : 'ui.room.way.phone') }} submit={t('ui.room.clock.met.send')} onCancel={onDone}
      onSend={({ whom = '', told_at = '', how = '', reference = '' }) => {
        writer.write({ kind: 'call', to: whom, happened: fromField(told_at) ?? undefined, deed: { notice: { obligation: clock.obligation, label: clock.label, state: 'met', whom, how, reference } } })
        onDone()
      }}
    />
  )
}

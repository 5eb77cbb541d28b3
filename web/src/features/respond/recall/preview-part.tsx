// SPDX-License-Identifier: EUPL-1.2
// Before anything leaves the hospital: exactly who will receive what.
import { Button } from '@mantine/core'
import type { CalloutPreview, RoomRow } from '@/api/client'
import { Refusal } from '@/ui/refusal'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Findings } from '@/ui/findings'
import style from './recall.module.css'

interface Props { room: RoomRow; preview: CalloutPreview; busy: boolean; error: unknown; onSend: () => void; onBack: () => void }

export function PreviewPart({ room, preview, busy, error, onSend, onBack }: Props) {
  const { t } = useWords()
  const { recipients, by_mail, by_gateway, by_hand } = preview
  return (
    <div className="stack">
      <h2 className="h2">{t('ui.recall.preview', { count: recipients.length })}</h2>
      <p>{t('ui.recall.preview.by', { texts: by_gateway, mails: by_mail, hands: by_hand })}</p>
      {preview.has_mail || preview.has_gateway ? null : <p>{t('ui.recall.no_channel')}</p>}
      {preview.findings.length > 0 ? <Findings findings={preview.findings} /> : null}
      <Refusal error={error} />
      <div className="row">
        <Button size="xl" loading={busy} onClick={onSend}>{t(by_mail + by_gateway > 0 ? 'ui.recall.send' : 'ui.recall.open_list', { count: recipients.length })}</Button>
        <b>{t(`ui.room.banner.${room.kind}`)} · {room.name}</b>
        <Button size="xl" variant="default" onClick={onBack}>{t('ui.recall.back')}</Button>
      </div>
      {by_gateway > 0 ? <div className={style.said_text}>{preview.text}</div> : null}
      {by_mail > 0 ? <details><summary>{t('ui.recall.mail')}</summary><p><b>{preview.subject}</b></p><div className={style.said_text}>{preview.mail}</div></details> : null}
      <DataTable
        caption={t('ui.recall.recipients')}
        rows={recipients}
        rowKey={(one) => one.who}
        search={recipients.length > 10}
        columns={[
          { key: 'person', head: t('ui.column.name'), cell: (one) => one.person, value: (one) => one.person },
          { key: 'post', head: t('ui.recall.column.post'), cell: (one) => [one.post, one.cell || one.unit].filter(Boolean).join(' · '), value: (one) => one.post, minor: true },
          { key: 'by', head: t('ui.recall.column.by'), cell: (one) => [one.gateway, one.mail].filter(Boolean).join(' · ') || t('ui.recall.by_hand', { phone: one.phone || '—' }), value: (one) => one.gateway || one.mail },
        ]}
      />
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Who hands over to whom, and who has said that he or she knows what there is to know.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import { uuid7 } from '@/lib/uuid7'
import { Contested } from './contested'
import { DeedForm } from './deed-form'
import { limits } from './limits'
import { authorOf } from './line-words'
import { latestFirst } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

/** `page`: where all that a successor must know is read; not said on that page itself. */
export function Handovers({ page }: { page?: string }) {
  const { t, f } = useWords()
  const { lists, writer, closed } = useRoom()
  const names = useNames()
  const now = useRoomNow(60_000)
  const [adding, setAdding] = useState(false)
  return (
    <section>
      <div className={style.head}>
        <h3 className="h3">{t('ui.room.handovers')}</h3>
        {page ? <Link to={page}>{t('ui.room.handover.page')}</Link> : null}
        {closed ? null : <Button size="sm" variant="default" onClick={() => setAdding(!adding)} aria-expanded={adding}>{t('ui.room.handover.new')}</Button>}
      </div>
      {adding ? (
        <DeedForm
          fields={[
            { name: 'leaves', kind: { offered: names.people }, required: true, max: limits.handover.leaves }, { name: 'comes', kind: { offered: names.people }, required: true, max: limits.handover.comes },
            { name: 'cell', kind: { offered: names.cells }, max: limits.handover.cell },
          ]}
          submit={t('ui.room.handover.add')} onCancel={() => setAdding(false)}
          onSend={(values) => {
            writer.write({ kind: 'information', from: values['leaves'] ?? '', to: values['comes'] ?? '', deed: { handover: { id: uuid7(), cell: values['cell'] ?? '', leaves: values['leaves'] ?? '', comes: values['comes'] ?? '', acknowledged: false } } })
            setAdding(false)
          }}
        />
      ) : null}
      {lists.handover.length === 0 ? <p className="quiet">{t('ui.room.handover.nothing')}</p> : null}
      <ul className={style.rows}>
        {latestFirst(lists.handover).map((held) => (
          <li key={held.subject} className={style.clock}>
            <p>{f.moment(held.row.line.happened, now)} — {held.what.cell ? <b>{held.what.cell} · </b> : null}{held.what.leaves} → {held.what.comes}</p>
            <Contested of={[held]} />
            {held.what.acknowledged ? <p>✓ {t('ui.room.handover.acknowledged', { who: authorOf(held.row.line) })}</p> : closed ? null : (
              <Button size="compact-md" onClick={() => writer.write({ kind: 'information', from: held.what.comes, deed: { handover: { ...held.what, acknowledged: true } } })}>{t('ui.room.handover.acknowledge')}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

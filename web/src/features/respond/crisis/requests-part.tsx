// SPDX-License-Identifier: EUPL-1.2
// What is asked for or proposed outside: the hospital proposes, the ARS and the SAMU decide; their answer is a line.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '@/lib/i18n'
import { uuid7 } from '@/lib/uuid7'
import { Contested } from './contested'
import { DeedForm } from './deed-form'
import { limits } from './limits'
import { latestFirst, type Held } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

const kinds = ['resource', 'close_emergency', 'move_patients', 'other'] as const
const answers = ['granted', 'refused', 'arrived', 'withdrawn'] as const

export function RequestsPart() {
  const { t } = useWords()
  const { lists, writer, closed } = useRoom()
  const names = useNames()
  const [adding, setAdding] = useState(false)
  return (
    <section className={style.panel} aria-label={t('ui.room.requests')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.requests')}</h2>
        {closed ? null : <Button size="sm" onClick={() => setAdding(!adding)} aria-expanded={adding}>{t('ui.room.request.new')}</Button>}
      </div>
      <p className="quiet small">{t('ui.room.requests.what')}</p>
      {adding ? (
        <DeedForm
          fields={[
            { name: 'request_kind', kind: { choice: 'request_kind', values: kinds } }, { name: 'what', kind: 'line', required: true, wide: true, max: limits.request.what },
            { name: 'quantity', kind: 'number' }, { name: 'of_whom', kind: { offered: names.outside }, max: limits.request.whom },
          ]}
          initial={{ request_kind: 'resource' }} submit={t('ui.room.request.add')} onCancel={() => setAdding(false)}
          onSend={(values) => {
            writer.write({
              kind: 'call', to: values['of_whom'] ?? '',
              deed: { request: { id: uuid7(), kind: values['request_kind'] as (typeof kinds)[number], what: values['what'] ?? '', quantity: Number(values['quantity'] ?? 0), whom: values['of_whom'] ?? '', state: 'asked', answer: '' } },
            })
            setAdding(false)
          }}
        />
      ) : null}
      {lists.request.length === 0 ? <p className="quiet">{t('ui.room.requests.none')}</p> : <ul className={style.rows}>{latestFirst(lists.request).map((one) => <RequestRow key={one.subject} held={one} />)}</ul>}
    </section>
  )
}

function RequestRow({ held }: { held: Held<'request'> }) {
  const { t, f, word } = useWords()
  const { writer, closed } = useRoom()
  const now = useRoomNow(60_000)
  const [answering, setAnswering] = useState(false)
  const { what, row } = held
  return (
    <li className={style.clock}>
      <p><b>{what.what}</b>{what.quantity > 0 ? ` × ${f.whole(what.quantity)}` : ''} {what.whom ? `→ ${what.whom}` : ''}</p>
      <p>{word('room.words.request_kind', what.kind)} — <b>{word('room.words.request_state', what.state)}</b> <span className="quiet">{f.moment(row.line.happened, now)}</span></p>
      {what.answer ? <p>{what.answer}</p> : null}
      <Contested of={[held]} />
      {closed ? null : <button type="button" className="link no-print" aria-expanded={answering} onClick={() => setAnswering(!answering)}>{t('ui.room.request.answer')}<span className="sr-only"> – {what.what}</span></button>}
      {answering ? (
        <DeedForm
          fields={[{ name: 'request_state', kind: { choice: 'request_state', values: answers } }, { name: 'answer', kind: 'text', max: limits.request.answer }]}
          initial={{ request_state: 'granted' }} submit={t('ui.room.request.answer.send')} onCancel={() => setAnswering(false)}
          onSend={(values) => {
            writer.write({ kind: 'call', from: what.whom, deed: { request: { ...what, state: values['request_state'] as (typeof answers)[number], answer: values['answer'] ?? '' } } })
            setAnswering(false)
          }}
        />
      ) : null}
    </li>
  )
}

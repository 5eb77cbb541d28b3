// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '@/lib/i18n'
import { uuid7 } from '@/lib/uuid7'
import { careInWords } from './board-words'
import { Contested } from './contested'
import { DeedForm, fromField } from './deed-form'
import { decisionsOf, type Held } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

/** What was decided, why, by whom and by what right, and when it is looked at again. */
export function DecisionsPart({ onNew }: { onNew: () => void }) {
  const { t } = useWords()
  const { lists, closed } = useRoom()
  const { holding, revoked } = decisionsOf(lists)
  return (
    <section className={style.panel} aria-label={t('ui.room.decisions')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.decisions')}</h2>
        {closed ? null : <Button size="sm" onClick={onNew}>{t('ui.room.decision.new')}</Button>}
      </div>
      {holding.length === 0 ? <p className="quiet">{t('ui.room.decisions.none')}</p> : <ul className={style.rows}>{holding.map((one) => <DecisionRow key={one.subject} held={one} />)}</ul>}
      {revoked.length > 0 ? <details><summary>{t('ui.room.decisions.revoked', { count: revoked.length, n: revoked.length })}</summary><ul className={style.rows}>{revoked.map((one) => <DecisionRow key={one.subject} held={one} />)}</ul></details> : null}
    </section>
  )
}

function DecisionRow({ held }: { held: Held<'decision'> }) {
  const { t, f, word } = useWords()
  const { writer, closed } = useRoom()
  const now = useRoomNow()
  const { what, row } = held
  const say = (state: typeof what.state, review = what.review) => writer.write({ kind: 'decision', from: what.decided_by, deed: { decision: { ...what, state, review } } })
  const late = what.review !== null && Date.parse(what.review) < now && what.state !== 'revoked'
  const facts = ([['reason', what.reason], ['decided_by', what.decided_by], ['authority', what.authority], ['care_cost', what.care_cost]] as const).filter(([, value]) => value)
  return (
    <li className={style.clock}>
      <p><span className="tabular">{f.moment(row.line.happened, now)}</span> <b>{what.title}</b> — {word('room.words.decision_state', what.state)}</p>
      <dl className={style.facts}>{facts.map(([name, value]) => <div key={name}><dt className="quiet">{t(`ui.room.field.${name}`)}</dt><dd>{value}</dd></div>)}</dl>
      {what.review ? <p className={late ? style.over : undefined}>{late ? <span aria-hidden="true">▲ </span> : null}{t('ui.room.decision.review', { time: f.moment(what.review, now), span: f.span(Date.parse(what.review) - now) })}</p> : null}
      <Contested lines={held.contested} />
      {closed ? null : (
        <div className={`${style.acts} no-print`}>
          {what.state === 'pending' ? <button type="button" className="link" onClick={() => say('taken')}>{t('ui.room.decision.take')}</button> : null}
          {what.state === 'taken' ? <button type="button" className="link" onClick={() => say('revoked')}>{t('ui.room.decision.revoke')}</button> : null}
          {what.review && what.state !== 'revoked' ? <button type="button" className="link" onClick={() => say(what.state, null)}>{t('ui.room.decision.reviewed')}</button> : null}
        </div>
      )}
    </li>
  )
}

export function DecisionForm({ onDone }: { onDone: () => void }) {
  const words = useWords()
  const { t } = words
  const { writer, board, plan } = useRoom()
  const names = useNames()
  const now = useRoomNow(60_000)
  const [id] = useState(uuid7)
  const contact = (of: string) => plan?.contacts.find((one) => one.id === of)?.name ?? ''
  const authorities = [...(plan?.delegations.map((one) => [t(`ui.plan.act.${one.act}`), contact(one.contact ?? ''), one.reference].filter(Boolean).join(' – ')) ?? []), ...names.roles]
  const care = careInWords(board, now, words)
  return (
    <DeedForm
      fields={[
        { name: 'decision', kind: 'line', required: true, wide: true }, { name: 'reason', kind: 'text' }, { name: 'decided_by', kind: { offered: names.people } }, { name: 'authority', kind: { offered: authorities } },
        { name: 'care_cost', kind: 'text' }, { name: 'review', kind: 'when' }, { name: 'state', kind: { choice: 'decision_state', values: ['taken', 'pending'] } },
      ]}
      initial={{ state: 'taken' }} submit={t('ui.room.decision.add')} onCancel={onDone}
      aside={(set) => (care ? <p className={`${style.wide} small`}>{t('ui.room.decision.care', { care })} <button type="button" className="link" onClick={() => set('care_cost', care)}>{t('ui.room.decision.care.take')}</button></p> : null)}
      onSend={(values) => {
        writer.write({
          kind: 'decision', from: values['decided_by'] ?? '',
          deed: { decision: {
            id, title: values['decision'] ?? '', reason: values['reason'] ?? '', decided_by: values['decided_by'] ?? '', authority: values['authority'] ?? '', care_cost: values['care_cost'] ?? '',
            review: fromField(values['review'] ?? ''), state: values['state'] as 'taken' | 'pending',
          } },
        })
        onDone()
      }}
    />
  )
}

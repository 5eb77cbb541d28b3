// SPDX-License-Identifier: EUPL-1.2
// Who is in which cell, and how one shift hands over to the next.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import { Contested } from './contested'
import { DeedForm, fromField } from './deed-form'
import { Handovers } from './handovers'
import { limits } from './limits'
import { presenceByCell, type Held } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { recallAt } from './recall-strip'
import { useRoom, useRoomNow } from './room-context'

const presence_states = ['present', 'coming', 'called', 'left', 'unavailable'] as const

export function PeoplePart({ root }: { root: string }) {
  const { t } = useWords()
  const { facility, view, lists, closed, server } = useRoom()
  const [adding, setAdding] = useState(false)
  const cells = presenceByCell(lists)
  return (
    <section className={style.panel} aria-label={t('ui.room.people')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.people')}</h2>
        {closed || !server ? null : <Link to={recallAt(facility, view.room.id)} className="no-print">{t('ui.recall.title')}</Link>}
        {closed ? null : <Button size="sm" onClick={() => setAdding(!adding)} aria-expanded={adding}>{t('ui.room.person.new')}</Button>}
      </div>
      {adding ? <PresenceForm onDone={() => setAdding(false)} /> : null}
      {cells.length === 0 ? <p className="quiet">{t('ui.room.people.none')}</p> : null}
      {cells.map(({ cell, people }) => (
        <section key={cell}>
          <h3 className="h3">{cell || t('ui.room.people.no_cell')}</h3>
          <ul className={style.rows}>{people.map((one) => <PersonRow key={one.subject} held={one} root={root} />)}</ul>
        </section>
      ))}
      <Handovers page={`${root}/handover`} />
    </section>
  )
}

function PersonRow({ held, root }: { held: Held<'presence'>; root: string }) {
  const { t, f, word } = useWords()
  const { writer, closed, plan } = useRoom()
  const now = useRoomNow(60_000)
  const { what, row } = held
  const role = plan?.roles.find(({ name }) => name === what.function)?.id
  const to = (state: typeof what.state) => writer.write({ kind: 'information', deed: { presence: { ...what, state, expected: null } } })
  const next = ({ called: ['present', 'unavailable'], coming: ['present', 'unavailable'], present: ['left'], left: ['present'], unavailable: ['present'] } as const)[what.state]
  return (
    <li className={style.clock}>
      <p>
        <b>{what.person}</b> {what.function ? <span className="quiet">{what.function}</span> : null} — {word('room.words.presence_state', what.state)}{' '}
        <span className="quiet">{t('ui.room.person.since', { time: f.moment(row.line.happened, now) })}{what.expected ? ` · ${t('ui.room.person.expected', { time: f.moment(what.expected, now) })}` : ''}</span>
      </p>
      <Contested of={[held]} />
      {closed ? null : <div className={`${style.acts} no-print`}>{role ? <Link to={`${root}/cards?role=${encodeURIComponent(role)}`}>{t('ui.room.person.cards')}<span className="sr-only"> – {what.person}</span></Link> : null}{next.map((state) => <button key={state} type="button" className="link" aria-label={`${t(`ui.room.person.to.${state}`)} – ${what.person}`} onClick={() => to(state)}>{t(`ui.room.person.to.${state}`)}</button>)}</div>}
    </li>
  )
}

function PresenceForm({ onDone }: { onDone: () => void }) {
  const { t } = useWords()
  const { writer } = useRoom()
  const names = useNames()
  return (
    <DeedForm
      fields={[
        { name: 'person', kind: { offered: names.people }, required: true, max: limits.presence.person }, { name: 'cell', kind: { offered: names.cells }, max: limits.presence.cell },
        { name: 'function', kind: { offered: names.roles }, max: limits.presence.function },
        { name: 'presence', kind: { choice: 'presence_state', values: presence_states } }, { name: 'expected', kind: 'when' },
      ]}
      initial={{ presence: 'present' }} submit={t('ui.room.person.add')} onCancel={onDone}
      onSend={(values) => writer.write({
        kind: 'information',
        deed: { presence: { person: values['person'] ?? '', cell: values['cell'] ?? '', function: values['function'] ?? '', state: values['presence'] as (typeof presence_states)[number], expected: fromField(values['expected'] ?? '') } },
      })}
    />
  )
}

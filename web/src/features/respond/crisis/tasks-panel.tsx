// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '@/lib/i18n'
import { uuid7 } from '@/lib/uuid7'
import { Contested } from './contested'
import { DeedForm, fromField } from './deed-form'
import { limits } from './limits'
import { tasksOf, type Held } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

/** What is to be done, by whom, until when; its state is one click. */
export function TasksPanel({ onNew }: { onNew: () => void }) {
  const { t, f } = useWords()
  const { lists, closed } = useRoom()
  const { open, closed: ended } = tasksOf(lists)
  return (
    <section className={style.panel} aria-label={t('ui.room.tasks')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.tasks')}</h2>
        {closed ? null : <Button size="sm" variant="default" onClick={() => onNew()}>{t('ui.room.task.new')}</Button>}
      </div>
      {open.length === 0 ? <p className="quiet">{t('ui.room.tasks.none')}</p> : <ul className={style.rows}>{open.map((one) => <TaskRow key={one.subject} task={one} />)}</ul>}
      {ended.length > 0 ? <details><summary>{t('ui.room.tasks.ended', { count: ended.length, n: f.whole(ended.length) })}</summary><ul className={style.rows}>{ended.map((one) => <TaskRow key={one.subject} task={one} />)}</ul></details> : null}
    </section>
  )
}

const next = { open: ['doing', 'done', 'dropped'], doing: ['done', 'open', 'dropped'], done: ['open'], dropped: ['open'] } as const

function TaskRow({ task }: { task: Held<'task'> }) {
  const { t, f, word } = useWords()
  const { writer, closed } = useRoom()
  const now = useRoomNow()
  const { what } = task
  const late = what.due !== null && Date.parse(what.due) < now && (what.state === 'open' || what.state === 'doing')
  return (
    <li className={`${style.clock} ${late ? style.late : ''}`}>
      <p><b>{what.title}</b> {what.whose ? <span>— {what.whose}</span> : null}</p>
      <p>
        <span>{word('room.words.task_state', what.state)}</span>
        {what.due ? <span className={late ? style.over : undefined}> · {late ? '▲ ' : ''}{t('ui.room.task.due', { time: f.moment(what.due, now), span: f.span(Date.parse(what.due) - now) })}</span> : null}
      </p>
      <Contested of={[task]} />
      {closed ? null : (
        <div className={`${style.acts} no-print`}>
          {next[what.state].map((state) => <button key={state} type="button" className="link" aria-label={`${t(`ui.room.task.to.${state}`)} – ${what.title}`} onClick={() => writer.write({ kind: 'action', from: what.whose, deed: { task: { ...what, state } } })}>{t(`ui.room.task.to.${state}`)}</button>)}
        </div>
      )}
    </li>
  )
}

export function TaskForm({ title = '', whose = '', onDone }: { title?: string; whose?: string; onDone: () => void }) {
  const { t } = useWords()
  const { writer } = useRoom()
  const names = useNames()
  const [id] = useState(uuid7)
  return (
    <DeedForm
      fields={[{ name: 'task', kind: 'line', required: true, wide: true, max: limits.task.title }, { name: 'whose', kind: { offered: names.acting }, max: limits.task.whose }, { name: 'due', kind: 'when' }]}
      initial={{ task: title, whose }} submit={t('ui.room.task.add')} onCancel={onDone}
      onSend={(values) => {
        writer.write({ kind: 'action', to: values['whose'] ?? '', deed: { task: { id, title: values['task'] ?? '', whose: values['whose'] ?? '', due: fromField(values['due'] ?? ''), state: 'open' } } })
        onDone()
      }}
    />
  )
}

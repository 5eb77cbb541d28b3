// SPDX-License-Identifier: EUPL-1.2
// The level in force, and its change: raised or lowered with a reason, by somebody. Taking a change back is one more.
import { useWords } from '@/lib/i18n'
import { useState } from 'react'
import type { PlanDocument, RoomRow } from '@/api/client'
import { Contested } from './contested'
import { DeedForm } from './deed-form'
import { limits } from './limits'
import style from './panels.module.css'
import { useNames } from './names'
import { useRoom, useRoomNow } from './room-context'
import { Unread } from './unread'

type Level = RoomRow['level']
const other = (level: Level): Level => (level === 'plan_blanc' ? 'internal_mobilisation' : 'plan_blanc')

export function LevelLine({ onChange }: { onChange: () => void }) {
  const { t, f } = useWords()
  const { view, lists, closed } = useRoom()
  const now = useRoomNow(60_000)
  const change = lists.level[0]
  return (
    <p>
      {t('ui.room.level')} <b>{t(`ui.plan.level.${change?.what.level ?? view.room.level}`)}</b>
      {change ? <span className="quiet"> {t('ui.room.level.since', { time: f.moment(change.row.line.happened, now), who: change.what.decided_by })}</span> : null}
      {(change?.contested.length ?? 0) > 0 ? <b> ▲ {t('ui.room.contested')}</b> : null}
      {closed ? null : <> <button type="button" className="link no-print" aria-label={t('ui.room.form.level')} onClick={onChange}>{t('ui.room.level.change')}</button></>}
    </p>
  )
}

export function LevelForm({ onDone }: { onDone: () => void }) {
  const { t } = useWords()
  const { writer, view, lists } = useRoom()
  const names = useNames()
  const [to, setTo] = useState(other(lists.level[0]?.what.level ?? view.room.level))
  return (
    <div className="stack">
      <Contested of={lists.level} />
      <DeedForm
        fields={[
          { name: 'level', kind: { choice: 'level', values: ['plan_blanc', 'internal_mobilisation'] }, wide: true }, { name: 'reason', kind: 'text', required: true, max: limits.level.reason },
          { name: 'decided_by', kind: { offered: names.people }, required: true, max: limits.level.decided_by },
        ]}
        initial={{ level: to }} submit={t('ui.room.level.write')} onCancel={onDone} onChange={({ level }) => setTo(level as Level)}
        onSend={({ level, reason = '', decided_by = '' }) => {
          writer.write({ kind: 'decision', from: decided_by, deed: { level: { level: level as Level, reason, decided_by } } })
          onDone()
        }}
      />
      {to === 'plan_blanc' ? <Criteria kind="activate" levels={['plan_blanc']} /> : <Criteria kind="lift" levels={['plan_blanc']} />}
    </div>
  )
}

/** What the plan in force says must be seen before a level is activated or lifted. */
export function Criteria({ kind, levels }: { kind: PlanDocument['criteria'][number]['kind']; levels: Level[] }) {
  const { t } = useWords()
  const { plan, asked } = useRoom()
  return (
    <>
      {levels.map((level) => {
        const criteria = plan?.criteria.filter((one) => one.kind === kind && one.level === level) ?? []
        return (
          <section key={level}>
            <h3 className="h3">{t(`ui.room.criteria.${kind}`, { level: t(`ui.plan.level.${level}`) })}</h3>
            {asked.plan.data === undefined ? <Unread of="plan" /> : criteria.length === 0 ? <p className="quiet">{t('ui.room.criteria.none')}</p> : <ul className={style.rows}>{criteria.map((one) => <li key={one.id}>{one.text}</li>)}</ul>}
          </section>
        )
      })}
    </>
  )
}

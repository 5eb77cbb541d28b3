// SPDX-License-Identifier: EUPL-1.2
// The room of one post: the journal beside what is down, and the same parts as on the server, one at a time.
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { LineRow } from '@/api/client'
import { BedsPart } from '@/features/respond/crisis/beds-part'
import { BoardPanel } from '@/features/respond/crisis/board-panel'
import { CardsPart } from '@/features/respond/crisis/cards-part'
import { ClocksPanel } from '@/features/respond/crisis/clocks-panel'
import { DecisionForm } from '@/features/respond/crisis/decision-form'
import { DecisionsPart } from '@/features/respond/crisis/decisions-part'
import { DeclareForm } from '@/features/respond/crisis/declare-form'
import { EntryLine } from '@/features/respond/crisis/entry-line'
import { CloseRoom } from '@/features/respond/crisis/file-part'
import { FirstCalls } from '@/features/respond/crisis/first-calls'
import { HandoverPart } from '@/features/respond/crisis/handover-part'
import { Journal } from '@/features/respond/crisis/journal'
import { LevelForm, LevelLine } from '@/features/respond/crisis/level'
import { PeoplePart } from '@/features/respond/crisis/people-part'
import { RequestsPart } from '@/features/respond/crisis/requests-part'
import style from '@/features/respond/crisis/room.module.css'
import { useRoom, useRoomNow } from '@/features/respond/crisis/room-context'
import { TaskForm, TasksPanel } from '@/features/respond/crisis/tasks-panel'
import { useWords } from '@/lib/i18n'
import { useSingleKeys } from '@/lib/use-single-keys'
import { SideDrawer } from '@/ui/side-drawer'
import { touchedBy } from './journal/board'

export const roomParts = ['', 'board', 'cards', 'clocks', 'tasks', 'decisions', 'people', 'requests', 'beds', 'handover', 'end'] as const
export type RoomPart = (typeof roomParts)[number]
type Opened = { form: 'declare'; element: string } | { form: 'decision' } | { form: 'task'; title: string; whose: string } | { form: 'level' } | null

/** `leaving`: what can be done once the room is closed. */
export function RoomDesk({ part, leaving }: { part: RoomPart; leaving: ReactNode }) {
  const { t, f } = useWords()
  const { view, closed } = useRoom()
  const go = useNavigate()
  const [opened, setOpened] = useState<Opened>(null)
  const [corrects, setCorrects] = useState<LineRow | null>(null)
  const shut = () => setOpened(null)
  const declare = (element = '') => setOpened({ form: 'declare', element })
  const decide = () => setOpened({ form: 'decision' })
  const task = (title = '', whose = '') => setOpened({ form: 'task', title, whose })
  useSingleKeys(closed ? {} : {
    n: () => document.querySelector<HTMLElement>('[data-entry-kind]')?.focus(),
    l: () => void go('/beds'),
  })
  const board = <><BoardPanel onDeclare={declare} /><Touched /></>
  const body = {
    '': null,
    board,
    cards: <CardsPart onTask={task} />,
    clocks: <ClocksPanel onDocument={() => undefined} />,
    tasks: <TasksPanel onNew={task} />,
    decisions: <DecisionsPart onNew={decide} />,
    people: <PeoplePart root="" />,
    requests: <RequestsPart />,
    beds: <BedsPart />,
    handover: <HandoverPart />,
    end: closed ? leaving : <CloseRoom />,
  }[part]
  return (
    <div className={`${style.room} room`}>
      {closed ? <p className={style.closed} role="status">■ {t('ui.room.is_closed', { time: f.instant(view.room.closed ?? '') })}</p> : null}
      <LevelLine onChange={() => setOpened({ form: 'level' })} />
      {body ? null : <FirstCalls />}
      <div className={`${style.columns} ${body ? style.with_part : style.whole}`}>
        {body ? <div className={style.part}>{body}</div> : <div className={style.side}>{board}</div>}
        <div className={style.middle}><Journal onCorrect={setCorrects} /></div>
        {body ? null : <div className={style.side}><ClocksPanel onDocument={() => undefined} beside /><TasksPanel onNew={task} /></div>}
      </div>
      {closed ? null : <EntryLine corrects={corrects} onCorrect={setCorrects} onDecision={decide} onTask={task} onDeclare={declare} />}
      <SideDrawer keeps opened={opened !== null} onClose={shut} title={opened ? t(`ui.room.form.${opened.form}`) : ''}>
        <div className="room">
          {opened?.form === 'declare' ? <DeclareForm element={opened.element} onDone={shut} /> : null}
          {opened?.form === 'decision' ? <DecisionForm onDone={shut} /> : null}
          {opened?.form === 'level' ? <LevelForm onDone={shut} /> : null}
          {opened?.form === 'task' ? <TaskForm title={opened.title} whose={opened.whose} onDone={shut} /> : null}
        </div>
      </SideDrawer>
    </div>
  )
}

/** What the plan's own sheets say of what is out: no forecast, and said so. */
function Touched() {
  const { t, f } = useWords()
  const { board, plan } = useRoom()
  const now = useRoomNow(60_000)
  const touched = board && plan ? touchedBy(board, plan, now) : []
  if (touched.length === 0) return null
  return (
    <section aria-label={t('ui.stick.touched')}>
      <h3 className="h3">{t('ui.stick.touched')}</h3>
      <ul className="tight">
        {touched.map(({ sheet, without, mode }) => (
          <li key={sheet.id}>
            <b>{sheet.name}</b> <span className="quiet">{t('ui.stick.touched.without', { names: without.join(', ') })}</span>
            {mode ? <> {t('ui.plan.mode.until', { horizon: t(`ui.plan.horizon.${mode.horizon}`) })}{mode.capacity === null || mode.capacity === undefined ? '' : ` · ${t('ui.plan.field.capacity')} ${f.percent(mode.capacity)}`}</> : null}
            {mode?.procedure ? <p className="small">{mode.procedure}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

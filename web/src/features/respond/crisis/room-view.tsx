// SPDX-License-Identifier: EUPL-1.2
// The crisis room: journal in the middle, what is down at left, what is due at right, the entry line always there. On a
// phone each is a tab.
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { LineRow } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { useSingleKeys } from '@/lib/use-single-keys'
import { SideDrawer } from '@/ui/side-drawer'
import { Tabs } from '@/ui/tabs'
import { BedsPart } from './beds-part'
import { BoardPanel } from './board-panel'
import { BulletinPart } from './bulletin-part'
import { CardsPart } from './cards-part'
import { ClocksPanel } from './clocks-panel'
import { DecisionForm } from './decision-form'
import { DecisionsPart } from './decisions-part'
import { DeclareForm } from './declare-form'
import { DocumentText } from './document-text'
import { EntryLine } from './entry-line'
import { FilePart } from './file-part'
import { FirstCalls } from './first-calls'
import { HandoverPart } from './handover-part'
import { Journal } from './journal'
import { LevelForm, LevelLine } from './level'
import { PaperHead } from './paper-head'
import { PeoplePart } from './people-part'
import { QueueStrip } from './queue-strip'
import { RecallStrip } from './recall-strip'
import { ReportsPart } from './reports-part'
import { RequestsPart } from './requests-part'
import { RoomAtHandProvider, useRoom } from './room-context'
import { RoomsList } from './rooms-list'
import { TaskForm, TasksPanel } from './tasks-panel'
import { Wall } from './wall'
import style from './room.module.css'

export const roomParts = ['', 'board', 'clocks', 'tasks', 'cards', 'decisions', 'people', 'requests', 'beds', 'reports', 'bulletin', 'file'] as const
const also = ['handover', 'wall']

export function RoomView() {
  const { facility = '', room = '', part = '' } = useParams()
  if (!room) return <RoomsList facility={facility} />
  return <RoomAtHandProvider key={room} facility={facility} room={room}>{part === 'wall' ? <Wall /> : <Desk part={[...roomParts, ...also].includes(part) ? part : ''} />}</RoomAtHandProvider>
}

type Opened = { form: 'declare'; element: string } | { form: 'decision' } | { form: 'task'; title: string; whose: string } | { form: 'document'; document: string } | { form: 'level' } | null

function Desk({ part }: { part: string }) {
  const { t, f } = useWords()
  const { facility, view, lists, closed } = useRoom()
  const go = useNavigate()
  const [opened, setOpened] = useState<Opened>(null)
  const [composing, setComposing] = useState(false)
  const [corrects, setCorrects] = useState<LineRow | null>(null)
  const root = `/facilities/${encodeURIComponent(facility)}/room/${view.room.id}`
  const shut = () => setOpened(null)
  const acts = {
    declare: (element = '') => setOpened({ form: 'declare', element }),
    decision: () => setOpened({ form: 'decision' }),
    task: (title = '', whose = '') => setOpened({ form: 'task', title, whose }),
    document: (document: string) => setOpened({ form: 'document', document }),
  }
  useSingleKeys(closed ? {} : {
    n: () => document.querySelector<HTMLElement>('[data-entry-kind]')?.focus(),
    p: () => {
      setComposing(true)
      void go(`${root}/reports`)
    },
  })
  const body = {
    board: <BoardPanel onDeclare={acts.declare} />,
    clocks: <ClocksPanel onDocument={acts.document} />,
    tasks: <TasksPanel onNew={acts.task} />,
    cards: <CardsPart onTask={acts.task} />,
    decisions: <DecisionsPart onNew={acts.decision} />,
    people: <PeoplePart root={root} />,
    handover: <HandoverPart />,
    requests: <RequestsPart />,
    beds: <BedsPart />,
    reports: <ReportsPart composing={composing} onCompose={setComposing} />,
    bulletin: <BulletinPart />,
    file: <FilePart />,
  }[part]
  return (
    <div className={`${style.room} room`}>
      <PaperHead />
      <div className={`${style.bar} no-print`}>
        <Tabs label={t('ui.room.parts')} tabs={roomParts.map((one) => ({ to: one ? `${root}/${one}` : root, label: t(one ? `ui.room.${one}` : 'ui.room.journal'), current: part === one || (part === 'handover' && one === 'people') }))} />
      </div>
      {closed ? <p className={style.closed} role="status">■ {t('ui.room.is_closed', { time: f.instant(view.room.closed ?? lists.closing[0]?.row.line.happened ?? view.now) })}</p> : null}
      <div className={style.line}>
        <LevelLine onChange={() => setOpened({ form: 'level' })} />
        <Link to={`${root}/wall`} className="no-print" target="_blank">{t('ui.room.wall')}</Link>
      </div>
      {body ? null : <FirstCalls />}
      <RecallStrip />
      <div className={`${style.columns} ${body ? style.with_part : style.whole}`}>
        {body ? <div className={style.part}>{body}</div> : <div className={style.side}><BoardPanel onDeclare={acts.declare} /></div>}
        <div className={style.middle}><Journal onCorrect={setCorrects} /></div>
        {body ? null : <div className={style.side}><ClocksPanel onDocument={acts.document} beside /><TasksPanel onNew={acts.task} /></div>}
      </div>
      <QueueStrip />
      {closed ? null : <EntryLine corrects={corrects} onCorrect={setCorrects} onDecision={acts.decision} onTask={acts.task} onDeclare={acts.declare} />}
      <SideDrawer keeps={opened?.form !== 'document'} opened={opened !== null} onClose={shut} title={opened ? t(`ui.room.form.${opened.form}`) : ''}>
        <div className="room">
          {opened?.form === 'declare' ? <DeclareForm element={opened.element} onDone={shut} /> : null}
          {opened?.form === 'decision' ? <DecisionForm onDone={shut} /> : null}
          {opened?.form === 'level' ? <LevelForm onDone={shut} /> : null}
          {opened?.form === 'task' ? <TaskForm title={opened.title} whose={opened.whose} onDone={shut} /> : null}
          {opened?.form === 'document' ? <DocumentText document={opened.document} /> : null}
        </div>
      </SideDrawer>
    </div>
  )
}

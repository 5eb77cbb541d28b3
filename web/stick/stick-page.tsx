// SPDX-License-Identifier: EUPL-1.2
// The frame: whose plan and how old, the room if there is one and where its journal is saved, and the parts.
import { Button, TextInput } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { PartPaper } from '@/features/prepare/plan/plan-paper'
import { PaperHead } from '@/features/respond/crisis/paper-head'
import banner from '@/ui/banner.module.css'
import { useRoom, useRoomNow } from '@/features/respond/crisis/room-context'
import { changeLanguage, useWords } from '@/lib/i18n'
import { recall, remember } from '@/lib/keep'
import { useNow } from '@/lib/use-now'
import { SureLink } from '@/ui/sure-link'
import { Tabs } from '@/ui/tabs'
import { Begin } from './begin'
import { Directory } from './directory'
import { Guard } from './guard'
import { KeptFile } from './kept-file'
import { who_kept, type LocalRoom } from './local-room'
import { ageOf, isBehind, isOld, type Pack } from './pack'
import { LocalRoomProvider } from './room-at-hand'
import { RoomDesk, roomParts, type RoomPart } from './room-desk'
import { planSheets, roomSheets, Sheet, SheetList, type SheetName } from './sheets'
import style from './stick.module.css'

/** Without a room its cards are read, not ticked. */
const plan_parts = ['directory', 'services', 'cards', 'messages', 'authority', 'print'] as const
const authority = ['frame', 'criteria', 'delegations', 'cells', 'roles', 'calls'] as const

export function StickPage({ pack }: { pack: Pack }) {
  const { t } = useWords()
  const { pathname } = useLocation()
  const [room, setRoom] = useState<LocalRoom | null>(null)
  const [author, setAuthor] = useState(() => recall(who_kept) ?? '')
  const who = (name: string) => {
    setAuthor(name)
    remember(who_kept, name)
  }
  const [, part = '', what = ''] = pathname.split('/')
  const inRoom = room !== null && (roomParts as readonly string[]).includes(part)
  const plan = pack.plan
  const beginning = room === null && !(plan_parts as readonly string[]).includes(part)
  const tab = (one: string) => ({ to: `/${one}`, label: t(`ui.stick.part.${one || (room ? 'journal' : 'begin')}`), current: part === one || (one === '' && beginning) })
  const page = (
    <div className={`${style.page} ${inRoom ? style.in_room : ''}`}>
      <Top pack={pack} />
      {room ? <RoomStrip room={room} author={author} onAuthor={who} /> : null}
      <div className={style.nav}>
        <Tabs label={t('ui.room.parts')} tabs={(room ? roomParts : ['']).map(tab)} />
        <Tabs label={t('ui.plan.title')} tabs={plan_parts.filter((one) => !room || one !== 'cards').map(tab)} />
      </div>
      <main className={style.main}>
        {room ? <PaperHead facility={pack.name} /> : null}
        {inRoom ? <RoomDesk part={part as RoomPart} leaving={<Forget room={room} onForgotten={() => setRoom(null)} />} /> : null}
        {beginning ? <Begin pack={pack} author={author} onAuthor={who} onRoom={setRoom} /> : null}
        {part === 'directory' ? <Directory plan={plan} /> : null}
        {part === 'authority' ? authority.map((one) => <PartPaper key={one} part={one} document={plan} />) : null}
        {part === 'services' || part === 'messages' || (part === 'cards' && !room) ? <PartPaper part={part} document={plan} /> : null}
        {part === 'print' && !isSheet(what, room !== null) ? <SheetList withRoom={room !== null} /> : null}
        {part === 'print' && isSheet(what, room !== null) ? <Sheet name={what} facility={pack.name} plan={plan} withRoom={room !== null} /> : null}
      </main>
    </div>
  )
  return <Guard room={room}>{room ? <LocalRoomProvider pack={pack} room={room} author={author.trim()}>{page}</LocalRoomProvider> : page}</Guard>
}

const isSheet = (name: string, withRoom: boolean): name is SheetName => (planSheets as readonly string[]).includes(name) || (withRoom && (roomSheets as readonly string[]).includes(name))

function Top({ pack }: { pack: Pack }) {
  const { t, f, language } = useWords()
  const now = useNow(60_000)
  const days = ageOf(pack, now)
  return (
    <header className={`${style.top} no-print`}>
      <h1>{pack.name}</h1>
      <p className="small">{t('ui.stick.stamp', { number: pack.number, in_force: f.day(pack.in_force), day: f.day(pack.day) })}{isOld(pack, now) ? <span className={style.old}> ▲ {t('ui.stick.old', { days })}</span> : null}</p>
      {isBehind(pack, now) ? <p className={style.behind}>▲ {t('ui.stick.behind', { shown: f.instant(new Date(now).toISOString()) })}</p> : null}
      <button type="button" className="link" onClick={() => void changeLanguage(language === 'fr' ? 'en' : 'fr')}>{t('ui.language.other')}</button>
    </header>
  )
}

/** Nothing stays behind on a borrowed computer, once every line is in a file. */
function Forget({ room, onForgotten }: { room: LocalRoom; onForgotten: () => void }) {
  const { t } = useWords()
  const { lines } = useRoom()
  const { saved, copy } = useSyncExternalStore(room.subscribe, room.file.state)
  const forget = () => {
    room.forget()
    onForgotten()
  }
  return (
    <section className="stack">
      <h2 className="h2">{t('ui.stick.forget')}</h2>
      <p className="prose">{t(saved < lines.length ? 'ui.stick.forget.first_save' : 'ui.stick.forget.what')}</p>
      {copy && saved >= lines.length ? <p>▲ {t('ui.stick.file.check', { file: copy })}</p> : null}
      <p><SureLink disabled={saved < lines.length} sure={t('ui.stick.forget.sure')} onSure={forget}>{t('ui.stick.forget.button')}</SureLink></p>
    </section>
  )
}

/** The banner, and whether every line is in a file: what must never be in doubt. */
function RoomStrip({ room, author, onAuthor }: { room: LocalRoom; author: string; onAuthor: (name: string) => void }) {
  const { t, f } = useWords()
  const { view, lines } = useRoom()
  const now = useRoomNow()
  const file = useSyncExternalStore(room.subscribe, room.file.state)
  const { kept } = useSyncExternalStore(room.subscribe, room.state)
  const missing = lines.length - file.saved
  const unsaved = missing > 0 && (file.name === '' || file.failed !== '')
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault()
      event.returnValue = true // Chrome 109 looks at this one
    }
    if (missing > 0) addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [missing])
  return (
    <>
      <section className={`${banner.banner} ${banner[view.room.kind]} no-print`} aria-label={t(`ui.room.banner.${view.room.kind}`)}>
        <b className={banner.word}>{t(`ui.room.banner.${view.room.kind}`)}</b>
        <span className={banner.name}>{view.room.name}</span>
        <b className="tabular nowrap">{f.sinceStart(now - Date.parse(view.room.opened))}</b>
      </section>
      <section className={`${style.file} ${unsaved ? style.unsaved : ''} room no-print`} role="status" aria-label={t('ui.stick.file')}>
        <span>
          {unsaved ? `▲ ${t('ui.stick.file.none', { count: missing, n: f.whole(missing) })}` : missing > 0 ? `… ${t('ui.stick.file.writing')}` : file.copy ? `▲ ${t('ui.stick.file.check', { file: file.copy })}` : `✓ ${t('ui.stick.file.saved', { count: lines.length, n: f.whole(lines.length), file: file.name })}`}
          {kept ? '' : ` ▲ ${t('ui.stick.file.not_kept')}`}
        </span>
        {KeptFile.possible() && (file.name === '' || file.failed !== '') ? <Button size="compact-md" onClick={() => void room.chooseFile()}>{t('ui.stick.file.choose')}</Button> : null}
        {missing > 0 || !KeptFile.possible() ? <Button size="compact-md" variant="default" onClick={() => room.download()}>{t('ui.stick.file.download')}</Button> : null}
        <label className={style.who}>{t('ui.stick.who.short')}<TextInput size="sm" aria-label={t('ui.stick.who')} maxLength={200} value={author} onChange={(event) => onAuthor(event.currentTarget.value)} /></label>
      </section>
    </>
  )
}

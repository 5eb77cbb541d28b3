// SPDX-License-Identifier: EUPL-1.2
// Real or exercise, what is known, who writes; or go on where somebody stopped.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import style from '@/features/respond/crisis/activate.module.css'
import { line_limits } from '@/features/respond/crisis/limits'
import { useWords } from '@/lib/i18n'
import { useNow } from '@/lib/use-now'
import { uuid7 } from '@/lib/uuid7'
import { PickFile } from '@/ui/pick-file'
import type { Fault } from './journal/chain'
import { isFault, readJournal } from './journal/journal-file'
import { wordsOf } from './journal/words'
import { keptLines, keptRooms, LocalRoom } from './local-room'
import { isBehind, type Pack } from './pack'

const kinds = ['real', 'exercise'] as const
const levels = ['internal_mobilisation', 'plan_blanc'] as const

interface Props { pack: Pack; author: string; onAuthor: (name: string) => void; onRoom: (room: LocalRoom) => void }

export function Begin({ pack, author, onAuthor, onRoom }: Props) {
  const words = useWords()
  const { t, f, label, say, language } = words
  const [kind, setKind] = useState<(typeof kinds)[number] | null>(null)
  const [level, setLevel] = useState<(typeof levels)[number]>('internal_mobilisation')
  const [known, setKnown] = useState('')
  const [fault, setFault] = useState<Fault | null>(null)
  const kept = keptRooms(pack.facility)
  const now = useNow(60_000)
  const node = t('ui.stick.node', { who: author.trim() || t('ui.stick.somebody') })

  const open = async (chosen: (typeof kinds)[number]) => {
    const name = t('room.default_name', { day: new Date().toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB') })
    const room = LocalRoom.open(pack.facility, name, chosen, node)
    const opening = { kind: chosen, name, level, plan: pack.number }
    room.write({ id: uuid7(), kind: 'decision', text: `${wordsOf({ opening }, words)} ${known.trim()}`.trim(), deed: { opening } }, (deed) => wordsOf(deed, words), author.trim())
    await room.chooseFile() // while the browser still knows of the click
    onRoom(room)
  }
  const goOn = async (file: File | null) => {
    if (!file) return
    const read = readJournal(await file.text())
    if (isFault(read)) return setFault(read)
    if (read.head.facility !== pack.facility) return setFault({ code: 'journal.other_facility', params: [{ name: 'facility', value: read.head.facility }] })
    const room = LocalRoom.goOn(read, node)
    await room.chooseFile()
    onRoom(room)
  }

  return (
    <div className={style.activate}>
      {isBehind(pack, now) ? <p role="alert" className="prose">▲ {t('ui.stick.behind.what', { day: f.day(pack.day) })}</p> : null}
      <section className={style.step} aria-labelledby="begin">
        <h2 id="begin" className={style.ask}>{t('ui.activate.kind')}</h2>
        <div className={style.choices}>
          {kinds.map((one) => (
            <button key={one} type="button" className={`${style.choice} ${style[one]}`} aria-pressed={kind === one} onClick={() => setKind(one)}>
              <b>{kind === one ? '✓ ' : ''}{label('room.words.kind', one)}</b>
              <span>{t(`ui.activate.kind.${one}`)}</span>
            </button>
          ))}
        </div>
        {kind ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              void open(kind)
            }}
          >
            <TextInput autoFocus size="lg" label={t('ui.activate.known')} placeholder={t('ui.activate.known.hint')} maxLength={line_limits.text} value={known} onChange={(event) => setKnown(event.currentTarget.value)} />
            <TextInput size="lg" label={t('ui.stick.who')} maxLength={200} value={author} onChange={(event) => onAuthor(event.currentTarget.value)} />
            <fieldset className={style.levels}>
              <legend>{t('ui.activate.level')}</legend>
              {levels.map((one) => (
                <label key={one}>
                  <input type="radio" name="level" checked={level === one} onChange={() => setLevel(one)} />
                  <span><b>{label('ui.plan.level', one)}</b> <span className="quiet">{t(`ui.activate.level.${one}`)}</span></span>
                </label>
              ))}
            </fieldset>
            <p>{t('ui.stick.where')}</p>
            <div className="row"><Button size="lg" type="submit">{t('ui.stick.open')}</Button></div>
          </form>
        ) : null}
      </section>
      <section className="section" aria-labelledby="go-on">
        <h2 id="go-on">{t('ui.stick.go_on')}</h2>
        <p className="prose">{t('ui.stick.go_on.what')}</p>
        {kept.length > 0 ? <p className="prose">{t('ui.stick.go_on.fewer')}</p> : null}
        {fault ? <p role="alert"><b>▲ {say(fault)}</b></p> : null}
        <ul className="tight">
          <li><PickFile accept=".jsonl" onPick={(file) => void goOn(file)}>{t('ui.stick.go_on.file')}</PickFile></li>
          {kept.map((head) => (
            <li key={head.room}>
              <Button
                variant="default"
                onClick={() => {
                  const room = LocalRoom.resume(head.room, node)
                  if (room) void room.chooseFile().then(() => onRoom(room))
                }}
              >
                {t('ui.stick.go_on.kept', { name: head.name, kind: t(`room.words.kind.${head.kind}`), time: f.instant(head.made), count: keptLines(head.room), n: f.whole(keptLines(head.room)) })}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

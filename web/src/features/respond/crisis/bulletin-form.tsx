// SPDX-License-Identifier: EUPL-1.2
import { Autocomplete, Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type BulletinWords } from '@/api/client'
import { queries } from '@/api/queries'
import { useUnreachedSince } from '@/api/reach'
import { recall, remember } from '@/lib/keep'
import { useWords } from '@/lib/i18n'
import { useDebounced } from '@/lib/use-debounced'
import { uuid7 } from '@/lib/uuid7'
import { ErrorState } from '@/ui/states'
import { blanksIn, noWords, readyFor, systemsIn, touchedCare, withCare } from './bulletin-words'
import { limits } from './limits'
import { useNames } from './names'
import style from './panels.module.css'
import { PublicPage } from './public-page'
import { useRoom, useRoomNow } from './room-context'
import { Unread } from './unread'

function keptWords(name: string): BulletinWords {
  try {
    return { ...noWords, ...(JSON.parse(recall(name) ?? '{}') as Partial<BulletinWords>) }
  } catch {
    return noWords
  }
}

/** Written, seen, approved; then, once it is said who will read it, published. */
export function BulletinForm({ onDone }: { onDone: () => void }) {
  const { t } = useWords()
  const { facility, view, board } = useRoom()
  const cache = useQueryClient()
  const names = useNames()
  const away = useUnreachedSince() !== null
  const room = view.room.id
  const kept = `bulletin/${room}`
  const [words, setWords] = useState(() => keptWords(kept))
  const [approved_by, setApprover] = useState('')
  const [sure, setSure] = useState(false)
  // Minted once: a second try after a lost answer publishes nothing twice.
  const [ids] = useState(() => ({ bulletin: uuid7(), line: uuid7() }))
  const set = (more: Partial<BulletinWords>) => {
    setSure(false)
    const next = { ...words, ...more }
    setWords(next)
    remember(kept, JSON.stringify(next))
  }
  const publish = useMutation({
    mutationFn: () => client.publishBulletin(facility, room, ids.line, { ...words, id: ids.bulletin, number: 0, approved_by: approved_by.trim(), state: 'published' }),
    onSuccess: async () => {
      remember(kept, null)
      await cache.invalidateQueries({ queryKey: queries.room(facility, room).queryKey })
      onDone()
    },
  })
  const lacking = !words.title.trim() || !words.text.trim() || !approved_by.trim()
  const blanks = blanksIn(words)
  const systems = systemsIn(words, board)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (lacking || away) return
        if (sure) publish.mutate()
        else setSure(true)
      }}
    >
      <Unread of="board" />
      <Unread of="plan" />
      <Helpers words={words} onTake={set} />
      <TextInput label={t('ui.room.field.title')} required maxLength={limits.bulletin.title} value={words.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <Textarea label={t('ui.room.field.text')} description={t('ui.room.bulletin.text.hint')} required rows={8} maxLength={limits.bulletin.text} value={words.text} onChange={(event) => set({ text: event.currentTarget.value })} classNames={{ input: style.paper_field }} />
      <details>
        <summary>{t('ui.room.bulletin.english')}</summary>
        <div className="stack">
          <TextInput label={t('ui.room.field.title_en')} lang="en" maxLength={limits.bulletin.title_en} value={words.title_en} onChange={(event) => set({ title_en: event.currentTarget.value })} />
          <Textarea label={t('ui.room.field.text_en')} lang="en" rows={5} maxLength={limits.bulletin.text_en} value={words.text_en} onChange={(event) => set({ text_en: event.currentTarget.value })} classNames={{ input: style.paper_field }} />
        </div>
      </details>
      {blanks.length > 0 ? <p className={style.guard}>▲ {t('ui.room.bulletin.blanks', { list: blanks.join(', ') })}</p> : null}
      {systems.length > 0 ? <p className={style.guard}>▲ {t('ui.room.bulletin.systems', { list: systems.join(', ') })}</p> : null}
      <Preview words={words} />
      <Autocomplete label={t('ui.room.field.approved_by')} required value={approved_by} onChange={setApprover} data={names.people} limit={12} maxLength={limits.bulletin.approved_by} />
      {away ? <p className={style.guard}>{t('ui.room.bulletin.away')}</p> : null}
      {sure ? (
        <div role="alert" className={style.guard}>
          <p><b>{t('ui.room.bulletin.sure.who')}</b></p>
          <p className="break">{location.origin + view.public_page}</p>
          <p>{t('ui.room.bulletin.sure.what')}</p>
        </div>
      ) : null}
      {publish.error ? <ErrorState inline error={publish.error} /> : null}
      <div className="row">
        <Button type="submit" variant={sure ? 'filled' : 'default'} disabled={lacking || away} loading={publish.isPending}>{t(sure ? 'ui.room.bulletin.sure.publish' : 'ui.room.bulletin.publish')}</Button>
        <Button variant="default" onClick={onDone}>{t('ui.cancel')}</Button>
      </div>
    </form>
  )
}

/** Words that are there already: the plan's messages, and what the board says of the care. */
function Helpers({ words, onTake }: { words: BulletinWords; onTake: (words: Partial<BulletinWords>) => void }) {
  const { t } = useWords()
  const { plan, board } = useRoom()
  const now = useRoomNow(60_000)
  const [chosen, setChosen] = useState<string[]>([])
  const ready = readyFor(plan)
  const care = touchedCare(board)
  return (
    <>
      {ready.length > 0 ? (
        <NativeSelect
          label={t('ui.room.bulletin.ready')} value="" data={[{ value: '', label: t('ui.room.bulletin.ready.choose') }, ...ready.map(({ id, title }) => ({ value: id ?? '', label: title }))]}
          onChange={(event) => {
            const message = ready.find(({ id }) => id === event.currentTarget.value)
            if (message) onTake({ title: message.title, text: [words.text, message.text].filter(Boolean).join('\n\n') })
          }}
        />
      ) : null}
      {care.length > 0 ? (
        <Checkbox.Group label={t('ui.room.bulletin.care')} description={t('ui.room.bulletin.care.what')} value={chosen} onChange={setChosen}>
          <div className="tight">
            {care.map((one) => <Checkbox key={one.id || one.name} value={one.name} label={one.name} />)}
            <div>
              <Button
                size="sm" variant="default" disabled={chosen.length === 0}
                onClick={() => {
                  onTake(withCare(words, care.filter(({ name }) => chosen.includes(name)), now))
                  setChosen([])
                }}
              >{t('ui.room.bulletin.care.take')}</Button>
            </div>
          </div>
        </Checkbox.Group>
      ) : null}
    </>
  )
}

function Preview({ words }: { words: BulletinWords }) {
  const { t } = useWords()
  const { facility, view } = useRoom()
  const rested = useDebounced(words, 400)
  const written = rested.title !== '' || rested.text !== ''
  const shown = useQuery({
    queryKey: ['room', facility, view.room.id, 'bulletin', rested], queryFn: ({ signal }) => client.previewBulletin(facility, view.room.id, rested, signal),
    enabled: written, placeholderData: keepPreviousData, gcTime: 0, retry: false,
  })
  if (!written) return null
  return (
    <section>
      <h3 className="h3">{t('ui.room.bulletin.preview')}</h3>
      {shown.error ? <ErrorState inline error={shown.error} /> : null}
      {shown.data ? <PublicPage html={shown.data.html} label={t('ui.room.bulletin.preview')} /> : null}
    </section>
  )
}

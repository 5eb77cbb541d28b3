// SPDX-License-Identifier: EUPL-1.2
// What the hospital tells the public: written here, seen as the public will see it, approved by name, and only then on a
// page that anybody may read. The same page as a file, for a host that still stands.
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/client'
import { queries } from '@/api/queries'
import { useUnreachedSince } from '@/api/reach'
import { useWords } from '@/lib/i18n'
import { uuid7 } from '@/lib/uuid7'
import { EmptyState, ErrorState } from '@/ui/states'
import { SureLink } from '@/ui/sure-link'
import { BulletinForm } from './bulletin-form'
import { Contested } from './contested'
import { copyText } from './document-text'
import { bulletinsOf, type Held } from './lists'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

export function BulletinPart() {
  const { t } = useWords()
  const { lists, closed } = useRoom()
  const [composing, setComposing] = useState(false)
  const bulletins = bulletinsOf(lists)
  const published = bulletins.filter(({ what }) => what.state === 'published')
  const begin = <Button size="sm" onClick={() => setComposing(true)}>{t('ui.room.bulletin.new')}</Button>
  if (bulletins.length === 0 && !composing)
    return (
      <section className={style.panel} aria-label={t('ui.room.bulletin')}>
        <EmptyState title={t('ui.room.bulletin')} action={closed ? null : begin} example={t('ui.room.bulletin.example')}>{t('ui.room.bulletin.what')}</EmptyState>
      </section>
    )
  return (
    <section className={style.panel} aria-label={t('ui.room.bulletin')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.bulletin')}</h2>
        {closed || composing ? null : begin}
      </div>
      {composing ? <BulletinForm onDone={() => setComposing(false)} /> : null}
      {published.length > 0 ? <PublicAddress published={published} /> : bulletins.length > 0 ? <p>{t('ui.room.bulletin.nothing_public')}</p> : null}
      <ol className={style.rows}>{bulletins.map((one) => <BulletinRow key={one.subject} held={one} />)}</ol>
    </section>
  )
}

/** Writes the withdrawal: online, or not at all. */
function useWithdrawal() {
  const { facility, view } = useRoom()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (held: Held<'bulletin'>[]) => {
      for (const { what } of held) await client.publishBulletin(facility, view.room.id, uuid7(), { ...what, state: 'withdrawn' })
    },
    onSettled: () => cache.invalidateQueries({ queryKey: queries.room(facility, view.room.id).queryKey }),
  })
}

/** Where the public reads, and the ways to bring it elsewhere or to an end. */
function PublicAddress({ published }: { published: Held<'bulletin'>[] }) {
  const { t } = useWords()
  const { facility, view } = useRoom()
  const away = useUnreachedSince() !== null
  const [copied, setCopied] = useState<boolean | null>(null)
  const withdrawal = useWithdrawal()
  const address = location.origin + view.public_page
  return (
    <div className={style.card}>
      <p>{t('ui.room.bulletin.public_at')} <a href={view.public_page} target="_blank" rel="noreferrer" className="break">{address}</a></p>
      <div className={`${style.acts} no-print`}>
        <Button size="sm" variant="default" onClick={() => void copyText(address).then(setCopied)}>{t('ui.room.bulletin.copy')}</Button>
        <Button size="sm" variant="default" component="a" href={client.bulletinPageUrl(facility, view.room.id)} download>{t('ui.room.bulletin.freeze')}</Button>
        <SureLink disabled={away || withdrawal.isPending} sure={t('ui.room.bulletin.withdraw_all.sure')} onSure={() => withdrawal.mutate(published)}>{t('ui.room.bulletin.withdraw_all')}</SureLink>
        {copied === null ? null : <span role="status">{t(copied ? 'ui.room.text.copied' : 'ui.room.text.not_copied')}</span>}
      </div>
      <p className="small quiet">{t('ui.room.bulletin.freeze.what')}</p>
      {withdrawal.error ? <ErrorState inline error={withdrawal.error} /> : null}
    </div>
  )
}

function BulletinRow({ held }: { held: Held<'bulletin'> }) {
  const { t, f, word } = useWords()
  const now = useRoomNow(60_000)
  const away = useUnreachedSince() !== null
  const [open, setOpen] = useState(false)
  const withdrawal = useWithdrawal()
  const { what, row } = held
  const withdrawn = what.state === 'withdrawn'
  return (
    <li className={style.clock}>
      <p>
        <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}><b>{t('ui.room.bulletin.title', { n: what.number, title: what.title })}</b></button>{' '}
        {word('room.words.bulletin_state', what.state)} {f.moment(row.line.happened, now)} — {t('ui.room.report.approved', { who: what.approved_by })}
      </p>
      {open ? <pre className={style.paper}>{[what.text, what.title_en, what.text_en].filter(Boolean).join('\n\n')}</pre> : null}
      <Contested of={[held]} />
      {withdrawn ? null : <div className="no-print"><SureLink disabled={away || withdrawal.isPending} sure={t('ui.room.bulletin.withdraw.sure', { title: what.title })} onSure={() => withdrawal.mutate([held])}>{t('ui.room.bulletin.withdraw')}<span className="sr-only"> – {what.title}</span></SureLink></div>}
      {withdrawal.error ? <ErrorState inline error={withdrawal.error} /> : null}
    </li>
  )
}

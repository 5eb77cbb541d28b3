// SPDX-License-Identifier: EUPL-1.2
// Who comes: gauges, people with their numbers, one reminder for all who are silent, the next deputy.
import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { client, type CalledRow, type Gauge, type RecallView, type RoomRow } from '@/api/client'
import { queries } from '@/api/queries'
import { Refusal } from '@/ui/refusal'
import { useWords } from '@/lib/i18n'
import { inPairs } from '@/lib/phone'
import { EmptyState, Loaded } from '@/ui/states'
import { CallList } from './call-list'
import style from './recall.module.css'

const glyphs: Record<CalledRow['state'], string> = { called: '○', reached: '◔', coming: '◐', present: '●', left: '■', unavailable: '■', failed: '▲' }
const silent = (one: CalledRow) => one.state === 'called' || one.state === 'reached' || one.state === 'failed'
const states = ['silent', 'coming', 'present', 'unavailable'] as const

/** `to`: where people are chosen for this room. */
export function PeoplePart({ facility, room, to }: { facility: string; room: RoomRow; to: string }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const asked = useQuery(queries.recalled(facility, room.id))
  const keep = (view: RecallView) => cache.setQueryData(queries.recalled(facility, room.id).queryKey, view)
  const remind = useMutation({ mutationFn: () => client.remind(facility, room.id), onSuccess: keep })
  const deputy = useMutation({ mutationFn: (called: string) => client.callDeputy(facility, room.id, called), onSuccess: keep })
  const [only, setOnly] = useState('')
  return (
    <Loaded asked={asked}>
      {(view) => {
        if (view.people.length === 0) {
          return (
            <EmptyState title={t('ui.recall.nobody_called')} action={<Link to={to}>{t('ui.recall.choose')}</Link>}>
              <p>{t('ui.recall.nobody_called.what')}</p>
            </EmptyState>
          )
        }
        const waiting = view.people.filter(silent).length
        const shown = view.people.filter((one) => only === '' || (only === 'silent' ? silent(one) : one.state === only))
        return (
          <>
            <div className="stack no-print">
              <div className={style.gauges}>
                <GaugeLine gauge={{ ...view.all, name: t('ui.recall.all') }} />
                {view.units.map((one) => <GaugeLine key={one.name} gauge={one} />)}
              </div>
              {view.skills.length > 0 ? (
                <details>
                  <summary>{t('ui.recall.by_skill')}</summary>
                  <div className={style.gauges}>{view.skills.map((one) => <GaugeLine key={one.name} gauge={one} />)}</div>
                </details>
              ) : null}
              <Refusal error={remind.error ?? deputy.error} />
              <div className="row">
                <Button disabled={waiting === 0} loading={remind.isPending} onClick={() => remind.mutate()}>{t('ui.recall.remind', { count: waiting })}</Button>
                <Button variant="default" onClick={() => print()}>{t('ui.recall.print')}</Button>
                <NativeSelect aria-label={t('ui.recall.show')} value={only} onChange={(event) => setOnly(event.currentTarget.value)}
                  data={[{ value: '', label: t('ui.recall.show.all') }, ...states.map((one) => ({ value: one, label: t(`ui.recall.show.${one}`) }))]} />
              </div>
              <ul className={style.people}>
                {shown.map((one) => <Person key={one.id} one={one} view={view} busy={deputy.isPending} onDeputy={() => deputy.mutate(one.id)} />)}
              </ul>
            </div>
            <CallList facility={facility} room={room} view={view} />
          </>
        )
      }}
    </Loaded>
  )
}

/** How many of how many: the words say it, the bar repeats it. */
function GaugeLine({ gauge }: { gauge: Gauge }) {
  const { t, f } = useWords()
  const answers = t('ui.recall.gauge', { coming: f.whole(gauge.coming), present: f.whole(gauge.present), unavailable: f.whole(gauge.unavailable) })
  return (
    <div className={style.gauge}>
      <b>{gauge.name} <span className="figure tabular">{f.whole(gauge.coming + gauge.present)} / {f.whole(gauge.called)}</span></b>
      <meter className={style.meter} min={0} max={gauge.called} value={gauge.coming + gauge.present} aria-label={`${gauge.name} : ${answers}`} />
      <span className="small">{answers}</span>
    </div>
  )
}

function Person({ one, view, busy, onDeputy }: { one: CalledRow; view: RecallView; busy: boolean; onDeputy: () => void }) {
  const { t, f, word } = useWords()
  const number = one.contact.mobile || one.contact.phone
  const text = view.callouts.find(({ id }) => id === one.callout)?.text ?? ''
  const refused = one.sendings.filter(({ why }) => why !== '')
  return (
    <li className={style.person}>
      <div>
        <b>{one.person}</b>
        <div className="small quiet">{[one.post, one.cell || one.unit, ...one.skills].filter(Boolean).join(' · ')}</div>
        {one.in_place_of ? <div className="small">{t('ui.recall.in_place_of', { name: one.in_place_of })}</div> : null}
      </div>
      <div>
        <div className={style.state}><span aria-hidden="true">{glyphs[one.state]} </span>{word('ui.recall.state', one.state)}</div>
        {one.expected ? <div>{t('ui.recall.expected', { at: f.instant(one.expected) })}</div> : null}
        {refused.map((sending) => (
          <div key={sending.channel} className="small break">{word('ui.recall.channel', sending.channel)} · {word('ui.recall.sending', sending.state)} · {sending.why}</div>
        ))}
      </div>
      <div className="row">
        {number ? <a className={style.tel} href={`tel:${number}`}>{t('ui.recall.tel', { number: inPairs(number) })}</a> : null}
        {one.contact.mobile ? <a className={style.tel} href={`sms:${one.contact.mobile}?&body=${encodeURIComponent(text.replace('{link}', one.link))}`}>{t('ui.recall.sms')}</a> : null}
        {one.cell && one.state !== 'coming' && one.state !== 'present' ? <Button size="compact-sm" variant="default" loading={busy} onClick={onDeputy}>{t('ui.recall.deputy')}</Button> : null}
      </div>
    </li>
  )
}

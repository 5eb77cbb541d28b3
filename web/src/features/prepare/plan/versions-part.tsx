// SPDX-License-Identifier: EUPL-1.2
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { client, type PlanView } from '@/api/client'
import { keepPlan, queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { ErrorState, Loaded } from '@/ui/states'
import { Change, changedName } from './change'
import { today } from './checked-today'
import { bodies, opinions } from './parts'
import style from './plan.module.css'

/** `may`: writes the draft. `decides`: records what the bodies and the director said of it. */
interface Props { facility: string; plan: PlanView; root: string; may: boolean; decides: boolean }

/** How the plan came to be: its versions and their differences, the bodies heard, the director's decision. */
export function VersionsPart({ facility, plan, root, may, decides }: Props) {
  const { t, f } = useWords()
  const { data: versions } = useSuspenseQuery(queries.plan(facility))
  const { version } = plan
  return (
    <div className="stack">
      {version.state === 'draft' ? (
        <>
          <Opinions {...{ facility, plan, decides }} />
          {decides ? <AdoptForm key={version.revision} facility={facility} plan={plan} /> : <p className="small quiet prose">{t('ui.plan.adopt.not_yours')}</p>}
        </>
      ) : null}
      <DataTable
        caption={t('ui.plan.history')}
        rows={versions.items}
        rowKey={(one) => String(one.number)}
        search={false}
        columns={[
          { key: 'number', head: t('ui.plan.history.number'), cell: (one) => <Link to={`${root}/versions?version=${one.number}`} aria-current={one.number === version.number || undefined}>{one.number}</Link>, value: (one) => one.number },
          { key: 'state', head: t('ui.plan.history.state'), cell: (one) => t(`ui.plan.state.${one.state}`), value: (one) => one.state },
          { key: 'adoption', head: t('ui.plan.history.adoption'), cell: (one) => (one.adoption ? t('ui.plan.adopted_by', { day: f.day(one.adoption.day), director: one.adoption.director, reference: one.adoption.reference, in_force: f.day(one.adoption.in_force) }) : '—') },
          { key: 'changed', head: t('ui.plan.history.changed'), cell: (one) => f.instant(one.changed), value: (one) => one.changed, minor: true },
          { key: 'by', head: t('ui.plan.history.by'), cell: (one) => one.changed_by, value: (one) => one.changed_by, minor: true },
        ]}
      />
      {version.state === 'draft' ? null : <OpinionTable plan={plan} />}
      <Differences facility={facility} number={version.number} numbers={versions.items.map(({ number }) => number)} />
      {version.state === 'draft' && may ? <Discard facility={facility} revision={version.revision} /> : null}
    </div>
  )
}

function OpinionTable({ plan }: { plan: PlanView }) {
  const { t, f } = useWords()
  const { version, to_hear } = plan
  return (
    <ul className="tight">
      {bodies.map((body) => {
        const given = version.opinions.find((one) => one.body === body)
        if (!given && !to_hear.includes(body)) return null
        return (
          <li key={body}>
            <b>{t(`ui.plan.body.${body}`)}</b> — {given ? `${t(`ui.plan.opinion.${given.opinion}`)}, ${f.day(given.day)}, ${given.reference}` : `△ ${t('ui.plan.opinion.waited')}`}
            {given && (given.revision ?? 0) < version.revision ? <span className="quiet"> · {t('ui.plan.opinion.older')}</span> : null}
          </li>
        )
      })}
    </ul>
  )
}

function Opinions({ facility, plan, decides }: { facility: string; plan: PlanView; decides: boolean }) {
  const { t, label } = useWords()
  const cache = useQueryClient()
  const [body, setBody] = useState<(typeof bodies)[number]>(plan.to_hear[0] ?? bodies[0])
  const [opinion, setOpinion] = useState<(typeof opinions)[number]>('favourable')
  const [day, setDay] = useState(today)
  const [reference, setReference] = useState('')
  const hear = useMutation({
    mutationFn: () => client.hearOnPlan(facility, { body, opinion, day, reference: reference.trim() }),
    onSuccess: (view) => {
      keepPlan(cache, facility, view)
      setReference('')
      if (view.to_hear[0]) setBody(view.to_hear[0])
    },
  })
  return (
    <section>
      <h2 className="h2">{t('ui.plan.opinions')}</h2>
      <p className="small quiet prose">{t('ui.plan.opinions.what')}</p>
      <OpinionTable plan={plan} />
      {decides ? (
        <form
          className={style.fields}
          onSubmit={(event) => {
            event.preventDefault()
            hear.mutate()
          }}
        >
          <NativeSelect label={t('ui.plan.opinion.body')} value={body} data={bodies.map((one) => ({ value: one, label: t(`ui.plan.body.${one}`) }))} onChange={(event) => setBody(event.currentTarget.value as typeof body)} />
          <NativeSelect label={t('ui.plan.opinion.opinion')} value={opinion} data={opinions.map((one) => ({ value: one, label: label('ui.plan.opinion', one) }))} onChange={(event) => setOpinion(event.currentTarget.value as typeof opinion)} />
          <TextInput label={t('ui.plan.opinion.day')} type="date" required value={day} onChange={(event) => setDay(event.currentTarget.value)} />
          <TextInput label={t('ui.plan.opinion.reference')} required maxLength={200} value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={hear.isPending} disabled={!reference.trim() || !day}>{t('ui.plan.opinion.save')}</Button>
        </form>
      ) : null}
      {hear.error ? <ErrorState inline error={hear.error} /> : null}
    </section>
  )
}

function AdoptForm({ facility, plan }: { facility: string; plan: PlanView }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [given, setGiven] = useState({ director: '', day: today(), reference: '', in_force: today() })
  const adopt = useMutation({
    mutationFn: () => client.adoptPlan(facility, { ...given, seen: plan.version.revision }),
    onSuccess: (view) => keepPlan(cache, facility, view),
  })
  const field = (name: keyof typeof given, type = 'text') => (
    <TextInput label={t(`ui.plan.adopt.${name}`)} type={type} required maxLength={200} value={given[name]} onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })} />
  )
  return (
    <section className="section">
      <h2>{t('ui.plan.adopt')}</h2>
      <p className="small quiet prose">{t('ui.plan.adopt.what')}</p>
      {plan.to_hear.length > 0 ? (
        <p>{t('ui.plan.adopt.missing', { bodies: plan.to_hear.map((one) => t(`ui.plan.body.${one}`)).join(', ') })}</p>
      ) : (
        <form
          className={style.fields}
          onSubmit={(event) => {
            event.preventDefault()
            adopt.mutate()
          }}
        >
          {field('director')}
          {field('day', 'date')}
          {field('reference')}
          {field('in_force', 'date')}
          <Button type="submit" loading={adopt.isPending} disabled={Object.values(given).some((one) => !one.trim())}>{t('ui.plan.adopt.button')}</Button>
        </form>
      )}
      {adopt.error ? <ErrorState inline error={adopt.error} onRetry={() => void cache.invalidateQueries({ queryKey: queries.plan(facility).queryKey })} /> : null}
    </section>
  )
}

function Differences({ facility, number, numbers }: { facility: string; number: number; numbers: number[] }) {
  const words = useWords()
  const { t } = words
  const [from, setFrom] = useState('')
  const asked = useQuery(queries.planDifference(facility, number, Number(from)))
  const others = numbers.filter((one) => one !== number)
  return (
    <section className="section">
      <h2>{t('ui.plan.difference', { to: number })}</h2>
      {others.length > 1 ? <NativeSelect w="16rem" aria-label={t('ui.plan.difference.with')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} data={[{ value: '', label: t('ui.plan.difference.before_it') }, ...others.map((one) => ({ value: String(one), label: t('ui.plan.difference.from', { from: one }) }))]} /> : null}
      <Loaded asked={asked}>
        {(told) => (
          <>
            <p className="small quiet">{told.from === 0 ? t('ui.plan.difference.first', { to: number }) : t('ui.plan.difference.from', { from: told.from })}</p>
            {told.from === 0 ? null : (
              <DataTable
                caption={t('ui.plan.difference', { to: number })}
                rows={told.changes}
                rowKey={(one) => `${one.part} ${one.id}`}
                search={told.changes.length > 8}
                empty={t('ui.plan.difference.none')}
                exportName="plan-difference"
                columns={[
                  { key: 'name', head: t('ui.plan.difference.what'), cell: (one) => changedName(one, words) || '—', value: (one) => changedName(one, words) },
                  { key: 'part', head: t('ui.plan.difference.part'), cell: (one) => t(`ui.plan.part.${one.part}`), value: (one) => t(`ui.plan.part.${one.part}`) },
                  { key: 'kind', head: t('ui.plan.difference.how'), cell: (one) => <Change change={one} />, value: (one) => t(`ui.plan.change.${one.kind}`) },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

/** Erases for good: asked twice, in place. */
function Discard({ facility, revision }: { facility: string; revision: number }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [sure, setSure] = useState(false)
  const discard = useMutation({ mutationFn: () => client.discardPlanDraft(facility, revision), onSuccess: () => cache.invalidateQueries({ queryKey: queries.plan(facility).queryKey }) })
  return (
    <section className="section">
      <p className="small quiet">{t('ui.plan.draft.discard.what')}</p>
      <div className="row">
        {sure ? <Button loading={discard.isPending} onClick={() => discard.mutate()}>{t('ui.plan.draft.discard.sure')}</Button> : null}
        <Button variant="default" onClick={() => setSure(!sure)}>{sure ? t('ui.cancel') : t('ui.plan.draft.discard')}</Button>
      </div>
      {discard.error ? <ErrorState inline error={discard.error} /> : null}
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { client, type PlanView as Plan } from '@/api/client'
import { keepPlan, queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { PageAction } from '@/ui/page'
import { EmptyState, ErrorState, Loaded } from '@/ui/states'
import { useCheckedToday } from './checked-today'
import { GapList } from './gap-list'
import { PartPage } from './part-page'
import { parts, type Part } from './parts'
import { PlanPaper } from './plan-paper'
import style from './plan.module.css'
import { VersionsPart } from './versions-part'

/** The digital white plan of a facility: the draft while there is one, else the version adopted last. */
export function PlanView() {
  const { t } = useWords()
  const { facility = '', part: asked = '' } = useParams()
  const [search] = useSearchParams()
  const session = useSuspenseQuery(queries.session())
  const { data: versions } = useSuspenseQuery(queries.plan(facility))
  const number = Number(search.get('version')) || versions.items[0]?.number || 0
  const plan = useQuery({ ...queries.planVersion(facility, number), enabled: number > 0 })
  const may = session.data.somewhere.includes('edit')
  const decides = session.data.somewhere.includes('adopt')
  const root = `/facilities/${encodeURIComponent(facility)}/plan`

  if (number === 0) {
    return (
      <EmptyState title={t('ui.plan.empty.title')} action={may ? <BeginDraft facility={facility} label={t('ui.plan.empty.button')} /> : undefined} example={t('ui.plan.empty.example')}>
        <p>{t('ui.plan.empty.what')}</p>
      </EmptyState>
    )
  }
  const draft = versions.items.some(({ state }) => state === 'draft')
  return (
    <>
      {may && !draft ? <PageAction><BeginDraft facility={facility} label={t('ui.plan.draft.begin')} /></PageAction> : null}
      <Loaded asked={plan} lines={12}>
        {(shown) => (
          <>
            <p className="quiet no-print">{t('ui.plan.version_is', { number: shown.version.number, state: t(`ui.plan.state.${shown.version.state}`) })}</p>
            <div className={style.layout}>
              <PartNav plan={shown} root={root} current={asked} version={search.get('version')} />
              <div className={style.body}>
                <Body {...{ facility, root, asked }} plan={shown} editable={may && shown.version.state === 'draft'} {...{ may, decides }} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}

interface BodyProps { facility: string; root: string; asked: string; plan: Plan; editable: boolean; may: boolean; decides: boolean }

function Body({ facility, root, asked, plan, editable, may, decides }: BodyProps) {
  const { t } = useWords()
  const checked = useCheckedToday(facility, plan, editable)
  const part = parts.find((one) => one === asked)
  if (part) return <PartPage key={`${part} ${plan.version.number}`} {...{ facility, plan, part, editable, root }} />
  if (asked === 'versions') return <VersionsPart {...{ facility, plan, root, may, decides }} />
  if (asked === 'whole') return <PlanPaper plan={plan} />
  const total = plan.parts.reduce((sum, { gaps }) => sum + gaps, 0)
  return (
    <div className="stack">
      <h2 className="h2">{t('ui.plan.overview')}</h2>
      <div>
        <p>{total === 0 ? t('ui.plan.gaps.none') : t('ui.plan.gaps.whole', { n: total })}</p>
        {checked.line}
      </div>
      {plan.parts.filter(({ gaps }) => gaps > 0).map(({ part: name }) => (
        <section key={name} className="section">
          <h3 className="h3"><Link to={`${root}/${name}`}>{t(`ui.plan.part.${name}`)}</Link></h3>
          <GapList findings={plan.findings.filter(({ place }) => place?.split('/')[0] === name)} root={root} remedy={checked.ofFinding} />
        </section>
      ))}
    </div>
  )
}

interface NavProps { plan: Plan; root: string; current: string; version: string | null }

function PartNav({ plan, root, current, version }: NavProps) {
  const { t } = useWords()
  const gaps = new Map(plan.parts.map(({ part, gaps: n }) => [part, n]))
  const entry = (name: string, label: string, n = 0) => (
    <Link key={name} to={`${root}${name ? `/${name}` : ''}${version ? `?version=${version}` : ''}`} tabIndex={name === current ? 0 : -1} className={`${style.part} ${name === current ? style.here : ''}`} aria-current={name === current ? 'page' : undefined}>
      <span>{label}</span>
      {n > 0 ? <span className={style.lacks} title={t('ui.plan.gaps.count', { n })}>△ {n}</span> : null}
    </Link>
  )
  return (
    <nav className={`${style.parts} ${current ? style.inside : ''} no-print`} aria-label={t('ui.plan.parts')} onKeyDown={walk}>
      {entry('', t('ui.plan.overview'))}
      {parts.map((part: Part) => entry(part, t(`ui.plan.part.${part}`), gaps.get(part)))}
      {entry('versions', t('ui.plan.versions'))}
      {entry('whole', t('ui.plan.whole'))}
    </nav>
  )
}

/** One stop for Tab, arrows inside: sixteen parts are not to be walked through on the way to a page. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('a')].filter((one) => one.offsetParent !== null)
  stops[(stops.indexOf(document.activeElement as HTMLElement) + step + stops.length) % stops.length]?.focus()
}

function BeginDraft({ facility, label }: { facility: string; label: string }) {
  const cache = useQueryClient()
  const begin = useMutation({ mutationFn: () => client.beginPlanDraft(facility), onSuccess: (view) => keepPlan(cache, facility, view) })
  return (
    <>
      <Button loading={begin.isPending} onClick={() => begin.mutate()}>{label}</Button>
      {begin.error ? <ErrorState inline error={begin.error} /> : null}
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { Outcome } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Findings } from '@/ui/findings'
import { EmptyState, Loaded } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { Doors } from './doors'
import { LossCurve } from './loss-curve'
import { Measures } from './measures'
import { no_choice } from './choice'
import { RunBar } from './run-bar'
import { ServicesOverTime } from './services-over-time'
import { StoryPart } from './story-part'

const parts = ['services', 'loss', 'doors', 'measures', 'story'] as const
type Part = (typeof parts)[number]

/** One run and its five readings. A run in progress leaves the former answer on screen. */
export function AssessmentView() {
  const { t, f } = useWords()
  const { facility = '', part: asked } = useParams()
  const [search] = useSearchParams()
  const query = search.toString()
  const { data: assessments } = useSuspenseQuery(queries.assessments(facility))
  const { data: about } = useSuspenseQuery(queries.facility(facility))
  const part: Part = parts.find((one) => one === asked) ?? 'services'
  const done = assessments.items.filter(({ state }) => state === 'done')
  const run = done.find(({ id }) => id === search.get('run')) ?? done[0]
  const running = assessments.items.find(({ state }) => state === 'running')
  const first = useQuery(queries.preliminary(facility, run ? undefined : running))
  const outcome = useQuery({ ...queries.outcome(facility, run?.id ?? ''), enabled: run !== undefined })
  const root = `/facilities/${encodeURIComponent(facility)}`
  const services = about.counts.find(({ element }) => element === 'service' || element === 'services')?.count ?? 0

  if (services === 0 && assessments.items.length === 0) {
    return (
      <EmptyState title={t('ui.assessment.no_services')} action={<Link to={`${root}/imports`}>{t('ui.empty.button')}</Link>}>
        <p>{t('ui.assessment.no_services.what')}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <RunBar facility={facility} assessments={assessments.items} run={run} />
      {run ? (
        <>
          <Tabs
            label={t('ui.assessment.parts')}
            tabs={parts.map((one) => ({ to: `${root}/assessment/${one}${query && `?${query}`}`, label: t(`ui.assessment.${one}`), current: one === part }))}
          />
          <Loaded asked={outcome} lines={10}>
            {(shown) => <Reading key={run.id} {...{ facility, part, outcome: shown, assessment: run.id }} />}
          </Loaded>
        </>
      ) : running && first.data ? (
        <>
          <p style={{ margin: '1.2rem 0' }}><b>{t('ui.preliminary.mark', { worlds: f.whole(first.data.worlds) })}</b> {t('ui.preliminary.what')}</p>
          <ServicesOverTime outcome={first.data} />
        </>
      ) : (
        <EmptyState title={t(running ? 'ui.assessment.first' : 'ui.assessment.none')} example={t('ui.assessment.none.example')}>
          <p>{t(running ? 'ui.assessment.first.what' : 'ui.assessment.none.what')}</p>
        </EmptyState>
      )}
    </>
  )
}

/** The ticked measures live here, so that they survive a look at another tab. */
function Reading({ facility, part, outcome, assessment }: { facility: string; part: Part; outcome: Outcome; assessment: string }) {
  const { t } = useWords()
  const [choice, setChoice] = useState(no_choice)
  return (
    <>
      {part === 'services' ? <ServicesOverTime outcome={outcome} /> : null}
      {part === 'loss' ? <LossCurve loss={outcome.loss} endings={outcome.endings} /> : null}
      {part === 'doors' ? <Doors kinds={outcome.door_kinds} doors={outcome.doors} chokePoints={outcome.choke_points} /> : null}
      {part === 'measures' ? <Measures {...{ facility, assessment, outcome, choice }} onChoice={setChoice} /> : null}
      {part === 'story' ? <StoryPart {...{ facility, assessment, outcome }} /> : null}
      {outcome.findings.length > 0 && part === 'services' ? (
        <section className="section">
          <h2>{t('ui.assessment.findings')}</h2>
          <Findings findings={outcome.findings} />
        </section>
      ) : null}
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Findings } from '@/ui/findings'
import { PageAction } from '@/ui/page'
import { EmptyFacility } from './empty-facility'
import { NextQuestion } from './next-question'
import { RunningLine } from './running-line'
import { Sentences } from './sentences'
import { SharedSites } from './shared-sites'
import { TrustLine } from './trust-line'

/** Four questions in this order, each one sentence, one figure, one link. */
export function OverviewView() {
  const { t } = useWords()
  const { facility: id = '' } = useParams()
  const { data: facility } = useSuspenseQuery(queries.facility(id))
  const { data: assessments } = useSuspenseQuery(queries.assessments(id))
  const latest = assessments.items.find((one) => one.state === 'done') // newest first
  const running = assessments.items.find((one) => one.state === 'running')
  const first = useQuery(queries.preliminary(id, latest ? undefined : running))
  const outcome = useQuery({ ...queries.outcome(id, latest?.id ?? ''), enabled: latest !== undefined })
  const to = `/facilities/${encodeURIComponent(id)}`

  if (facility.counts.every(({ count }) => count === 0)) return <EmptyFacility facility={id} />
  return (
    <>
      <PageAction>
        <Button component={Link} to={`${to}/assessment`}>{t(latest || running ? 'ui.overview.see_assessment' : 'ui.overview.assess')}</Button>
      </PageAction>
      {running ? <RunningLine assessment={running} first={first.data} /> : null}
      <Sentences headline={latest?.headline ?? (running && first.data ? first.data.headline : null)} preliminary={!latest} waiting={running !== undefined} to={to} />
      <TrustLine facility={facility} assessment={latest} />
      {outcome.data?.questions[0] ? <NextQuestion facility={id} questions={outcome.data.questions} /> : null}
      <section className="section">
        <h2>{t('ui.overview.findings')}</h2>
        {facility.findings.length > 0 ? <Findings findings={facility.findings} /> : <p className="quiet">{t('ui.overview.no_findings')}</p>}
      </section>
      <SharedSites facility={facility} />
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import type { Assessment, Outcome } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Progress } from '@/ui/progress'

/** A run in progress: where it stands, and how much its first answer is worth. It is cancelled on the assessment. */
export function RunningLine({ assessment, first }: { assessment: Assessment; first: Outcome | undefined }) {
  const { t, f } = useWords()
  const job = useQuery(queries.job(assessment.job))
  return (
    <div style={{ marginBottom: '1.2rem' }}>
      <Progress label={t('ui.overview.running')} share={job.data?.progress ?? 0} />
      {first ? <p style={{ marginTop: '0.6rem' }}><b>{t('ui.preliminary.mark', { worlds: f.whole(first.worlds) })}</b> {t('ui.preliminary.what')}</p> : null}
    </div>
  )
}

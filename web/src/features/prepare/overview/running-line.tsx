// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import type { Assessment } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Progress } from '@/ui/progress'

/** A run in progress: where it stands. It is cancelled where it was started, on the assessment. */
export function RunningLine({ assessment }: { assessment: Assessment }) {
  const { t } = useWords()
  const job = useQuery(queries.job(assessment.job))
  return (
    <div style={{ marginBottom: '1.2rem' }}>
      <Progress label={t('ui.overview.running')} share={job.data?.progress ?? 0} />
    </div>
  )
}

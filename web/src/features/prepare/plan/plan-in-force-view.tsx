// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { EmptyState } from '@/ui/states'
import { PlanPaper } from './plan-paper'

/** The plan that the director adopted, for whoever is called in the night: to read, search and print, nothing else. */
export function PlanInForceView() {
  const { t } = useWords()
  const { facility = '' } = useParams()
  const { data: plan } = useSuspenseQuery(queries.planInForce(facility))
  if (plan === null) return <EmptyState title={t('plan.none_in_force')}><p>{t('ui.plan_in_force.none')}</p></EmptyState>
  return <PlanPaper plan={plan} />
}

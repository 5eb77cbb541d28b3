// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation, useParams } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { EmptyState } from '@/ui/states'
import { PaperPart } from './paper-part'
import { PlanPaper } from './plan-paper'

/** The plan that the director adopted, for whoever is called in the night: to read, search, print and have on paper beforehand. */
export function PlanInForceView() {
  const { t } = useWords()
  const { facility = '' } = useParams()
  const { hash } = useLocation()
  const { data: plan } = useSuspenseQuery(queries.planInForce(facility))
  // The codes on paper lead to their own card: "#cards/<id>".
  useEffect(() => {
    document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView()
  }, [hash])
  if (plan === null) return <EmptyState title={t('plan.none_in_force')}><p>{t('ui.plan_in_force.none')}</p></EmptyState>
  return (
    <>
      <PaperPart facility={facility} />
      <PlanPaper plan={plan} />
    </>
  )
}

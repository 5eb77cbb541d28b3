// SPDX-License-Identifier: EUPL-1.2
import { useQueries, useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Navigate, useLocation, useParams } from 'react-router'
import { queries } from '@/api/queries'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { Page, type Crumb } from '@/ui/page'
import { ErrorState, LoadingState } from '@/ui/states'
import { screenAt, type Screen } from './screens'

/** Head, then the screen's state: shape while what it needs is on its way, failure, or the view itself. */
export function ScreenFrame({ screen }: { screen: Screen }) {
  const { t } = useWords()
  const { facility = '', place = '', room = '' } = useParams()
  const { pathname } = useLocation()
  const asked = useQueries({ queries: screen.load({ facility, place, room }) as UseQueryOptions[] })
  // Whoever is called in the night sees the crisis part alone: no list of facilities, no way back to an overview.
  const views = useQuery(queries.session()).data?.somewhere.includes('view') ?? false
  const facilities = useQuery({ ...queries.facilities(), enabled: facility !== '' && views })
  const named = facilities.data?.items.find(({ id }) => id === facility)
  const failed = asked.find((one) => one.error && one.data === undefined)
  const waiting = asked.some((one) => one.data === undefined)

  const crumbs: Crumb[] = facility && views
    ? [{ label: named?.fictional ? t('ui.facility.fictional', { name: named.name }) : (named?.name ?? facility), to: `/facilities/${encodeURIComponent(facility)}/overview` }, { label: t(`ui.space.${screen.space}`) }]
    : [{ label: t(`ui.space.${screen.space}`) }]
  const retry = () => asked.forEach((one) => void one.refetch())
  return (
    <Page crumbs={crumbs} title={t(screen.title)} bare={screenAt(pathname).frame === 'wall'}>
      {failureOf(failed?.error).status === 401 ? (
        <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname)}`} />
      ) : failed ? (
        <ErrorState error={failed.error} onRetry={retry} />
      ) : waiting ? (
        <LoadingState />
      ) : (
        <Suspense fallback={<LoadingState />}>
          <screen.view />
        </Suspense>
      )}
    </Page>
  )
}

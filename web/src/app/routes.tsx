// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import { Navigate, useRouteError, type RouteObject } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Page } from '@/ui/page'
import { EmptyState, ErrorState, Loaded } from '@/ui/states'
import { ScreenFrame } from './screen-frame'
import { screens } from './screens'
import { Shell } from './shell'

function Broken() {
  const error = useRouteError()
  return <ErrorState error={error} onRetry={() => location.reload()} />
}

/** The first facility, or the form that makes one. */
function Home() {
  const { t } = useWords()
  const session = useQuery(queries.session())
  return (
    <Page crumbs={[]} title={t('ui.product')}>
      <Loaded asked={session}>
        {({ facility }) => <Navigate replace to={facility ? `/facilities/${encodeURIComponent(facility)}/overview` : '/new'} />}
      </Loaded>
    </Page>
  )
}

function Nowhere() {
  const { t } = useWords()
  return (
    <Page crumbs={[]} title={t('ui.nowhere.title')}>
      <EmptyState title={t('ui.nowhere.what')} action={<a href="/">{t('ui.nowhere.home')}</a>} />
    </Page>
  )
}

export const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      { path: '/', element: <Home /> },
      { path: '/facilities/:facility', element: <Navigate replace to="overview" /> },
      ...screens.map((screen) => ({ path: screen.path, element: <ScreenFrame key={screen.id} screen={screen} />, errorElement: <Broken /> })),
      { path: '*', element: <Nowhere /> },
    ],
  },
]

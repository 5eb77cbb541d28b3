// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useRouteError, type RouteObject } from 'react-router'
import { queries } from '@/api/queries'
import { InvitationView } from '@/features/steer/access/invitation-view'
import { AnswerView } from '@/features/respond/recall/answer-view'
import { SignInView } from '@/features/steer/access/sign-in-view'
import { failureOf } from '@/lib/failure'
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
  if (failureOf(session.error).status === 401) return <Navigate replace to="/sign-in" />
  return (
    <Page crumbs={[]} title={t('ui.product')}>
      <Loaded asked={session}>
        {({ facility, somewhere, everywhere, needs_phone }) => {
          if (facility && somewhere.includes('view')) return <Navigate replace to={`/facilities/${encodeURIComponent(facility)}/overview`} />
          if (everywhere.includes('edit')) return <Navigate replace to="/new" />
          if (needs_phone) return <Navigate replace to="/account" />
          if (somewhere.includes('indicators') && !somewhere.includes('crisis')) return <Navigate replace to="/places" />
          const only = somewhere.includes('crisis') ? 'ui.home.crisis' : 'ui.home.nothing'
          const doors = somewhere.includes('crisis') && facility ? <CrisisDoors facility={facility} /> : undefined
          return <EmptyState title={t(only)} action={doors}><p>{t(`${only}.what`)}</p></EmptyState>
        }}
      </Loaded>
    </Page>
  )
}

/** What one comes for in the night: the room that is open, or the button that opens one; then the plan. */
function CrisisDoors({ facility }: { facility: string }) {
  const { t } = useWords()
  const rooms = useQuery(queries.rooms(facility))
  const root = `/facilities/${encodeURIComponent(facility)}`
  const open = rooms.data?.items.filter(({ closed }) => closed === null) ?? []
  return (
    <div className="stack">
      {open.map(({ id, name }) => <Button key={id} size="xl" component={Link} to={`${root}/room/${id}`}>{t('ui.room.banner.open')} – {name}</Button>)}
      {rooms.isPending ? null : <Button size={open.length > 0 ? 'md' : 'xl'} variant={open.length > 0 ? 'default' : 'filled'} component={Link} to={`${root}/activate`}>{t('ui.room.activate')}</Button>}
      <Link to={`${root}/plan-in-force`}>{t('ui.plan_in_force.read')}</Link>
    </div>
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
  { path: '/sign-in', element: <SignInView />, errorElement: <Broken /> },
  { path: '/answer', element: <AnswerView />, errorElement: <Broken /> },
  { path: '/invitation', element: <InvitationView />, errorElement: <Broken /> },
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

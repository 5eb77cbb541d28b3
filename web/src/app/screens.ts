// SPDX-License-Identifier: EUPL-1.2
// THE list of screens. From it: router, navigation, palette, document title, and a generated test of the four states.
import { lazy, type ComponentType } from 'react'
import { matchPath } from 'react-router'
import type { Session } from '@/api/client'
import { nation, queries } from '@/api/queries'

export type Space = 'prepare' | 'respond' | 'steer' | 'instance'
/** What the reader must be allowed to do to see the screen; the server checks it again. */
export type Right = Session['somewhere'][number]
export interface Asked { queryKey: readonly unknown[] }

/** How much of the frame is around it: a room needs the width; a wall has nobody at its keys. */
export type Frame = 'desk' | 'wide' | 'wall'

export interface Screen {
  id: string
  path: string
  title: string
  space: Space
  right: Right
  /** In the rail and the palette. */
  listed: boolean
  /** What must be there before the view is shown. */
  load: (at: { facility: string; place: string; room: string }) => Asked[]
  frame?: (at: { room?: string; part?: string }) => Frame
  view: ComponentType
}

const facility_root = '/facilities/:facility'

export const screens: Screen[] = [
  {
    id: 'overview', path: `${facility_root}/overview`, title: 'ui.overview.title', space: 'prepare', right: 'view', listed: true,
    load: ({ facility }) => [queries.facility(facility), queries.assessments(facility)],
    view: lazy(async () => ({ default: (await import('@/features/prepare/overview/overview-view')).OverviewView })),
  },
  {
    id: 'imports', path: `${facility_root}/imports/:import?`, title: 'ui.imports.title', space: 'prepare', right: 'edit', listed: true,
    load: ({ facility }) => [queries.imports(facility)],
    view: lazy(async () => ({ default: (await import('@/features/prepare/imports/imports-view')).ImportsView })),
  },
  {
    id: 'cartography', path: `${facility_root}/cartography/:layer?`, title: 'ui.cartography.title', space: 'prepare', right: 'view', listed: true,
    load: ({ facility }) => [queries.facility(facility)],
    view: lazy(async () => ({ default: (await import('@/features/prepare/cartography/cartography-view')).CartographyView })),
  },
  {
    id: 'assessment', path: `${facility_root}/assessment/:part?`, title: 'ui.assessment.title', space: 'prepare', right: 'run', listed: true,
    load: ({ facility }) => [queries.facility(facility), queries.assessments(facility)],
    view: lazy(async () => ({ default: (await import('@/features/prepare/assessment/assessment-view')).AssessmentView })),
  },
  {
    id: 'plan', path: `${facility_root}/plan/:part?`, title: 'ui.plan.title', space: 'prepare', right: 'view', listed: true,
    load: ({ facility }) => [queries.session(), queries.plan(facility)],
    view: lazy(async () => ({ default: (await import('@/features/prepare/plan/plan-view')).PlanView })),
  },
  {
    id: 'activate', path: `${facility_root}/activate`, title: 'ui.activate.title', space: 'respond', right: 'crisis', listed: true,
    load: ({ facility }) => [queries.rooms(facility)],
    view: lazy(async () => ({ default: (await import('@/features/respond/crisis/activate-view')).ActivateView })),
  },
  {
    id: 'room', path: `${facility_root}/room/:room?/:part?`, title: 'ui.room.title', space: 'respond', right: 'crisis', listed: true,
    load: ({ facility, room }) => (room ? [queries.room(facility, room)] : [queries.rooms(facility)]),
    frame: ({ room, part }) => (part === 'wall' ? 'wall' : room ? 'wide' : 'desk'),
    view: lazy(async () => ({ default: (await import('@/features/respond/crisis/room-view')).RoomView })),
  },
  {
    id: 'plan-in-force', path: `${facility_root}/plan-in-force`, title: 'ui.plan_in_force.title', space: 'respond', right: 'crisis', listed: true,
    load: ({ facility }) => [queries.session(), queries.planInForce(facility)],
    view: lazy(async () => ({ default: (await import('@/features/prepare/plan/plan-in-force-view')).PlanInForceView })),
  },
  {
    id: 'recall', path: `${facility_root}/recall/:part?`, title: 'ui.recall.title', space: 'respond', right: 'crisis', listed: true,
    load: ({ facility }) => [queries.session(), queries.rooms(facility), queries.callChoices(facility)],
    view: lazy(async () => ({ default: (await import('@/features/respond/recall/recall-view')).RecallView })),
  },
  {
    id: 'registry', path: '/places/:place?', title: 'ui.registry.title', space: 'steer', right: 'signed_in', listed: true,
    load: ({ place }) => [queries.place(place || nation)],
    view: lazy(async () => ({ default: (await import('@/features/steer/registry/registry-view')).RegistryView })),
  },
  {
    id: 'registry-imports', path: '/registry/imports/:import?', title: 'ui.registry_imports.title', space: 'steer', right: 'steer', listed: true,
    load: () => [queries.registryImports()],
    view: lazy(async () => ({ default: (await import('@/features/steer/registry/registry-imports-view')).RegistryImportsView })),
  },
  {
    id: 'populations', path: '/populations/:population?', title: 'ui.populations.title', space: 'steer', right: 'steer', listed: true,
    load: () => [queries.populations()],
    view: lazy(async () => ({ default: (await import('@/features/steer/registry/populations-view')).PopulationsView })),
  },
  {
    id: 'settings', path: '/settings/:part?', title: 'ui.settings.title', space: 'instance', right: 'view', listed: true,
    load: () => [queries.session(), queries.tables()],
    view: lazy(async () => ({ default: (await import('@/features/settings/settings-view')).SettingsView })),
  },
  {
    id: 'people', path: '/people/:part?', title: 'ui.people.title', space: 'instance', right: 'grant', listed: true,
    load: () => [queries.session(), queries.roles(), queries.people(), queries.sealedCodes()],
    view: lazy(async () => ({ default: (await import('@/features/steer/access/people-view')).PeopleView })),
  },
  {
    id: 'audit', path: '/audit', title: 'ui.audit.title', space: 'instance', right: 'audit', listed: true,
    load: () => [queries.session()],
    view: lazy(async () => ({ default: (await import('@/features/steer/access/audit-view')).AuditView })),
  },
  {
    id: 'account', path: '/account', title: 'ui.account.title', space: 'instance', right: 'signed_in', listed: true,
    load: () => [queries.session(), queries.account()],
    view: lazy(async () => ({ default: (await import('@/features/steer/access/account-view')).AccountView })),
  },
  {
    id: 'new-facility', path: '/new', title: 'ui.new_facility.title', space: 'instance', right: 'edit', listed: false,
    load: () => [queries.facilities()],
    view: lazy(async () => ({ default: (await import('@/features/settings/new-facility-view')).NewFacilityView })),
  },
]

/** What this reader can do something with; all of them until it is known who reads. */
export function screensFor(session: Session | undefined, facility: string): Screen[] {
  const may = (right: Right) => right === 'signed_in' || session === undefined || session.somewhere.includes(right)
  return screens.filter((screen) => screen.listed && may(screen.right) && (facility !== '' || !screen.path.startsWith(facility_root)))
}

/** The address of a screen for a facility, its optional parts left out. */
export function addressOf(screen: Pick<Screen, 'path'>, facility: string): string {
  return screen.path.replace(':facility', encodeURIComponent(facility)).replace(/\/:\w+\?/g, '')
}

/** The screen at an address: its space, and how much of the frame is around it. */
export function screenAt(pathname: string): { space: Space | undefined; frame: Frame } {
  for (const { path, space, frame } of screens) {
    const match = matchPath(path, pathname)
    if (match) return { space, frame: frame?.(match.params) ?? 'desk' }
  }
  return { space: undefined, frame: 'desk' }
}

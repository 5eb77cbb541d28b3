// SPDX-License-Identifier: EUPL-1.2
// What the page keeps of the server, by name. Live events (events.ts) refresh these same names.
import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { belongTo, copyOf, keepCopy } from '@/lib/copies'
import { failureOf } from '@/lib/failure'
import { client, type Assessment, type Cut, type Hierarchy, type Layer, type LineRow, type LineRows, type MeasureCost, type PlaceKind, type PlanView, type Session } from './client'
import { isAway, unreachedSince } from './reach'

const page_size = 1000
/** The place that holds all others. */
export const nation = 'FR'
/** Along which hierarchy a place of this kind holds others; a site holds none. */
export const holds: Partial<Record<PlaceKind, Hierarchy>> = { nation: 'region', region: 'region', ght: 'ght', legal: 'legal' }
const trail_page = 200

/** So long, in ms, a server that is known to be away is waited for; whatever it says later is asked for again then. */
const patience_while_away = 1_000

/** What the server says; while it is away, what the page has: what is on the screen gets no older. A page that has
    nothing yet takes the copy of what was said last. A server that answers elsewhere is not away: its refusal is told, so
    that it is asked again less and less; what is on the screen stays all the same. */
async function copied<T>(cache: QueryClient, name: readonly string[], ask: () => Promise<T>): Promise<T> {
  const shown = () => cache.getQueryData<T>(name)
  const had = async () => (shown() === undefined ? copyOf<T>(name.join('/')) : shown())
  const said = ask().then(
    (fresh) => {
      void keepCopy(name.join('/'), fresh)
      return fresh
    },
    async (error: unknown) => {
      const old = unreachedSince() !== null && isAway(failureOf(error)) ? await had() : undefined
      if (old === undefined) throw error
      return old
    },
  )
  const old = unreachedSince() === null ? undefined : await had()
  return old === undefined ? said : Promise.race([said, new Promise<T>((show) => setTimeout(() => show(shown() ?? old), patience_while_away))])
}

/** Lines that were read, and further ones: each once, in the order of arrival. */
export function joinLines(have: LineRow[], more: LineRow[]): LineRow[] {
  const last = have.at(-1)?.arrived ?? 0
  if (more.every(({ arrived }, i) => arrived === last + 1 + i)) return [...have, ...more]
  return [...new Map([...have, ...more].map((row) => [row.arrived, row])).values()].sort((a, b) => a.arrived - b.arrived)
}

/** Lines never change: only those after the last one known are asked for, a page after the other, and that one with them:
    where another line stands under its number, a server was restored from older data, and it is another journal. */
async function readOn(facility: string, room: string, have: LineRow[], stop: AbortSignal): Promise<LineRows> {
  let items = have
  for (;;) {
    const last = items.at(-1)
    const { items: read, through } = await client.lines(facility, room, last ? last.arrived - 1 : 0, stop)
    if (last && read[0]?.hash !== last.hash) {
      items = []
      continue
    }
    const more = last ? read.slice(1) : read
    items = joinLines(items, more)
    if (more.length === 0 || (items.at(-1)?.arrived ?? 0) >= through) return { items, through }
  }
}

/** Another person than before, in the same page: what was read for the one before is forgotten, also what is still on its way. */
async function whoIsHere(cache: QueryClient, stop: AbortSignal): Promise<Session> {
  const before = cache.getQueryData<Session>(['session'])?.user
  const session = await client.session(stop)
  await belongTo(session.user)
  if (before !== undefined && before !== session.user) void cache.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  return session
}

const rooms_seldom = 120_000

export const queries = {
  session: () => queryOptions({ queryKey: ['session'], queryFn: ({ client: cache, queryKey, signal }) => copied(cache, queryKey, () => whoIsHere(cache, signal)), staleTime: Infinity }),
  facilities: () => queryOptions({ queryKey: ['facilities'], queryFn: ({ signal }) => client.facilities(signal) }),
  facility: (facility: string) =>
    queryOptions({ queryKey: ['facility', facility], queryFn: ({ signal }) => client.facility(facility, signal) }),
  imports: (facility: string) =>
    queryOptions({ queryKey: ['facility', facility, 'imports'], queryFn: ({ signal }) => client.imports(facility, signal) }),
  /** A whole layer, a page after the other: sorting, searching and filtering then need no server. */
  elements: (facility: string, layer: Layer) =>
    infiniteQueryOptions({
      queryKey: ['facility', facility, 'elements', layer],
      queryFn: ({ signal, pageParam }) => client.elements(facility, { layer, page: pageParam, size: page_size }, signal),
      initialPageParam: 1,
      getNextPageParam: (last, pages) => (last.items.length > 0 && pages.length * page_size < last.total ? pages.length + 1 : undefined),
    }),
  element: (facility: string, element: string) =>
    queryOptions({
      queryKey: ['facility', facility, 'element', element],
      queryFn: ({ signal }) => client.element(facility, element, signal),
      placeholderData: keepPreviousData,
    }),
  fall: (facility: string, element: string) =>
    queryOptions({ queryKey: ['facility', facility, 'fall', element], queryFn: ({ signal }) => client.fall(facility, element, signal) }),
  assessments: (facility: string) =>
    queryOptions({ queryKey: ['facility', facility, 'assessments'], queryFn: ({ signal }) => client.assessments(facility, signal) }),
  plan: (facility: string) => queryOptions({ queryKey: ['plan', facility], queryFn: ({ signal }) => client.plan(facility, signal) }),
  /** None in force is an answer, not a failure. */
  planInForce: (facility: string) =>
    queryOptions({
      queryKey: ['plan', facility, 'in-force'],
      queryFn: ({ client: cache, queryKey, signal }) => copied(cache, queryKey, () => client.planInForce(facility, signal)).catch((error: unknown) => (failureOf(error).said.code === 'plan.none_in_force' ? null : Promise.reject(error as Error))),
    }),
  /** While a set is being made events tell of it; the poll is for whoever is not told of jobs. */
  paper: (facility: string) =>
    queryOptions({
      queryKey: ['plan', facility, 'paper'],
      queryFn: ({ signal }) => client.paper(facility, signal),
      refetchInterval: (query) => (['queued', 'running'].includes(query.state.data?.job?.state ?? '') ? 2000 : false),
    }),
  planVersion: (facility: string, number: number) =>
    queryOptions({ queryKey: ['plan', facility, number], queryFn: ({ signal }) => client.planVersion(facility, number, signal) }),
  planDifference: (facility: string, number: number, from: number) =>
    queryOptions({ queryKey: ['plan', facility, number, 'difference', from], queryFn: ({ signal }) => client.planDifference(facility, number, from, signal) }),
  rooms: (facility: string) => queryOptions({ queryKey: ['rooms', facility], queryFn: ({ client: cache, queryKey, signal }) => copied(cache, queryKey, () => client.rooms(facility, signal)) }),
  /** Read again when a stream tells of a line, and seldom where a proxy holds the stream back. */
  room: (facility: string, room: string) =>
    queryOptions({ queryKey: ['room', facility, room], queryFn: ({ client: cache, queryKey, signal }) => copied(cache, queryKey, () => client.room(facility, room, signal)), refetchInterval: rooms_seldom, enabled: room !== '' }),
  /** The forecast moves with time, also when nobody declares anything. */
  board: (facility: string, room: string) =>
    queryOptions({ queryKey: ['room', facility, room, 'board'], queryFn: ({ client: cache, queryKey, signal }) => copied(cache, queryKey, () => client.board(facility, room, signal)), refetchInterval: rooms_seldom }),
  boardIfCut: (facility: string, room: string, cut: Cut) =>
    queryOptions({ queryKey: ['room', facility, room, 'board', cut], queryFn: ({ signal }) => client.boardIfCut(facility, room, cut, signal), gcTime: 0 }),
  lines: (facility: string, room: string) =>
    queryOptions({
      queryKey: ['room', facility, room, 'lines'],
      queryFn: async ({ client: cache, queryKey, signal }) => {
        const known = () => cache.getQueryData<LineRows>(queryKey)?.items
        const begin = known() ?? (await copyOf<LineRows>(queryKey.join('/')))?.items ?? []
        const read = await copied(cache, queryKey, () => readOn(facility, room, begin, signal))
        // A line that came live while these were asked for is not forgotten.
        const after = Math.max(read.through, begin.at(-1)?.arrived ?? 0)
        return { ...read, items: joinLines(read.items, (known() ?? []).filter(({ arrived }) => arrived > after)) }
      },
      staleTime: Infinity,
    }),
  roomDocument: (facility: string, room: string, document: string) =>
    queryOptions({ queryKey: ['room', facility, room, 'document', document], queryFn: ({ signal }) => client.roomDocument(facility, room, document, signal), staleTime: 0, gcTime: 0, enabled: document !== '' }),
  // A finished outcome never changes: replayed from its seed it gives the same bits.
  outcome: (facility: string, assessment: string) =>
    queryOptions({
      queryKey: ['outcome', facility, assessment],
      queryFn: ({ signal }) => client.outcome(facility, assessment, signal),
      staleTime: Infinity,
    }),
  /** The first answer of a run in progress. Until there is one the server refuses; an event, or this poll, brings it. */
  preliminary: (facility: string, run: Assessment | undefined) =>
    queryOptions({
      queryKey: ['preliminary', facility, run?.id ?? ''],
      queryFn: ({ signal }) => client.preliminary(facility, run?.id ?? '', signal),
      enabled: run !== undefined,
      retry: false,
      staleTime: Infinity,
      refetchInterval: (query) => (query.state.data ? false : 2000),
    }),
  whatIf: (facility: string, assessment: string, measures: string[], costs: MeasureCost[]) =>
    queryOptions({
      queryKey: ['what-if', facility, assessment, measures, costs],
      queryFn: ({ signal }) => client.whatIf(facility, assessment, measures, costs, signal),
      placeholderData: keepPreviousData,
      staleTime: Infinity,
    }),
  frontier: (facility: string, assessment: string) =>
    queryOptions({
      queryKey: ['frontier', facility, assessment],
      queryFn: ({ signal }) => client.frontier(facility, assessment, signal),
      staleTime: Infinity,
    }),
  story: (facility: string, assessment: string, world: number) =>
    queryOptions({
      queryKey: ['story', facility, assessment, world],
      queryFn: ({ signal }) => client.story(facility, assessment, world, signal),
      staleTime: Infinity,
    }),
  /** Events tell of jobs; the slow poll only covers a lost event stream. */
  job: (job: string) =>
    queryOptions({
      queryKey: ['job', job],
      queryFn: ({ signal }) => client.job(job, signal),
      refetchInterval: (query) => (['queued', 'running', undefined].includes(query.state.data?.state) ? 2000 : false),
      enabled: job !== '',
    }),
  place: (place: string) => queryOptions({ queryKey: ['registry', 'place', place], queryFn: ({ signal }) => client.place(place, signal) }),
  placeSummary: (place: string, hierarchy: Hierarchy) =>
    queryOptions({ queryKey: ['registry', 'summary', place, hierarchy], queryFn: ({ signal }) => client.placeSummary(place, hierarchy, signal) }),
  /** Given to the server at its start. */
  outlines: () => queryOptions({ queryKey: ['outlines'], queryFn: ({ signal }) => client.outlines(signal), staleTime: Infinity }),
  indicators: (place: string, hierarchy: Hierarchy) =>
    queryOptions({ queryKey: ['indicators', place, hierarchy], queryFn: ({ signal }) => client.indicators(place, hierarchy, signal) }),
  places: (query: Parameters<typeof client.places>[0]) =>
    queryOptions({ queryKey: ['registry', 'places', query], queryFn: ({ signal }) => client.places(query, signal), placeholderData: keepPreviousData }),
  placeSearch: (words: string) =>
    queryOptions({ queryKey: ['registry', 'search', words], queryFn: ({ signal }) => client.places({ q: words, size: 12 }, signal), placeholderData: keepPreviousData }),
  compared: (places: string[]) =>
    queryOptions({ queryKey: ['registry', 'compare', places], queryFn: ({ signal }) => client.comparePlaces(places, signal), placeholderData: keepPreviousData }),
  registryImports: () => queryOptions({ queryKey: ['registry', 'imports'], queryFn: ({ signal }) => client.registryImports(signal) }),
  registryImport: (id: string) => queryOptions({ queryKey: ['registry', 'imports', id], queryFn: ({ signal }) => client.registryImport(id, signal) }),
  populations: () => queryOptions({ queryKey: ['registry', 'populations'], queryFn: ({ signal }) => client.populations(signal) }),
  population: (id: string) => queryOptions({ queryKey: ['registry', 'populations', id], queryFn: ({ signal }) => client.population(id, signal) }),
  staff: (facility: string, query: Parameters<typeof client.staff>[1]) =>
    queryOptions({ queryKey: ['recall', facility, 'staff', query], queryFn: ({ signal }) => client.staff(facility, query, signal), placeholderData: keepPreviousData }),
  callChoices: (facility: string) => queryOptions({ queryKey: ['recall', facility, 'choices'], queryFn: ({ signal }) => client.callChoices(facility, signal) }),
  recalled: (facility: string, room: string) =>
    queryOptions({ queryKey: ['recall', facility, 'room', room], queryFn: ({ signal }) => client.recalled(facility, room, signal), enabled: room !== '' }),
  channels: () => queryOptions({ queryKey: ['channels'], queryFn: ({ signal }) => client.channels(signal) }),
  account: () => queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => client.account(signal) }),
  doors: () => queryOptions({ queryKey: ['account', 'doors'], queryFn: ({ signal }) => client.doors(signal) }),
  providers: () => queryOptions({ queryKey: ['providers'], queryFn: ({ signal }) => client.providers(signal), staleTime: Infinity, retry: false }),
  personDoors: (person: string) => queryOptions({ queryKey: ['people', person, 'doors'], queryFn: ({ signal }) => client.personDoors(person, signal), retry: false }),
  passkeys: () => queryOptions({ queryKey: ['passkeys'], queryFn: ({ signal }) => client.passkeys(signal) }),
  roles: () => queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => client.roles(signal), staleTime: Infinity }),
  people: () => queryOptions({ queryKey: ['people'], queryFn: ({ signal }) => client.people(signal) }),
  shares: (facility: string) => queryOptions({ queryKey: ['shares', facility], queryFn: ({ signal }) => client.shares(facility, signal) }),
  sealedCodes: () => queryOptions({ queryKey: ['sealed-codes'], queryFn: ({ signal }) => client.sealedCodes(signal) }),
  /** A page after the other, newest first; one kind of deed, or all. */
  trail: (deed: string) =>
    infiniteQueryOptions({
      queryKey: ['trail', deed],
      queryFn: ({ signal, pageParam }) => client.trail({ deed, before: pageParam, size: trail_page }, signal),
      initialPageParam: 0,
      getNextPageParam: (last) => (last.items.length < trail_page ? undefined : last.items.at(-1)?.number),
    }),
  tables: () => queryOptions({ queryKey: ['tables'], queryFn: ({ signal }) => client.tables(signal) }),
}

/** A change of a plan answers with the whole version: shown at once, and what else speaks of it is read again. */
export function keepPlan(cache: QueryClient, facility: string, view: PlanView): void {
  cache.setQueryData(queries.planVersion(facility, view.version.number).queryKey, view)
  void cache.invalidateQueries({ queryKey: ['plan', facility], predicate: ({ queryKey }) => queryKey[2] !== view.version.number || queryKey.length > 3 })
}

// SPDX-License-Identifier: EUPL-1.2
// Live events: the server says what changed, the cache of the same name is read again. A browser comes back by itself
// when a stream ends, and says which event it saw last: whoever answers then, perhaps another process, tells what it
// missed or says "resync". After an answer that was no stream (a proxy's 502) it gives up; so we begin anew.
import type { QueryClient } from '@tanstack/react-query'
import type { Job, LineRow } from './client'
import { onReach, unreachedSince } from './reach'
import { api_root } from './request'

const pause_before_a_new_stream = 5_000
const closed = 2 // EventSource.CLOSED
/** Over HTTP/1.1 a browser opens six connections to a server for all its tabs together: six streams, and nothing else goes. */
const hidden_before_rest = 20_000

/** What a room's stream says: the line that arrived, or that some did. */
export interface RoomTold { room: string; facility: string; through: number; row: LineRow | null }
interface Watched { facility: string; room: string; act: (told: RoomTold | null) => void }
let watched: Watched | null = null
let begin_anew = () => {}

/** The lines of a room from now on, until the answer is called; null: the stream broke, ask. One room at a time. */
export function followRoom(facility: string, room: string, act: Watched['act']): () => void {
  const mine = { facility, room, act }
  watched = mine
  begin_anew()
  return () => {
    if (watched !== mine) return
    watched = null
    begin_anew()
  }
}

export function followEvents(cache: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => {}
  let stream = listen(cache)
  let waiting: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined
  let resting = false
  const anew = () => {
    clearTimeout(waiting)
    if (resting) return
    stream.close()
    stream = listen(cache)
    stream.addEventListener('open', () => void cache.invalidateQueries(), { once: true })
    watch()
  }
  const watch = () => {
    stream.addEventListener('error', ({ target }) => {
      watched?.act(null)
      if (target !== stream || stream.readyState !== closed) return
      waiting = setTimeout(anew, pause_before_a_new_stream)
      void cache.invalidateQueries({ queryKey: ['session'] }) // of what refused the stream nothing is told: a proxy, or the session has ended
    })
  }
  watch()
  begin_anew = anew
  const rest = () => {
    resting = true
    clearTimeout(waiting)
    stream.close()
  }
  const onVisibility = () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(rest, hidden_before_rest)
    else if (resting) {
      resting = false
      anew()
    }
  }
  document.addEventListener('visibilitychange', onVisibility)
  onVisibility() // a tab may begin in the background
  // A line that was cut without a word leaves a stream that looks open and tells nothing any more.
  const stopReach = onReach(() => unreachedSince() === null && anew())
  return () => {
    begin_anew = () => {}
    stopReach()
    document.removeEventListener('visibilitychange', onVisibility)
    clearTimeout(hiding)
    clearTimeout(waiting)
    stream.close()
  }
}

function listen(cache: QueryClient): EventSource {
  const room = watched
  const stream = new EventSource(room ? `${api_root}/events?${new URLSearchParams({ facility: room.facility, room: room.room })}` : `${api_root}/events`)
  const on = <T>(name: string, act: (told: T) => void) =>
    stream.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data) as T))

  on<Job>('job', (job) => {
    cache.setQueryData(['job', job.id], job)
    if (job.state === 'queued' || job.state === 'running') return
    if (job.kind === 'paper') return void cache.invalidateQueries({ queryKey: ['plan', job.facility, 'paper'] })
    const list = job.kind === 'import' ? 'imports' : 'assessments'
    void cache.invalidateQueries({ queryKey: ['facility', job.facility, list] })
    if (job.kind === 'assessment') void cache.invalidateQueries({ queryKey: ['facility', job.facility], exact: true })
  })
  on<{ id: string }>('facility', ({ id }) => {
    void cache.invalidateQueries({ queryKey: ['facility', id] })
    void cache.invalidateQueries({ queryKey: ['facilities'] })
  })
  on<{ id: string; facility: string }>('assessment', ({ id, facility }) => {
    void cache.invalidateQueries({ queryKey: ['preliminary', facility, id] })
  })
  on<{ facility: string }>('import', ({ facility }) => {
    void cache.invalidateQueries({ queryKey: ['facility', facility, 'imports'] })
  })
  on<{ id: string }>('registry', () => {
    void cache.invalidateQueries({ queryKey: ['registry'] })
  })
  on<{ facility: string }>('plan', ({ facility }) => {
    void cache.invalidateQueries({ queryKey: ['plan', facility] })
  })
  on<{ facility: string }>('rooms', ({ facility }) => {
    void cache.invalidateQueries({ queryKey: ['rooms', facility] })
  })
  if (room) on<RoomTold>(`room/${room.room}`, room.act)
  on<{ facility: string }>('recall', ({ facility }) => {
    void cache.invalidateQueries({ queryKey: ['recall', facility, 'room'] })
  })
  on('resync', () => void cache.invalidateQueries())
  return stream
}

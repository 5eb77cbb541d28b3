// SPDX-License-Identifier: EUPL-1.2
// Live events: the server says what changed, the cache of the same name is read again. A browser comes back by itself
// when a stream ends, and says which event it saw last: whoever answers then, perhaps another process, tells what it
// missed or says "resync". After an answer that was no stream (a proxy's 502) it gives up; so we begin anew.
import type { QueryClient } from '@tanstack/react-query'
import type { Job } from './client'
import { api_root } from './request'

const pause_before_a_new_stream = 5_000
const closed = 2 // EventSource.CLOSED

export function followEvents(cache: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => {}
  let stream = listen(cache)
  let waiting: ReturnType<typeof setTimeout> | undefined
  const watch = () => {
    stream.addEventListener('error', () => {
      if (stream.readyState !== closed) return
      waiting = setTimeout(() => {
        stream = listen(cache)
        stream.addEventListener('open', () => void cache.invalidateQueries(), { once: true })
        watch()
      }, pause_before_a_new_stream)
    })
  }
  watch()
  return () => {
    clearTimeout(waiting)
    stream.close()
  }
}

function listen(cache: QueryClient): EventSource {
  const stream = new EventSource(`${api_root}/events`)
  const on = <T>(name: string, act: (told: T) => void) =>
    stream.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data) as T))

  on<Job>('job', (job) => {
    cache.setQueryData(['job', job.id], job)
    if (job.state === 'queued' || job.state === 'running') return
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
  on<{ facility: string }>('recall', ({ facility }) => {
    void cache.invalidateQueries({ queryKey: ['recall', facility, 'room'] })
  })
  on<{ facility: string }>('rooms', ({ facility }) => {
    void cache.invalidateQueries({ queryKey: ['rooms', facility] })
  })
  on('resync', () => void cache.invalidateQueries())
  return stream
}

// SPDX-License-Identifier: EUPL-1.2
// One way to the server. Every refusal becomes a Problem: a code for the catalogue and an incident number.
// Paths, parameters, bodies and answers are those of the contract (schema.ts): what differs does not compile.
import { isAway, tellReach, tellSignedOut, tellSilent, tellUnable } from './reach'
import type { ErrorReply, Message, paths } from './schema'

export const api_root = '/api/v1'

export class Problem extends Error {
  readonly status: number
  readonly kind: string
  readonly said: Message
  readonly where: string
  readonly incident: string

  constructor(status: number, problem: Partial<ErrorReply>) {
    super(problem.message?.code ?? `http ${status}`)
    this.status = status
    this.kind = problem.kind ?? 'unavailable'
    this.said = problem.message ?? { code: status === 0 ? 'ui.problem.unreachable' : 'ui.problem.unknown' }
    this.where = problem.where ?? ''
    this.incident = problem.incident ?? ''
  }
}

/** A server that hangs, or a line that is cut without a word, never answers: after so many milliseconds it counts as away. */
const patience = { GET: 10_000, POST: 20_000, long: 180_000 }
/** What is worked out at length (a cartography drawn anew, worlds replayed, pages laid out, a register or the trail read whole, a letter sent). */
const long_answers: ReadonlySet<keyof paths> = new Set<keyof paths>([
  '/facilities/{facility}', '/facilities/{facility}/elements', '/facilities/{facility}/elements/{id}', '/facilities/{facility}/elements/{id}/fall',
  '/facilities/{facility}/answers', '/facilities/{facility}/answers/remove',
  '/facilities/{facility}/imports/{id}/commit', '/facilities/{facility}/imports/{id}/undo', '/facilities/{facility}/imports/{id}/mapping',
  '/facilities/{facility}/assessments/{id}/outcome', '/facilities/{facility}/assessments/{id}/what-if', '/facilities/{facility}/assessments/{id}/frontier',
  '/facilities/{facility}/assessments/{id}/stories/{world}', '/facilities/{facility}/plan/draft', '/facilities/{facility}/plan/draft/services',
  '/facilities/{facility}/rooms/{room}/reports/{line}/pdf',
  '/indicators', '/registry/outlines', '/registry/compare', '/registry/places/{id}/summary', '/registry/populations', '/registry/populations/{id}',
  '/registry/imports/{id}', '/registry/imports/{id}/accept', '/trail/check', '/settings/tables', '/settings/channels/test',
])

/** What was sent may have arrived all the same: "nothing was changed" is not said of it. */
const no_answer: Partial<ErrorReply> = { message: { code: 'ui.problem.no_answer' } }

type Method = 'get' | 'post'
/** The paths that know a method. */
type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths]
type Operation<M extends Method, P extends PathOf<M>> = paths[P][M]
type Parameters<O> = O extends { parameters: infer Given } ? Given : never
/** What fills the {names} of a path, and its query where it has one. */
export type At<O> = (Parameters<O> extends { path: infer Names } ? Names : unknown) & (Parameters<O> extends { query?: infer Query } ? ([Query] extends [undefined] ? unknown : { query: Query }) : unknown)
type Json<T> = T extends { content: { 'application/json': infer Value } } ? Value : never
type Answer<O> = O extends { responses: { 200: infer Reply } } ? Json<Reply> : never
type Body<O> = O extends { requestBody?: infer Given } ? ([Json<Given>] extends [never] ? undefined : Json<Given>) : undefined
type Values = Record<string, unknown> & { query?: Record<string, unknown> }

/** The address of an operation; an empty value leaves its query parameter out. */
export function address<M extends Method, P extends PathOf<M>>(_method: M, path: P, at: At<Operation<M, P>>): string {
  const { query = {}, ...names } = at as Values
  const filled = String(path).replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(names[name])))
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)])).toString()
  return `${api_root}${filled}${asked && `?${asked}`}`
}

export const get = <P extends PathOf<'get'>>(path: P, at: At<Operation<'get', P>>, stop?: AbortSignal) =>
  request<Answer<Operation<'get', P>>>('GET', address('get', path, at), patienceFor('GET', path), undefined, stop)

/** A file instead of JSON. */
export const getFile = <P extends PathOf<'get'>>(path: P, at: At<Operation<'get', P>>) => request<Blob>('GET', address('get', path, at), patienceFor('GET', path), undefined, undefined, 'file')

export const post = <P extends PathOf<'post'>>(path: P, at: At<Operation<'post', P>>, body: Body<Operation<'post', P>>, stop?: AbortSignal) =>
  request<Answer<Operation<'post', P>>>('POST', address('post', path, at), patienceFor('POST', path), body ?? {}, stop)

const patienceFor = (method: 'GET' | 'POST', path: keyof paths) => patience[long_answers.has(path) ? 'long' : method]

function problemOf(status: number, text: string): Problem {
  try {
    return new Problem(status, JSON.parse(text) as ErrorReply)
  } catch {
    return new Problem(status, {})
  }
}

/** A wrong password is refused with a 401 too; only this one says that nobody is signed in. */
function refusalOf(status: number, text: string): Problem {
  const problem = problemOf(status, text)
  if (status === 401 && problem.said.code === 'api.sign_in') tellSignedOut(true)
  return problem
}

/** What the server words itself, it words as the page does, whatever the browser prefers. */
const spoken = () => ({ 'accept-language': document.documentElement.lang || 'fr' })

/** Aborts when the caller stops it or when the time is over. By hand: not every browser of a ward knows AbortSignal.any. */
function within(ms: number, stop?: AbortSignal) {
  const either = new AbortController()
  const end = () => either.abort()
  const timer = setTimeout(end, ms)
  stop?.addEventListener('abort', end)
  if (stop?.aborted) end()
  const settle = () => {
    clearTimeout(timer)
    stop?.removeEventListener('abort', end)
  }
  return { signal: either.signal, settle }
}

async function request<T>(method: 'GET' | 'POST', url: string, ms: number, body?: unknown, stop?: AbortSignal, as: 'json' | 'file' = 'json'): Promise<T> {
  const { signal, settle } = within(ms, stop)
  const asked = Date.now()
  let reply: Response
  let file: Blob | null = null
  let text = ''
  try {
    reply = await fetch(url, {
      method,
      signal,
      credentials: 'same-origin',
      headers: { ...spoken(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (reply.ok && as === 'file') file = await reply.blob()
    else text = await reply.text()
  } catch (failure) {
    if (stop?.aborted) throw failure
    if (signal.aborted) tellSilent(asked)
    else tellReach(false)
    throw new Problem(0, signal.aborted && method === 'POST' ? no_answer : {})
  } finally {
    settle()
  }
  const refused = reply.ok ? null : refusalOf(reply.status, text)
  if (refused === null || !isAway(refused)) tellReach(true)
  else if (refused.status === 504) tellSilent(asked)
  else if (refused.status !== 503) tellReach(false)
  else if (method === 'GET') tellUnable() // that nothing can be written says nothing of what can be read
  if (refused) throw refused
  if (url === address('get', '/session', {})) tellSignedOut(false)
  return (file ?? JSON.parse(text)) as T
}

export interface Upload<T> { done: Promise<T>; cancel: () => void }

/** XMLHttpRequest, because fetch tells nothing of the bytes already sent. Without a byte more, or an answer, for too long
    the server counts as away. Whatever is sent is read before it is answered: by the scanner at least, which takes its time. */
export function upload<P extends PathOf<'post'>>(path: P, at: At<Operation<'post', P>>, file: File, onProgress: (share: number) => void): Upload<Answer<Operation<'post', P>>> {
  const sending = new XMLHttpRequest()
  const done = new Promise<Answer<Operation<'post', P>>>((resolve, reject) => {
    let waiting: ReturnType<typeof setTimeout>
    const wait = (ms: number, problem: Partial<ErrorReply> = {}) => {
      clearTimeout(waiting)
      const since = Date.now()
      waiting = setTimeout(() => {
        tellSilent(since)
        reject(new Problem(0, problem))
        sending.abort()
      }, ms)
    }
    sending.upload.onprogress = (event) => {
      wait(patience.POST)
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    sending.upload.onload = () => wait(patience.long, no_answer)
    sending.onloadend = () => clearTimeout(waiting)
    sending.onload = () => {
      if (sending.status < 200 || sending.status > 299) return reject(refusalOf(sending.status, sending.responseText))
      resolve(JSON.parse(sending.responseText) as Answer<Operation<'post', P>>)
    }
    sending.onerror = () => reject(new Problem(0, {}))
    sending.onabort = () => reject(new Problem(0, { message: { code: 'ui.problem.upload_stopped' } }))
    sending.open('POST', address('post', path, at))
    for (const [name, value] of Object.entries({ ...spoken(), 'content-type': 'application/octet-stream' })) sending.setRequestHeader(name, value)
    sending.send(file)
    wait(patience.POST)
  })
  return { done, cancel: () => sending.abort() }
}

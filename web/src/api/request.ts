// SPDX-License-Identifier: EUPL-1.2
// One way to the server. Every refusal becomes a Problem: a code for the catalogue and an incident number.
import type { ApiProblem, Message } from './types'

export const api_root = '/api/v1'

export class Problem extends Error {
  readonly status: number
  readonly kind: string
  readonly said: Message
  readonly where: string
  readonly incident: string

  constructor(status: number, problem: Partial<ApiProblem>) {
    super(problem.message?.code ?? `http ${status}`)
    this.status = status
    this.kind = problem.kind ?? 'unavailable'
    this.said = problem.message ?? { code: status === 0 ? 'ui.problem.unreachable' : 'ui.problem.unknown', params: [] }
    this.where = problem.where ?? ''
    this.incident = problem.incident ?? ''
  }
}

function problemOf(status: number, text: string): Problem {
  try {
    return new Problem(status, JSON.parse(text) as ApiProblem)
  } catch {
    return new Problem(status, {})
  }
}

export async function request<T>(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let reply: Response
  try {
    reply = await fetch(api_root + path, {
      method,
      signal,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch (failure) {
    if (signal?.aborted) throw failure
    throw new Problem(0, {})
  }
  const text = await reply.text()
  if (!reply.ok) throw problemOf(reply.status, text)
  return JSON.parse(text) as T
}

export interface Upload<T> { done: Promise<T>; cancel: () => void }

/** XMLHttpRequest, because fetch tells nothing of the bytes already sent. */
export function upload<T>(path: string, file: File, onProgress: (share: number) => void): Upload<T> {
  const sending = new XMLHttpRequest()
  const done = new Promise<T>((resolve, reject) => {
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    sending.onload = () => {
      if (sending.status < 200 || sending.status > 299) return reject(problemOf(sending.status, sending.responseText))
      resolve(JSON.parse(sending.responseText) as T)
    }
    sending.onerror = () => reject(new Problem(0, {}))
    sending.onabort = () => reject(new Problem(0, { message: { code: 'ui.problem.upload_stopped', params: [] } }))
    sending.open('POST', api_root + path)
    sending.setRequestHeader('content-type', 'application/octet-stream')
    sending.send(file)
  })
  return { done, cancel: () => sending.abort() }
}

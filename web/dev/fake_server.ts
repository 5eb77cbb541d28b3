// SPDX-License-Identifier: EUPL-1.2
// `npm run dev:fake`: the fictional server inside Vite. Address + ?error=1 or ?slow=1 on the page shows those states.
import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'vite'
import { readFileSync } from 'node:fs'
import { answer } from './fake_answers.ts'
import { fakeWords } from './fake_words.ts'

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  if (!(request.headers['content-type'] ?? '').includes('json')) return {}
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>
}

export function fakeServer(): Plugin {
  return {
    name: 'fictional-server',
    enforce: 'pre',
    load(id) {
      const language = /i18n\/(fr|en)\.json$/.exec(id)?.[1] as 'fr' | 'en' | undefined
      if (!language) return null
      return JSON.stringify({ ...(JSON.parse(readFileSync(id, 'utf8')) as object), ...fakeWords[language] })
    },
    configureServer(server) {
      server.middlewares.use('/api/v1', (request, reply, next) => {
        const url = request.url ?? '/'
        if (url.startsWith('/events')) {
          reply.writeHead(200, { 'content-type': 'text/event-stream' })
          reply.write(': open\n\n')
          return
        }
        const from = request.headers.referer ?? ''
        const act = async () => {
          const body = await bodyOf(request)
          if (from.includes('slow=1') && !url.startsWith('/session') && !url.startsWith('/facilities?')) return
          const { status, value } = from.includes('error=1') && /imports$|assessments$|tables$/.test(url)
            ? { status: 503, value: { kind: 'environment', message: { code: 'ui.problem.unknown', params: [] }, incident: '7F3A-21' } }
            : answer(request.method ?? 'GET', url, body)
          reply.writeHead(status, { 'content-type': 'application/json' })
          reply.end(JSON.stringify(value))
        }
        act().catch(next)
      })
    },
  }
}

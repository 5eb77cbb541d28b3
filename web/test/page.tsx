// SPDX-License-Identifier: EUPL-1.2
// Renders screens or pieces against the fictional server as a function.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import axe from 'axe-core'
import type { ReactNode } from 'react'
import { createMemoryRouter, MemoryRouter, RouterProvider } from 'react-router'
import i18next from 'i18next'
import { expect, vi } from 'vitest'
import { Look } from '@/app/look'
import { routes } from '@/app/routes'
import { startWords } from '@/lib/i18n'
import { answer } from '../dev/fake_answers.ts'
import { fakeWords } from '../dev/fake_words.ts'

export type Mode = 'full' | 'waiting' | 'failing'

export async function words(language: 'fr' | 'en' = 'fr') {
  await startWords(language)
  i18next.addResourceBundle(language, 'translation', fakeWords[language], true, true)
}

/** Everything asked of the server, newest last: "POST /facilities/…", its body, in which language. `instead`: other
    answers than the fictional server's, by such lines. */
export function serve(mode: Mode, instead: Record<string, unknown> = {}): { asked: { line: string; body: unknown; language: string | null }[] } {
  const asked: { line: string; body: unknown; language: string | null }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET'
    const path = url.replace('/api/v1', '')
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : undefined
    const line = `${method} ${path}`
    asked.push({ line, body, language: new Headers(init.headers).get('accept-language') })
    if (mode === 'waiting') return new Promise(() => {})
    if (mode === 'failing') return Response.json({ kind: 'environment', message: { code: 'ui.problem.unknown', params: [] }, incident: '7F3A-21' }, { status: 503 })
    if (line in instead) return Response.json(instead[line])
    const { status, value } = answer(method, path, body)
    return Response.json(value, { status })
  })
  return { asked }
}

const cache = () => new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Infinity } } })

export function open(address: string) {
  const router = createMemoryRouter(routes, { initialEntries: [address] })
  const read = cache()
  return { router, cache: read, ...render(<QueryClientProvider client={read}><Look env="test"><RouterProvider router={router} /></Look></QueryClientProvider>) }
}

export function show(piece: ReactNode) {
  return render(<QueryClientProvider client={cache()}><Look env="test"><MemoryRouter>{piece}</MemoryRouter></Look></QueryClientProvider>)
}

/** No violation of WCAG 2.2 AA or good practice; colours need a real browser and are looked at there (dev/look.mjs). */
export async function expectAccessible(what: 'page' | 'piece' = 'page') {
  const page = { enabled: what === 'page' }
  const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false }, region: page, 'document-title': page, 'page-has-heading-one': page, 'landmark-one-main': page } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)).toEqual([])
}

// SPDX-License-Identifier: EUPL-1.2
// Generated from the list of screens: each in its four states, in both languages, without an axe violation.
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { addressOf, screens } from '@/app/screens'
import { empty_id, facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const settled = () => waitFor(() => {
  expect(document.querySelector('main [aria-busy=true]')).toBeNull()
  expect(document.querySelector('main')?.textContent?.length).toBeGreaterThan(120)
})

describe.each(screens)('screen $id', (one) => {
  test('full', async () => {
    await words('fr')
    serve('full')
    open(addressOf(one, facility_id))
    await screen.findByRole('heading', { level: 1 })
    await settled()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(document.querySelector('main')?.textContent).not.toMatch(/\bui\.[a-z_]+/)
    await expectAccessible()
  })

  test('empty, in English', async () => {
    await words('en')
    serve('full')
    open(addressOf(one, empty_id))
    await screen.findByRole('heading', { level: 1 })
    await settled()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(document.querySelector('main')?.textContent).not.toMatch(/\bui\.[a-z_]+/)
    await expectAccessible()
  })

  test('waiting: nothing at first, then the shape', async () => {
    await words('fr')
    serve('waiting')
    open(addressOf(one, facility_id))
    const status = await waitFor(() => {
      const found = document.querySelector('main [aria-busy=true]')
      expect(found).not.toBeNull()
      return found as HTMLElement
    })
    expect(status.children).toHaveLength(0)
    await waitFor(() => expect(status.textContent).toContain('Chargement'))
    await expectAccessible()
  })

  test('failing: what happened, what is safe, the incident, a way on', async () => {
    await words('fr')
    serve('failing')
    open(addressOf(one, facility_id))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Le serveur n’a pas pu répondre.')
    expect(alert.textContent).toContain('Rien n’a été modifié')
    expect(alert.textContent).toContain('7F3A-21')
    expect(screen.getByRole('button', { name: 'Réessayer' })).toBeDefined()
    await expectAccessible()
  })
})

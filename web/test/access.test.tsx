// SPDX-License-Identifier: EUPL-1.2
// The doors of the page: what is asked for, in which order, and what a refusal says.
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { wayIn } from '@/ui/door'
import { expectAccessible, open, serve, words } from './page'

const went = vi.fn()
beforeEach(async () => {
  await words('fr')
  went.mockClear()
  vi.stubGlobal('location', { ...window.location, assign: went, hash: '#a1b2c3', origin: 'http://localhost' })
})

describe('sign-in', () => {
  test('asks for the code of the phone only once the password is right', async () => {
    const { asked } = serve('full')
    const user = userEvent.setup()
    open('/sign-in?next=%2Faudit')
    await user.type(await screen.findByLabelText(/Nom de connexion/), 'marc.girard')
    const password = screen.getByLabelText(/Mot de passe/, { selector: 'input' })
    await user.type(password, 'un mauvais essai')
    await user.click(screen.getByRole('button', { name: 'Entrer' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Nom de connexion ou mot de passe incorrect.')
    expect(screen.queryByLabelText(/^Code/)).toBeNull()
    await user.clear(password)
    await user.type(password, 'trois clés sous le paillasson')
    await user.click(screen.getByRole('button', { name: 'Entrer' }))
    const code = await screen.findByLabelText(/^Code/)
    expect(screen.queryByRole('alert')).toBeNull()
    await expectAccessible()
    await user.type(code, '123456')
    await user.click(screen.getByRole('button', { name: 'Entrer' }))
    await waitFor(() => expect(went).toHaveBeenCalledWith('/audit'))
    expect(asked.at(-1)?.body).toEqual({ login: 'marc.girard', password: 'trois clés sous le paillasson', code: '123456' })
  })

  test('the envelope is one button away', async () => {
    serve('full')
    const user = userEvent.setup()
    open('/sign-in')
    await user.click(await screen.findByRole('button', { name: 'J’ouvre l’enveloppe d’astreinte' }))
    expect(screen.getByLabelText(/Code de la feuille/)).toBeDefined()
    await expectAccessible()
  })

  test('leads back to a path of this page and nowhere else', () => {
    for (const [asked, way] of [['/audit', '/audit'], [null, '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'], ['javascript:alert(1)', '/'], ['', '/']] as const) {
      expect(wayIn(asked)).toBe(way)
    }
  })
})

test('an invitation greets by name; its secret is sent in a body and never in an address', async () => {
  const { asked } = serve('full')
  open('/invitation')
  expect((await screen.findByText(/Bonjour Marc Girard/)).textContent).toContain('choisissez votre mot de passe')
  expect(asked.every(({ line }) => !line.includes('a1b2c3'))).toBe(true)
  await expectAccessible()
})

test('an invited person gets a link to hand over', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  open('/people')
  await user.type(await screen.findByLabelText(/^Nom \*/), 'Marc Girard')
  await user.type(screen.getByLabelText(/Nom de connexion/), 'marc.girard')
  await user.click(screen.getByRole('combobox', { name: /^Rôle/ }))
  await user.click(await screen.findByRole('option', { name: 'Lecture seule' }))
  await user.click(screen.getByRole('combobox', { name: /^Où/ }))
  await user.click(await screen.findByRole('option', { name: /Valmont/ }))
  await user.click(screen.getByRole('button', { name: 'Inviter' }))
  const sheet = await screen.findByText(/Lien à remettre/)
  expect(within(sheet.parentElement as HTMLElement).getByText('http://localhost/invitation#a1b2c3')).toBeDefined()
  expect(asked.find(({ line }) => line === 'POST /people')?.body).toEqual({ name: 'Marc Girard', login: 'marc.girard', contact: '', role: 'read_only', place: '990000017' })
})

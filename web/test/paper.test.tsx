// SPDX-License-Identifier: EUPL-1.2
// The paper set on the screen of the plan in force.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { paperJob, resetPaper } from '../dev/fake_paper.ts'
import { resetPlan } from '../dev/fake_plan.ts'
import { empty_id, facility_id } from '../dev/fake_world.ts'
import { expectAccessible, open, serve, words } from './page'

const root = `/facilities/${facility_id}/plan`
const show = () => open(`/facilities/${facility_id}/plan-in-force`)
beforeEach(async () => {
  resetPlan()
  resetPaper()
  await words('fr')
})

test('an old set says so, is made again and put in place', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  show()
  expect(await screen.findByText(/Le dossier en place a 47 jours/)).toBeDefined()
  expect(screen.getByRole('link', { name: 'Télécharger le PDF' }).getAttribute('href')).toBe(`/api/v1${root}/paper/s1/pdf`)
  expect(screen.queryByRole('button', { name: 'Dire qu’il est en place' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Refaire le dossier' }))
  await waitFor(() => expect(asked.find(({ line }) => line === `POST ${root}/paper`)?.body).toEqual({ language: 'fr' }))
  await user.type(await screen.findByLabelText(/^Par/), 'Brigitte Noël')
  await expectAccessible()
  await user.click(screen.getByRole('button', { name: 'Dire qu’il est en place' }))
  await waitFor(() => expect(asked.find(({ line }) => line === `POST ${root}/paper/s2/placed`)?.body).toMatchObject({ who: 'Brigitte Noël' }))
  expect(await screen.findByText('Le dossier en place est à jour.')).toBeDefined()
})

test('a set of the other language is made apart', async () => {
  const { asked } = serve('full')
  const user = userEvent.setup()
  show()
  await user.selectOptions(await screen.findByLabelText('Langue'), 'anglais')
  expect(screen.getByText('Aucun dossier n’a été fait.')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Faire le dossier' }))
  await waitFor(() => expect(asked.find(({ line }) => line === `POST ${root}/paper`)?.body).toEqual({ language: 'en' }))
})

test('a set in the making says so, and one that failed says why', async () => {
  serve('full')
  paperJob('running')
  const { unmount } = show()
  expect(await screen.findByText('Mise en page en cours…')).toBeDefined()
  unmount()
  paperJob('failed', 'report.no_weasyprint')
  show()
  expect(await screen.findByText(/WeasyPrint n’est pas installé/)).toBeDefined()
})

test('without a plan in force there is nothing to print', async () => {
  serve('full')
  open(`/facilities/${empty_id}/plan-in-force`)
  expect(await screen.findByText(/n’a encore adopté aucune version/)).toBeDefined()
  expect(screen.queryByText('Dossier papier')).toBeNull()
})

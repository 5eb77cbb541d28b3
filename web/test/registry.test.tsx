// SPDX-License-Identifier: EUPL-1.2
// The registry's page as people use it.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve, words } from './page'

test('search leads to a place, two places stand side by side', async () => {
  await words('fr')
  const { asked } = serve('full')
  open('/places/FR')
  fireEvent.change(await screen.findByLabelText('Chercher un établissement'), { target: { value: 'roche' } })
  const found = await screen.findByRole('search')
  await waitFor(() => expect(within(found).getByRole('link', { name: 'CHU DE ROCHESEL' }).getAttribute('href')).toBe('/places/990000003'))
  expect(asked.some(({ line }) => line.includes('/registry/places?q=roche'))).toBe(true)

  fireEvent.click(await screen.findByLabelText('Comparer CH DE VALBRUNE'))
  expect(screen.queryByRole('heading', { name: 'Côte à côte' })).toBeNull()
  fireEvent.click(screen.getByLabelText('Comparer CHU DE ROCHESEL'))
  const side = within(await screen.findByRole('group', { name: 'Côte à côte' }))
  expect(side.getAllByRole('columnheader').map((one) => one.textContent)).toEqual(['CH DE VALBRUNE', 'CHU DE ROCHESEL'])
  expect(side.getByRole('row', { name: /Lits de médecine, chirurgie, obstétrique/ }).textContent).toContain('354 (2023)')
})

test('the export takes the columns that were chosen', async () => {
  await words('fr')
  serve('full')
  open('/places/R84')
  const link = await screen.findByRole('link', { name: 'CSV', hidden: true })
  expect(link.getAttribute('href')).toContain('within=R84')
  expect(link.getAttribute('href')).toContain('columns=number%2Cname%2Ctown%2Cdepartment%2Ccategory_name')
})

// SPDX-License-Identifier: EUPL-1.2
// The registry's page as people use it.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Outline } from '../src/api/client.ts'
import { expectAccessible, open, serve, words } from './page'

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

const square = (territory: Outline['territory'], code: string, west: number, south: number): Outline => ({
  territory, code, polygons: [[[west, south, west + 1, south, west + 1, south + 1, west, south + 1, west, south]]],
})
const leads = (figure: HTMLElement) => [...figure.querySelectorAll('a')].map((one) => `${one.getAttribute('href')} ${one.querySelector('title')?.textContent ?? one.getAttribute('title')}`)
const pictureOf = (figure: HTMLElement) => figure.querySelector('svg[viewBox^="0 0 600 "]')

test('without outlines the map is made of tiles', async () => {
  await words('fr')
  serve('full')
  open('/places/FR')
  const figure = await screen.findByRole('figure')
  expect(pictureOf(figure)).toBeNull()
  expect(leads(figure)).toEqual(['/places/R84 Ain — 1', '/places/R84 Haute-Savoie — 1', '/places/R04 La Réunion — 1'])
  expect(figure.textContent).toContain('Une case par département')
})

test('with outlines the map is drawn of them, and leads where the tiles lead', async () => {
  await words('fr')
  // Nothing of Haute-Savoie; Jura is of no interest to the page and drawn all the same.
  serve('full', { 'GET /registry/outlines': { items: [square('department', '01', 5, 46), square('department', '39', 5, 47), square('department', '974', 55, -21)], source: 'Atlas de Brume, 2026' } })
  open('/places/FR')
  const figure = await screen.findByRole('figure')
  expect(leads(figure)).toEqual(['/places/R84 Ain — 1', '/places/R04 La Réunion — 1', '/places/R84 Haute-Savoie — 1'])
  expect(pictureOf(figure)?.querySelectorAll('path[d^="M"]')).toHaveLength(3)
  const shown = [...figure.querySelectorAll('text')].map((one) => one.textContent)
  expect(shown).toEqual(['39', '011', '971', '972', '973', '9741', '976', '741'])
  expect(figure.textContent).toMatch(/Contours donnés par l’exploitant.*Source\s: Atlas de Brume, 2026\.$/)
  const table = screen.getByRole('table', { name: 'Par département' })
  expect(within(table).getAllByRole('link').map((one) => one.textContent)).toEqual(['01 Ain', '74 Haute-Savoie', '974 La Réunion'])
  await expectAccessible()
})

test('outlines of regions show the nation, and tiles a region', async () => {
  await words('fr')
  serve('full', { 'GET /registry/outlines': { items: [square('region', '84', 4, 45), square('region', '04', 55, -21)], source: '' } })
  const { unmount } = open('/places/FR')
  expect(leads(await screen.findByRole('figure'))).toEqual(['/places/R84 Auvergne-Rhône-Alpes — 2', '/places/R04 La Réunion — 1'])
  expect([...(await screen.findByRole('figure')).querySelectorAll('text')].map((one) => [...one.querySelectorAll('tspan')].map((line) => line.textContent).join('|')))
    .toEqual(['Auvergne-|Rhône-Alpes|2', '01', '02', '03', 'La Réunion|1', '06'])
  unmount()
  open('/places/R84')
  const figure = await screen.findByRole('figure')
  expect(leads(figure)).toEqual(['/places/R84 Ain — 1', '/places/R84 Haute-Savoie — 1'])
  expect(figure.textContent).toContain('Une case par département')
})

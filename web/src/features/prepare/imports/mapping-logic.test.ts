// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest'
import { chooseColumn, chooseElement, doubled } from './mapping-logic'

const sheet = { sheet: 'Parc', element: 'component', columns: [{ header: 'Nom', field: 'component.name' }, { header: 'IP', field: 'component.ip' }, { header: 'Lieu', field: '' }] }

test('a column takes a field, the others stay', () => {
  expect(chooseColumn(sheet, 2, 'component.zone').columns.map(({ field }) => field)).toEqual(['component.name', 'component.ip', 'component.zone'])
})

test('another kind of row keeps only the fields both know', () => {
  expect(chooseElement(sheet, 'application').columns.map(({ field }) => field)).toEqual(['application.name', '', ''])
})

test('two columns for one field are seen', () => {
  expect(doubled(sheet)).toEqual([])
  expect(doubled(chooseColumn(sheet, 2, 'component.name'))).toEqual(['component.name'])
})

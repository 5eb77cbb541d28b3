// SPDX-License-Identifier: EUPL-1.2
// One catalogue: both languages hold the same codes and parameters, and every code of the page is in it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { vocabulary } from '@/lib/vocabulary'
import en from '@i18n/en.json'
import fr from '@i18n/fr.json'

const texts = { fr: fr as Record<string, string>, en: en as Record<string, string> }
const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n')
const known = (code: string) => code in texts.fr || `${code}_other` in texts.fr
const params = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join()
const families = new Set([...Object.keys(vocabulary), 'ui.format', 'ui.tables.column'])

describe('catalogue', () => {
  test('both languages hold the same codes', () => {
    expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts.fr).sort())
  })

  test('both texts of a code take the same parameters', () => {
    expect(Object.keys(texts.fr).filter((code) => params(texts.fr[code] ?? '') !== params(texts.en[code] ?? ''))).toEqual([])
  })

  test('no text is empty', () => {
    expect(Object.values(texts).flatMap((all) => Object.entries(all)).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('every code written in the page has its words', () => {
    const codes = [...source.matchAll(/'(ui\.[a-z0-9_.]+)'/g)].map(([, code]) => code ?? '').filter((code) => !families.has(code))
    expect(codes.length).toBeGreaterThan(200)
    expect([...new Set(codes)].filter((code) => !known(code))).toEqual([])
  })

  test('every word that the server may send has its words', () => {
    const codes = Object.entries(vocabulary).flatMap(([family, values]) => values.map((value) => `${family}.${value}`))
    expect(codes.filter((code) => !known(code))).toEqual([])
  })

  test('codes put together at run time are complete', () => {
    const whole = [
      ...['services', 'loss', 'doors', 'measures', 'story'].map((one) => `ui.assessment.${one}`),
      ...(vocabulary['ui.layer'] ?? []).flatMap((one) => [`ui.cartography.empty.${one}`, `ui.column.detail.${one}`]),
      ...['sharphound', 'nmap', 'nessus', 'pingcastle', 'kev', 'sheet'].map((one) => `ui.format.${one}`),
      ...['import', 'answer', 'manual'].map((one) => `ui.origin.${one}.said`),
      ...['display', 'facility', 'tables', 'channels', 'about', 'theme.auto', 'theme.light', 'theme.dark'].map((one) => `ui.settings.${one}`),
      ...['exercise'].flatMap((one) => [`ui.space.${one}`, `ui.space.${one}.later`]),
      ...['prepare', 'respond', 'steer', 'instance'].map((one) => `ui.space.${one}`),
      ...['health', 'sites', 'entities', 'beds', 'emergency'].map((one) => `ui.registry.count.${one}`),
      ...['read_sites', 'read_entities', 'read_groups', 'read_figures'].map((one) => `ui.registry_difference.${one}`),
      ...['id', 'kind', 'name', 'number', 'town', 'department', 'category', 'category_name', 'closed'].map((one) => `column.place.${one}`),
      ...['up', 'not_linked', 'read_only', 'down', 'late', 'closed'].map((one) => `ui.state.${one}`),
      ...['median', 'severe', 'world'].map((one) => `ui.story.${one}`),
    ]
    expect(whole.filter((code) => !known(code))).toEqual([])
  })

  test('French typography: true apostrophes, no breaking space before : ; ? ! » nor after «', () => {
    const headings = /^(field\.\w+\.\w+|value\..+)$/ // typed by people into spreadsheets, and matched
    const wrong = (text: string) => / [:;?!»]|« |\p{L}'\p{L}/u.test(text)
    expect(Object.entries(texts.fr).filter(([code, text]) => wrong(text) && !headings.test(code))).toEqual([])
  })
})

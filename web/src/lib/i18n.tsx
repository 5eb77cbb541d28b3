// SPDX-License-Identifier: EUPL-1.2
// The one catalogue of the product, i18n/{fr,en}.json: code -> text with {param}. A code without words is shown as it is.
import i18next, { type i18n } from 'i18next'
import { useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { formatter, type Language } from './format'
import { remember, recall } from './keep'

export interface Said { code: string; params?: { name: string; value: string }[] }
/** Parameters that count things; others may be ports, years or numbers of lines. */
const counts = new Set(['count', 'n', 'total', 'machines', 'hosts', 'accounts', 'computers', 'relations', 'weaknesses', 'entries', 'services',
  'applications', 'components', 'dependencies', 'zones', 'worlds', 'patients', 'backups'])

/** Parameters that are a word of a closed list, or a day. */
const families: Record<string, string> = {
  technique: 'technique', act: 'ui.plan.act', cell: 'ui.plan.cell', phase: 'ui.plan.phase', horizon: 'ui.plan.horizon', audience: 'ui.plan.audience', body: 'ui.plan.body',
}

export type Params = Record<string, string | number>

const catalogues = { fr: () => import('@i18n/fr.json'), en: () => import('@i18n/en.json') }

async function addLanguage(to: i18n, language: Language) {
  if (to.hasResourceBundle(language, 'translation')) return
  to.addResourceBundle(language, 'translation', (await catalogues[language]()).default)
}

export function preferredLanguage(): Language {
  const kept = recall('language')
  if (kept === 'fr' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'fr'
}

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    showSupportNotice: false,
    resources: {},
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    react: { useSuspense: false },
  })
  await changeLanguage(language)
}

export async function changeLanguage(language: Language): Promise<void> {
  await addLanguage(i18next, language)
  document.documentElement.lang = language // first: what is drawn anew asks the server in it
  await i18next.changeLanguage(language)
  remember('language', language)
}

/** Everything a component needs to speak: t(code), say(message of the server), word(family, value), f (formats). */
export function useWords() {
  const { t: translate, i18n } = useTranslation()
  const language: Language = i18n.language === 'en' ? 'en' : 'fr'
  return useMemo(() => {
    const t = (code: string, params?: Params): string => translate(code, params ?? {})
    const has = (code: string) => i18n.exists(code)
    const word = (family: string, value: string) => (has(`${family}.${value}`) ? t(`${family}.${value}`) : value)
    const f = formatter(language)
    /** What comes as its name in our tables is said in words; a large count is written in groups. */
    const said = (name: string, value: string) => {
      const family = families[name]
      if (family) return word(family, value)
      if (name === 'day' && /^\d{4}-\d\d-\d\d$/.test(value)) return f.day(value)
      return counts.has(name) && /^\d{4,}$/.test(value) ? f.whole(Number(value)) : value
    }
    const say = ({ code, params = [] }: Said) => t(code, Object.fromEntries(params.map(({ name, value }) => [name, said(name, value)])))
    /** The same with a capital, to begin a label. */
    const label = (family: string, value: string) => {
      const text = word(family, value)
      return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
    }
    return { t, say, has, word, label, language, f }
  }, [translate, i18n, language])
}
export type Words = ReturnType<typeof useWords>

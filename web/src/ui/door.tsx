// SPDX-License-Identifier: EUPL-1.2
// The page before the pages: one column, one question, the other language.
import type { ReactNode } from 'react'
import { changeLanguage, useWords } from '@/lib/i18n'
import style from './door.module.css'

export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { t, language } = useWords()
  const other = language === 'fr' ? 'en' : 'fr'
  return (
    <main className={style.door}>
      <title>{`${title} · Relève`}</title>
      <p className="quiet">{t('ui.product')}</p>
      <h1 className={style.title}>{title}</h1>
      {children}
      <p>
        <button type="button" className="link small" lang={other} onClick={() => void changeLanguage(other)}>{t('ui.language.other')}</button>
      </p>
    </main>
  )
}

/** Where to go once inside: a path of this page, never another site's address. */
export function wayIn(asked: string | null): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/'
}

// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'

export function About() {
  const { t, word } = useWords()
  const { data: session } = useSuspenseQuery(queries.session())
  return (
    <div className="stack prose">
      <p>{t('ui.about.what')}</p>
      <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '0.4rem 1.5rem' }}>
        <dt className="quiet">{t('ui.about.version')}</dt>
        <dd>{session.version}</dd>
        <dt className="quiet">{t('ui.about.instance')}</dt>
        <dd className="break">{session.instance}</dd>
        <dt className="quiet">{t('ui.about.user')}</dt>
        <dd>{word('ui.user', session.user)}</dd>
        <dt className="quiet">{t('ui.about.licence')}</dt>
        <dd>EUPL-1.2</dd>
      </dl>
      <p className="quiet small">{t('ui.about.font')}</p>
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { client } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { EmptyState } from '@/ui/states'
import style from './overview.module.css'

const formats = ['sharphound', 'nmap', 'nessus', 'pingcastle', 'kev', 'sheet'] as const

/** A new facility: what to bring, one button, and the template for those who have nothing to export. */
export function EmptyFacility({ facility }: { facility: string }) {
  const { t, language } = useWords()
  return (
    <EmptyState
      title={t('ui.empty.title')}
      action={
        <>
          <Button component={Link} to={`/facilities/${encodeURIComponent(facility)}/imports`}>{t('ui.empty.button')}</Button>
          <a href={client.templateUrl(facility, language)} download>{t('ui.empty.template')}</a>
        </>
      }
      example={t('ui.empty.safe')}
    >
      <p>{t('ui.empty.what')}</p>
      <ul className={style.formats} style={{ marginTop: '0.75rem' }}>
        {formats.map((format) => (
          <li key={format}>· {t(`ui.format.${format}`)}</li>
        ))}
      </ul>
    </EmptyState>
  )
}

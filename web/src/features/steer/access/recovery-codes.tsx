// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useWords } from '@/lib/i18n'
import style from './access.module.css'

/** Shown once, to be printed or written down. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useWords()
  return (
    <div className="tight" role="status">
      <p className="h3">{t('ui.phone.codes')}</p>
      <p className="prose">{t('ui.phone.codes.what')}</p>
      <ul className={style.codes}>{codes.map((one) => <li key={one}>{`${one.slice(0, 5)}-${one.slice(5)}`}</li>)}</ul>
      <div><Button size="sm" variant="default" className="no-print" onClick={() => window.print()}>{t('ui.print')}</Button></div>
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// The session has ended while its screen goes on showing what it last read. Said for as long as it lasts; nobody is led
// away from what they are writing.
import { Link, useLocation } from 'react-router'
import { useWords } from '@/lib/i18n'
import style from './shell.module.css'

export function SignedOutStrip({ since }: { since: string }) {
  const { t, f } = useWords()
  const { pathname, search } = useLocation()
  const now = Date.now() // eslint-disable-line react-hooks/purity -- only to leave out today's date
  return (
    <p className={`${style.signedOut} no-print`} role="status">
      <b>▲ {t('ui.signed_out', { since: f.moment(since, now) })}</b>{' '}
      <Link to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>{t('ui.signed_out.sign_in')}</Link>
    </p>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Above every screen: that one is in by a sealed code; and, for whoever looks after access, which codes were
// opened and not closed again.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import style from './access.module.css'

const by_code = 'code:'

export function NightNotice() {
  const { t, f } = useWords()
  const session = useQuery(queries.session())
  const watches = session.data?.somewhere.includes('grant') ?? false
  const codes = useQuery({ ...queries.sealedCodes(), enabled: watches, refetchInterval: 15_000 })
  const user = session.data?.user ?? ''
  const post = user.startsWith(by_code) ? user.slice(by_code.length) : ''
  const opened = watches ? (codes.data?.items ?? []).filter((one) => one.used && !one.revoked && one.post !== post) : []
  return (
    <>
      {post ? <p role="status" className={style.notice}><span aria-hidden="true">▲ </span>{t('ui.night.in_by_code', { post })}</p> : null}
      {opened.map((one) => (
        <p key={one.id} role="status" className={style.notice}>
          <span aria-hidden="true">▲ </span>
          <b>{t(one.role === 'break_glass' ? 'ui.night.glass_broken' : 'ui.night.code_opened', { post: one.post })}</b>{' '}
          {t('ui.codes.used', { when: f.instant(one.used ?? ''), from: one.used_from })}.{' '}
          <Link to="/people/codes">{t('ui.night.see')}</Link>
        </p>
      ))}
    </>
  )
}

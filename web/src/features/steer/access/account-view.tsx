// SPDX-License-Identifier: EUPL-1.2
import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Account } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { ErrorState, Loaded } from '@/ui/states'
import style from './access.module.css'
import { GrantTable } from './grant-table'
import { IdentityPart } from './identity-part'
import { PasskeyPart } from './passkey-part'
import { PhonePart } from './phone-part'
import { Refusal } from '@/ui/refusal'
import { TokenPart } from './token-part'

/** One's own account: what one may do, the password, the phone, the sessions. */
export function AccountView() {
  const { t } = useWords()
  const session = useQuery(queries.session())
  return (
    <Loaded asked={useQuery(queries.account())}>
      {(account) => (
        <div className="stack">
          <p>{account.name} <span className="quiet">({account.login})</span></p>
          {session.data?.needs_phone ? <p role="status"><span aria-hidden="true">▲ </span>{t('ui.account.needs_phone')}</p> : null}
          <section className="section">
            <h2>{t('ui.account.roles')}</h2>
            <GrantTable grants={account.grants} />
          </section>
          <PhonePart account={account} />
          <PasskeyPart account={account} />
          <PasswordPart account={account} />
          <IdentityPart account={account} />
          <TokenPart account={account} />
          <SessionPart account={account} />
        </div>
      )}
    </Loaded>
  )
}

function PasswordPart({ account }: { account: Account }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [present, setPresent] = useState('')
  const [fresh, setFresh] = useState('')
  const change = useMutation({
    mutationFn: () => client.changePassword(present, fresh),
    onSuccess: (now) => {
      cache.setQueryData(['account'], now)
      setPresent('')
      setFresh('')
    },
  })
  const eye = { 'aria-label': t('ui.sign_in.show_password') }
  return (
    <section className="section">
      <h2>{t('ui.account.password')}</h2>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <input type="text" hidden readOnly autoComplete="username" value={account.login} />
        {account.has_password ? <PasswordInput label={t('ui.account.password.present')} autoComplete="current-password" required value={present} onChange={(event) => setPresent(event.currentTarget.value)} visibilityToggleButtonProps={eye} /> : null}
        <PasswordInput label={t('ui.account.password.fresh')} description={t('access.weak_password')} autoComplete="new-password" required value={fresh} onChange={(event) => setFresh(event.currentTarget.value)} visibilityToggleButtonProps={eye} />
        <Refusal error={change.error} />
        {change.isSuccess ? <p role="status">{t('ui.account.password.done')}</p> : null}
        <div><Button type="submit" variant="default" loading={change.isPending}>{t('ui.save')}</Button></div>
      </form>
    </section>
  )
}

function SessionPart({ account }: { account: Account }) {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const end = useMutation({ mutationFn: client.endSession, onSuccess: (now) => cache.setQueryData(['account'], now) })
  return (
    <section className="section">
      <h2>{t('ui.account.sessions')}</h2>
      {end.error ? <ErrorState inline error={end.error} /> : null}
      <DataTable
        caption={t('ui.account.sessions')}
        rows={account.sessions}
        rowKey={(one) => one.id}
        columns={[
          { key: 'created', head: t('ui.account.session.since'), cell: (one) => f.instant(one.created), value: (one) => one.created },
          { key: 'seen', head: t('ui.account.session.seen'), cell: (one) => f.instant(one.last_seen), value: (one) => one.last_seen },
          { key: 'peer', head: t('ui.account.session.from'), cell: (one) => one.peer, value: (one) => one.peer },
          { key: 'agent', head: t('ui.account.session.agent'), cell: (one) => <span className="small break">{one.agent}</span>, value: (one) => one.agent, minor: true },
          {
            key: 'end', head: t('ui.history.act'),
            cell: (one) => (one.present ? t('ui.account.session.present') : <Button size="compact-sm" variant="default" onClick={() => end.mutate(one.id)}>{t('ui.account.session.end')}</Button>),
          },
        ]}
      />
    </section>
  )
}

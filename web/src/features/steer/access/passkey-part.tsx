// SPDX-License-Identifier: EUPL-1.2
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Account, type Passkey } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import style from './access.module.css'
import { addPasskey, passkeysHere } from './authenticator'
import { RecoveryCodes } from './recovery-codes'
import { Refusal } from '@/ui/refusal'

/** One's passkeys. Adding one and taking one away both ask for the password. */
export function PasskeyPart({ account }: { account: Account }) {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const [leaving, setLeaving] = useState<Passkey | null>(null)
  const again = () => cache.invalidateQueries()
  const add = useMutation({ mutationFn: ({ name, password }: Asked) => addPasskey(name, password), onSuccess: again })
  const remove = useMutation({
    mutationFn: ({ password }: Asked) => client.removePasskey(leaving?.id ?? '', password),
    onSuccess: () => {
      setLeaving(null)
      return again()
    },
  })
  return (
    <section className="section">
      <h2>{t('ui.passkey.title')}</h2>
      <div className="stack">
        <p className="prose">{t('ui.passkey.what')}</p>
        {add.data ? <p role="status">{t('ui.passkey.added')}</p> : null}
        {add.data && add.data.codes.length > 0 ? <RecoveryCodes codes={add.data.codes} /> : null}
        <Loaded asked={useQuery(queries.passkeys())} lines={2}>
          {({ items }) => (
            <DataTable
              caption={t('ui.passkey.title')}
              rows={items}
              rowKey={(one) => one.id}
              search={false}
              empty={t('ui.passkey.none')}
              columns={[
                { key: 'name', head: t('ui.column.name'), cell: (one) => one.name, value: (one) => one.name },
                { key: 'created', head: t('ui.passkey.created'), cell: (one) => f.instant(one.created), value: (one) => one.created },
                { key: 'used', head: t('ui.passkey.last_used'), cell: (one) => (one.last_used ? f.instant(one.last_used) : t('ui.people.never')), value: (one) => one.last_used ?? '' },
                { key: 'act', head: t('ui.history.act'), cell: (one) => <Button size="compact-sm" variant="default" aria-label={t('ui.passkey.remove_of', { name: one.name })} onClick={() => setLeaving(one)}>{t('ui.passkey.remove')}</Button> },
              ]}
            />
          )}
        </Loaded>
        {leaving ? (
          <ProofForm
            key={leaving.id} account={account} action={t('ui.passkey.remove_of', { name: leaving.name })} busy={remove.isPending} error={remove.error}
            onGiven={remove.mutate} onCancel={() => setLeaving(null)}
          />
        ) : passkeysHere() ? (
          <ProofForm key={add.submittedAt} named account={account} action={t('ui.passkey.add')} busy={add.isPending} error={add.error} onGiven={add.mutate} />
        ) : <NotHere />}
      </div>
    </section>
  )
}

interface Asked { name: string; password: string }

interface ProofProps {
  account: Account
  /** Also what to call the passkey. */
  named?: boolean
  action: string
  busy: boolean
  error: unknown
  onGiven: (asked: Asked) => void
  onCancel?: () => void
}

function ProofForm({ account, named = false, action, busy, error, onGiven, onCancel }: ProofProps) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        onGiven({ name, password })
      }}
    >
      <input type="text" hidden readOnly autoComplete="username" value={account.login} />
      {named ? <TextInput label={t('ui.passkey.name')} placeholder={t('ui.passkey.name.example')} required maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} /> : null}
      {account.has_password ? <PasswordInput label={t('ui.account.password.present')} autoComplete="current-password" required autoFocus={!named} value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} /> : null}
      <Refusal error={error} />
      <div className="row">
        <Button type="submit" variant="default" loading={busy}>{action}</Button>
        {onCancel ? <Button variant="subtle" onClick={onCancel}>{t('ui.cancel')}</Button> : null}
      </div>
    </form>
  )
}

/** Says why, and where they are possible when that is one step away. */
function NotHere() {
  const { t } = useWords()
  const { protocol, hostname, port, pathname } = location
  const local = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]') ? `http://localhost${port ? `:${port}` : ''}${pathname}` : ''
  return <p className="prose">{t('ui.passkey.not_here')} {local ? <a href={local}>{t('ui.passkey.go_local', { address: local })}</a> : null}</p>
}

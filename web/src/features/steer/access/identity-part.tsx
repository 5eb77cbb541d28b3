// SPDX-License-Identifier: EUPL-1.2
import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { client, type Account, type LinkedIdentity } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import style from './access.module.css'
import { ProviderRefusal } from './provider-doors'
import { Refusal } from '@/ui/refusal'

/** Identities of a provider that open this account, and binding one more. */
export function IdentityPart({ account }: { account: Account }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [asked] = useSearchParams()
  const doors = useQuery(queries.doors())
  const providers = useQuery(queries.providers()).data?.items ?? []
  const [password, setPassword] = useState('')
  const link = useMutation({ mutationFn: (provider: string) => client.linkIdentity(provider, password), onSuccess: ({ address }) => location.assign(address) })
  const end = useMutation({ mutationFn: client.endIdentity, onSuccess: (now) => cache.setQueryData(queries.doors().queryKey, now) })
  if (providers.length === 0 && !doors.data?.identities.length) return null
  return (
    <section className="section">
      <h2>{t('ui.identity.title')}</h2>
      <div className="stack">
        <p className="prose">{t('ui.identity.what')}</p>
        <ProviderRefusal code={asked.get('refused')} />
        <Refusal error={link.error ?? end.error} />
        <Loaded asked={doors}>{({ identities }) => <IdentityTable identities={identities} onEnd={(id) => end.mutate(id)} />}</Loaded>
        {providers.length > 0 ? (
          <div className={style.form}>
            {account.has_password ? <PasswordInput label={t('ui.account.password.present')} autoComplete="current-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} /> : null}
            <div className="row">
              {providers.map(({ id, label }) => <Button key={id} variant="default" loading={link.isPending} onClick={() => link.mutate(id)}>{t('ui.identity.link', { provider: label })}</Button>)}
            </div>
          </div>
        ) : null}
      </div>
    </section>
  )
}

export function IdentityTable({ identities, onEnd }: { identities: LinkedIdentity[]; onEnd: (id: string) => void }) {
  const { t, f } = useWords()
  return (
    <DataTable
      caption={t('ui.identity.title')}
      rows={identities}
      rowKey={(one) => one.id}
      empty={t('ui.identity.none')}
      columns={[
        { key: 'provider', head: t('ui.identity.provider'), cell: (one) => one.provider, value: (one) => one.provider },
        { key: 'shown', head: t('ui.identity.shown'), cell: (one) => <span className="break">{one.shown}</span>, value: (one) => one.shown },
        { key: 'siret', head: t('ui.identity.siret'), cell: (one) => one.siret || '—', value: (one) => one.siret },
        { key: 'linked', head: t('ui.identity.linked'), cell: (one) => f.instant(one.linked), value: (one) => one.linked, minor: true },
        { key: 'seen', head: t('ui.account.session.seen'), cell: (one) => (one.last_seen ? f.instant(one.last_seen) : t('ui.people.never')), value: (one) => one.last_seen ?? '', minor: true },
        { key: 'end', head: t('ui.history.act'), cell: (one) => <Button size="compact-sm" variant="default" onClick={() => onEnd(one.id)}>{t('ui.identity.end')}</Button> },
      ]}
    />
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button, Checkbox, PasswordInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Account, type ApiToken, type Doors, type NewToken } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { tokenRights } from '@/lib/vocabulary'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import style from './access.module.css'
import { usePlaceName } from './grant-table'
import { Refusal } from '@/ui/refusal'

const days = [7, 30, 90, 180, 365]

/** Tokens for programs: made, listed, ended. */
export function TokenPart({ account }: { account: Account }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const keep = (now: Doors) => cache.setQueryData(queries.doors().queryKey, now)
  const make = useMutation({ mutationFn: client.makeToken, onSuccess: ({ doors }) => keep(doors) })
  const end = useMutation({ mutationFn: client.endToken, onSuccess: keep })
  return (
    <section className="section">
      <h2>{t('ui.token.title')}</h2>
      <div className="stack">
        <p className="prose">{t('ui.token.what')}</p>
        {make.data ? (
          <div className={style.sheet} role="status">
            <p className="h3">{t('ui.token.fresh')}</p>
            <p className="break"><code>{make.data.secret}</code></p>
            <p className="small quiet">{t('ui.token.fresh.what')}</p>
          </div>
        ) : null}
        <Refusal error={end.error} />
        <Loaded asked={useQuery(queries.doors())}>{({ tokens }) => <TokenTable tokens={tokens} onEnd={(id) => end.mutate(id)} />}</Loaded>
        <TokenForm account={account} busy={make.isPending} onWanted={(token) => make.mutate(token)} />
        <Refusal error={make.error} />
      </div>
    </section>
  )
}

function TokenForm({ account, busy, onWanted }: { account: Account; busy: boolean; onWanted: (token: NewToken) => void }) {
  const { t } = useWords()
  const session = useQuery(queries.session())
  const facilities = useQuery(queries.facilities())
  const [name, setName] = useState('')
  const [rights, setRights] = useState<string[]>([])
  const [place, setPlace] = useState<string | null>('*')
  const [lasts, setLasts] = useState<string | null>('90')
  const [password, setPassword] = useState('')
  const held = tokenRights.filter((right) => session.data?.somewhere.includes(right))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onWanted({ name, password, rights: held.filter((right) => rights.includes(right)), place: place === '*' || place === null ? '' : place, days: Number(lasts) })
        setPassword('')
      }}
    >
      <fieldset className={style.choices}>
        <legend>{t('ui.token.rights')}</legend>
        {held.map((right) => (
          <Checkbox key={right} label={t(`access.right.${right}`)} checked={rights.includes(right)} onChange={(event) => setRights(event.currentTarget.checked ? [...rights, right] : rights.filter((one) => one !== right))} />
        ))}
      </fieldset>
      <div className={style.wide}>
        <TextInput label={t('ui.token.name')} required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select
          label={t('ui.people.place')} allowDeselect={false} searchable value={place} onChange={setPlace}
          data={[{ value: '*', label: t('ui.token.anywhere') }, ...(facilities.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))]}
        />
        <Select label={t('ui.token.days')} allowDeselect={false} data={days.map((count) => ({ value: String(count), label: t('ui.token.days.count', { count }) }))} value={lasts} onChange={setLasts} />
        {account.has_password ? <PasswordInput label={t('ui.account.password.present')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} /> : null}
        <div><Button type="submit" variant="default" disabled={rights.length === 0} loading={busy}>{t('ui.token.make')}</Button></div>
      </div>
    </form>
  )
}

export function TokenTable({ tokens, onEnd }: { tokens: ApiToken[]; onEnd: (id: string) => void }) {
  const { t, f } = useWords()
  const placeName = usePlaceName()
  const rightsOf = (token: ApiToken) => token.rights.map((right) => t(`access.right.${right}`)).join(', ')
  return (
    <DataTable
      caption={t('ui.token.title')}
      rows={tokens}
      rowKey={(one) => one.id}
      empty={t('ui.token.none')}
      columns={[
        { key: 'name', head: t('ui.token.name'), cell: (one) => <span className="break">{one.name}</span>, value: (one) => one.name },
        { key: 'rights', head: t('ui.token.rights'), cell: rightsOf, value: rightsOf },
        { key: 'place', head: t('ui.people.place'), cell: (one) => (one.place ? placeName(one.place) : t('ui.token.anywhere')), value: (one) => one.place, minor: true },
        { key: 'ends', head: t('ui.people.ends'), cell: (one) => f.instant(one.ends), value: (one) => one.ends },
        { key: 'used', head: t('ui.token.used'), cell: (one) => (one.last_used ? `${f.instant(one.last_used)} · ${one.last_peer}` : t('ui.people.never')), value: (one) => one.last_used ?? '' },
        {
          key: 'end', head: t('ui.people.state'), value: (one) => one.ended ?? '',
          cell: (one) => (one.ended ? t('ui.people.ended', { when: f.instant(one.ended), who: one.ended_by === 'time' ? t('ui.people.by_time') : one.ended_by }) : <Button size="compact-sm" variant="default" onClick={() => onEnd(one.id)}>{t('ui.account.session.end')}</Button>),
        },
      ]}
    />
  )
}

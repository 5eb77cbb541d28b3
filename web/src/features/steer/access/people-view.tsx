// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { client, type Person } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { SideDrawer } from '@/ui/side-drawer'
import { Loaded } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import style from './access.module.css'
import { CodesPart } from './codes-part'
import { GrantTable } from './grant-table'
import { PersonDoors } from './person-doors'
import { RoleForm } from './role-form'
import { Refusal } from '@/ui/refusal'
import { SharesPart } from './shares-part'

const parts = ['accounts', 'shares', 'codes'] as const
const views = { accounts: Accounts, shares: SharesPart, codes: CodesPart }

/** Who may do what, what is shared with whom, and the printed codes of the night. */
export function PeopleView() {
  const { t } = useWords()
  const { part: asked } = useParams()
  const part = parts.find((one) => one === asked) ?? 'accounts'
  const Shown = views[part]
  return (
    <>
      <Tabs label={t('ui.people.parts')} tabs={parts.map((one) => ({ to: `/people/${one}`, label: t(`ui.people.${one}`), current: one === part }))} />
      <Shown />
    </>
  )
}

function Accounts() {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const people = useQuery(queries.people())
  const [openId, setOpenId] = useState('')
  const [link, setLink] = useState<{ name: string; token: string } | null>(null)
  const invite = useMutation({
    mutationFn: client.invite,
    onSuccess: async ({ person, token }) => {
      setLink({ name: person.name, token })
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  return (
    <div className="stack">
      <Loaded asked={people}>
        {({ items }) => {
          const open = items.find(({ id }) => id === openId)
          return (
            <>
              <DataTable
                caption={t('ui.people.accounts')}
                rows={items}
                rowKey={(one) => one.id}
                search
                exportName="people"
                onOpen={(one) => setOpenId(one.id)}
                selected={openId}
                columns={[
                  { key: 'name', head: t('ui.column.name'), cell: (one) => one.name, value: (one) => one.name },
                  { key: 'login', head: t('ui.sign_in.login'), cell: (one) => one.login, value: (one) => one.login },
                  { key: 'roles', head: t('ui.account.roles'), cell: (one) => rolesOf(one).map((role) => t(`access.role.${role}`)).join(', '), value: (one) => rolesOf(one).join(', ') },
                  { key: 'phone', head: t('ui.phone.title'), cell: (one) => t(`ui.choice.${String(one.has_phone)}`), value: (one) => t(`ui.choice.${String(one.has_phone)}`), minor: true },
                  { key: 'seen', head: t('ui.account.session.seen'), cell: (one) => (one.last_seen ? f.instant(one.last_seen) : t('ui.people.never')), value: (one) => one.last_seen ?? '', minor: true },
                  { key: 'state', head: t('ui.people.state'), cell: (one) => t(stateOf(one)), value: (one) => t(stateOf(one)) },
                ]}
              />
              <SideDrawer opened={open !== undefined} onClose={() => setOpenId('')} title={open?.name ?? ''}>
                {open ? <PersonPart person={open} onLink={(token) => setLink({ name: open.name, token })} /> : null}
              </SideDrawer>
            </>
          )
        }}
      </Loaded>
      {link ? <NewLink name={link.name} token={link.token} /> : null}
      <section className="section">
        <h2>{t('ui.people.invite')}</h2>
        <RoleForm person held={['lasting', 'dated']} action={t('ui.people.invite')} busy={invite.isPending} onGiven={(given) => invite.mutate(given)} />
        <Refusal error={invite.error} />
      </section>
    </div>
  )
}

const rolesOf = (person: Person) => [...new Set(person.grants.filter(({ ended }) => !ended).map(({ role }) => role))]
const stateOf = (person: Person) => (!person.active ? 'ui.people.closed' : person.last_seen ? 'ui.people.active' : 'ui.people.invited')

/** The link is shown once and handed over by whoever invited: nothing is sent. */
function NewLink({ name, token }: { name: string; token: string }) {
  const { t } = useWords()
  return (
    <div className={style.sheet} role="status">
      <p className="h3">{t('ui.people.link', { name })}</p>
      <p className="break"><code>{`${location.origin}/invitation#${token}`}</code></p>
      <p className="small quiet">{t('ui.people.link.what')}</p>
    </div>
  )
}

function PersonPart({ person, onLink }: { person: Person; onLink: (token: string) => void }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const again = () => cache.invalidateQueries({ queryKey: ['people'] })
  const give = useMutation({ mutationFn: (grant: Parameters<typeof client.giveRole>[1]) => client.giveRole(person.id, grant), onSuccess: again })
  const take = useMutation({ mutationFn: (grant: string) => client.takeRole(person.id, grant), onSuccess: again })
  const renew = useMutation({ mutationFn: () => client.renewLink(person.id), onSuccess: ({ token }) => onLink(token) })
  const close = useMutation({ mutationFn: () => client.closePerson(person.id), onSuccess: again })
  return (
    <div className="stack">
      <p>{person.login}{person.contact ? ` · ${person.contact}` : ''}</p>
      <Refusal error={give.error ?? take.error ?? renew.error ?? close.error} />
      <GrantTable grants={person.grants} act={(grant) => <Button size="compact-sm" variant="default" onClick={() => take.mutate(grant.id)}>{t('ui.people.take')}</Button>} />
      {person.active ? (
        <>
          <h3 className="h3">{t('ui.people.give')}</h3>
          <RoleForm held={['lasting', 'dated']} action={t('ui.people.give')} busy={give.isPending} onGiven={({ role, place, hierarchy, recursive, ends }) => give.mutate({ role, place, hierarchy, recursive, ends })} />
          <PersonDoors person={person.id} />
          <div className="row">
            <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>{t('ui.people.renew_link')}</Button>
            <Button variant="default" loading={close.isPending} onClick={() => close.mutate()}>{t('ui.people.close')}</Button>
          </div>
        </>
      ) : null}
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button, Select } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type TrailEntry } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import { usePlaceName } from './grant-table'
import { Refusal } from '@/ui/refusal'

const deeds = ['sign_in', 'sign_in_refused', 'refused', 'read', 'change', 'grant', 'grant_taken', 'invite', 'share', 'unshare', 'code_printed', 'code_opened', 'code_refused', 'code_revoked', 'account_closed',
  'passkey_added', 'passkey_removed', 'passkey_copied', 'identity_linked', 'identity_ended', 'identity_refused', 'token_made', 'token_used', 'token_ended']
/** What nobody should read past. */
const loud = new Set(['code_opened', 'code_refused', 'passkey_copied'])

/** Who did and who saw what, newest first; and whether the chain of hashes holds. */
export function AuditView() {
  const { t, f, has, word } = useWords()
  const placeName = usePlaceName()
  const session = useQuery(queries.session())
  const [deed, setDeed] = useState<string | null>(null)
  const particular = (name: string, value: string) => {
    if (name === 'role') return t(`access.role.${value}`)
    if (name === 'from' || name === 'until') return f.instant(value)
    if (name === 'why') return has(`access.${value}`) ? t(`access.${value}`) : value.replaceAll('_', ' ')
    return name === 'strong' ? '' : value
  }
  const trail = useInfiniteQuery(queries.trail(deed ?? ''))
  return (
    <div className="stack">
      <div className="row">
        <Select aria-label={t('ui.audit.deed')} placeholder={t('ui.audit.all')} clearable clearButtonProps={{ 'aria-label': t('ui.audit.all') }} data={deeds.map((one) => ({ value: one, label: t(`access.deed.${one}`) }))} value={deed} onChange={setDeed} />
        <a href={client.trailUrl('csv')}>{t('ui.audit.csv')}</a>
        <a href={client.trailUrl('json')}>{t('ui.audit.json')}</a>
      </div>
      {session.data?.everywhere.includes('audit') ? <Check /> : null}
      <Loaded asked={trail}>
        {({ pages }) => (
          <DataTable
            caption={t('ui.audit.title')}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={(one: TrailEntry) => String(one.number)}
            search
            empty={t('ui.audit.none')}
            columns={[
              { key: 'number', head: t('ui.audit.number'), number: true, cell: (one) => one.number, value: (one) => one.number, minor: true },
              { key: 'at', head: t('ui.audit.at'), cell: (one) => f.instant(one.at), value: (one) => one.at },
              { key: 'actor', head: t('ui.audit.actor'), cell: (one) => one.actor, value: (one) => one.actor },
              { key: 'deed', head: t('ui.audit.deed'), cell: (one) => (loud.has(one.deed) ? <b>▲ {t(`access.deed.${one.deed}`)}</b> : t(`access.deed.${one.deed}`)), value: (one) => t(`access.deed.${one.deed}`) },
              { key: 'place', head: t('ui.people.place'), cell: (one) => (one.place ? placeName(one.place) : t('ui.space.instance')), value: (one) => one.place },
              { key: 'subject', head: t('ui.audit.subject'), cell: (one) => <span className="break">{[word('access.row', one.subject), ...one.detail.map(({ name, value }) => particular(name, value))].filter(Boolean).join(' · ')}</span>, value: (one) => word('access.row', one.subject) },
              { key: 'peer', head: t('ui.account.session.from'), cell: (one) => one.peer, value: (one) => one.peer, minor: true },
            ]}
          />
        )}
      </Loaded>
      {trail.hasNextPage ? <div><Button variant="default" loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>{t('ui.audit.older')}</Button></div> : null}
    </div>
  )
}

function Check() {
  const { t, say, f } = useWords()
  const check = useMutation({ mutationFn: () => client.checkTrail() })
  return (
    <div className="row">
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>{t('ui.audit.check')}</Button>
      <Refusal error={check.error} />
      {check.data ? (
        <p role={check.data.fault ? 'alert' : 'status'}>
          {check.data.fault ? say(check.data.fault) : t('trail.whole', { entries: f.whole(check.data.entries), digests: f.whole(check.data.digests) })}
        </p>
      ) : null}
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import style from './access.module.css'
import { Refusal } from '@/ui/refusal'

/** With whom above it a facility shares its cartography, and until when. */
export function SharesPart() {
  const { t } = useWords()
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <div className="stack">
      <p className="prose">{t('ui.shares.what')}</p>
      <Loaded asked={useQuery(queries.facilities())}>
        {({ items }) => {
          const facility = chosen ?? items[0]?.id
          return (
            <>
              <div className={style.form}>
                <Select label={t('ui.facility.choose')} searchable allowDeselect={false} data={items.map(({ id, name }) => ({ value: id, label: name }))} value={facility ?? null} onChange={setChosen} />
              </div>
              {facility ? <Shares key={facility} facility={facility} /> : null}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

function Shares({ facility }: { facility: string }) {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const roles = useQuery(queries.roles())
  const shares = useQuery(queries.shares(facility))
  const [role, setRole] = useState<string | null>(null)
  const [ends, setEnds] = useState('')
  const again = (now: Awaited<ReturnType<typeof client.shares>>) => cache.setQueryData(['shares', facility], now)
  const share = useMutation({
    mutationFn: () => client.share(facility, role ?? '', ends ? new Date(ends).toISOString() : undefined),
    onSuccess: (now) => {
      setRole(null)
      setEnds('')
      again(now)
    },
  })
  const end = useMutation({ mutationFn: (with_role: string) => client.endShare(facility, with_role), onSuccess: again })
  const above = (roles.data?.roles ?? []).filter(({ if_shared }) => (if_shared?.length ?? 0) > 0)
  return (
    <>
      <form
        className={style.wide}
        onSubmit={(event) => {
          event.preventDefault()
          if (role !== null) share.mutate()
        }}
      >
        <Select label={t('ui.shares.with')} required allowDeselect={false} data={above.map(({ id }) => ({ value: id, label: t(`access.role.${id}`) }))} value={role} onChange={setRole} />
        <TextInput type="datetime-local" label={t('ui.people.ends.perhaps')} value={ends} onChange={(event) => setEnds(event.currentTarget.value)} />
        <div><Button type="submit" loading={share.isPending}>{t('ui.shares.share')}</Button></div>
      </form>
      <Refusal error={share.error ?? end.error} />
      <Loaded asked={shares} lines={2}>
        {({ items }) => (
          <DataTable
            caption={t('ui.people.shares')}
            rows={items}
            rowKey={(one) => one.role}
            search={false}
            empty={t('ui.shares.none')}
            columns={[
              { key: 'role', head: t('ui.shares.with'), cell: (one) => t(`access.role.${one.role}`), value: (one) => t(`access.role.${one.role}`) },
              { key: 'since', head: t('ui.people.starts'), cell: (one) => f.instant(one.shared), value: (one) => one.shared },
              { key: 'by', head: t('ui.audit.actor'), cell: (one) => one.shared_by, value: (one) => one.shared_by, minor: true },
              { key: 'ends', head: t('ui.people.ends'), cell: (one) => (one.ends ? f.instant(one.ends) : t('ui.people.no_end')), value: (one) => one.ends ?? '' },
              { key: 'act', head: t('ui.history.act'), cell: (one) => <Button size="compact-sm" variant="default" onClick={() => end.mutate(one.role)}>{t('ui.shares.end')}</Button> },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}

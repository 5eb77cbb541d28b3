// SPDX-License-Identifier: EUPL-1.2
import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type PrintedCode, type SealedCode } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Loaded } from '@/ui/states'
import style from './access.module.css'
import { usePlaceName } from './grant-table'
import { Refusal } from '@/ui/refusal'

const isPast = (when: string) => Date.parse(when) <= Date.now()

/** Codes in envelopes, for the night when nothing else opens. */
export function CodesPart() {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const placeName = usePlaceName()
  const codes = useQuery(queries.sealedCodes())
  const [printed, setPrinted] = useState<PrintedCode | null>(null)
  const again = () => cache.invalidateQueries({ queryKey: ['sealed-codes'] })
  const revoke = useMutation({ mutationFn: client.revokeCode, onSuccess: again })
  const state = (one: SealedCode) => {
    const used = one.used ? t('ui.codes.used', { when: f.instant(one.used), from: one.used_from }) : ''
    if (one.revoked) return [used, t(used ? 'ui.codes.closed' : 'ui.codes.revoked', { when: f.instant(one.revoked) })].filter(Boolean).join(' · ')
    if (used) return `▲ ${used}`
    if (isPast(one.ends)) return t('ui.codes.ran_out', { when: f.instant(one.ends) })
    return isPast(one.renew) ? `▲ ${t('ui.codes.renew', { when: f.instant(one.ends) })}` : t('ui.codes.sealed')
  }
  return (
    <div className="stack">
      <p className="prose no-print">{t('ui.codes.what')}</p>
      {printed ? <Sheet printed={printed} /> : null}
      <div className="no-print stack">
        <PrintForm onPrinted={(one) => { setPrinted(one); void again() }} />
        <Refusal error={revoke.error} />
        <Loaded asked={codes}>
          {({ items }) => (
            <DataTable
              caption={t('ui.people.codes')}
              rows={items}
              rowKey={(one) => one.id}
              empty={t('ui.codes.none')}
              columns={[
                { key: 'post', head: t('ui.codes.post'), cell: (one) => one.post, value: (one) => one.post },
                { key: 'role', head: t('ui.codes.opens'), cell: (one) => t(`access.role.${one.role}`), value: (one) => t(`access.role.${one.role}`) },
                { key: 'place', head: t('ui.people.place'), cell: (one) => placeName(one.place), value: (one) => placeName(one.place) },
                { key: 'created', head: t('ui.codes.printed'), cell: (one) => f.instant(one.created), value: (one) => one.created, minor: true },
                { key: 'state', head: t('ui.people.state'), cell: state, value: state },
                { key: 'revoke', head: t('ui.history.act'), cell: (one) => (one.revoked ? null : <Button size="compact-sm" variant="default" onClick={() => revoke.mutate(one.id)}>{t(one.used ? 'ui.codes.close' : 'ui.codes.revoke')}</Button>) },
              ]}
            />
          )}
        </Loaded>
      </div>
    </div>
  )
}

function PrintForm({ onPrinted }: { onPrinted: (printed: PrintedCode) => void }) {
  const { t } = useWords()
  const roles = useQuery(queries.roles())
  const facilities = useQuery(queries.facilities())
  const session = useQuery(queries.session())
  const [post, setPost] = useState('')
  const [role, setRole] = useState<string | null>('on_call')
  const [place, setPlace] = useState<string | null>(null)
  const print = useMutation({ mutationFn: () => client.printCode(post, role ?? '', place === '*' ? '' : (place ?? '')), onSuccess: onPrinted })
  const everywhere = session.data?.everywhere.includes('grant') ? [{ value: '*', label: t('ui.people.everywhere') }] : []
  return (
    <form
      className={style.wide}
      onSubmit={(event) => {
        event.preventDefault()
        if (role !== null && place !== null) print.mutate()
      }}
    >
      <TextInput label={t('ui.codes.post')} placeholder={t('access.role.duty_administrator')} required maxLength={100} value={post} onChange={(event) => setPost(event.currentTarget.value)} />
      <Select
        label={t('ui.codes.opens')} required allowDeselect={false} value={role} onChange={setRole}
        data={(roles.data?.roles ?? []).filter(({ held }) => held === 'sealed').map(({ id }) => ({ value: id, label: t(`access.role.${id}`) }))}
      />
      <Select label={t('ui.people.place')} required searchable allowDeselect={false} data={[...everywhere, ...(facilities.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))]} value={place} onChange={setPlace} />
      <div><Button type="submit" loading={print.isPending}>{t('ui.codes.print')}</Button></div>
      <Refusal error={print.error} />
    </form>
  )
}

/** What goes into the envelope. */
function Sheet({ printed: { sheet, code } }: { printed: PrintedCode }) {
  const { t, f } = useWords()
  const placeName = usePlaceName()
  return (
    <section className={style.sheet} aria-label={t('ui.codes.sheet')}>
      <p className="h2">{t('ui.codes.sheet')} · {sheet.post}</p>
      <p>{placeName(sheet.place)} · {t(`access.role.${sheet.role}`)}</p>
      <p className={style.secret}>{code.replace(/(.{4})(?=.)/g, '$1-')}</p>
      <ol className="tight">
        <li>1. {t('ui.codes.step.open', { address: `${location.origin}/sign-in?code` })}</li>
        <li>2. {t('ui.codes.step.type')}</li>
        <li>3. {t('ui.codes.step.tell')}</li>
      </ol>
      <p className="small">{t('ui.codes.until', { renew: f.day(sheet.renew), when: f.day(sheet.ends), who: sheet.created_by })}</p>
      <div className="no-print"><Button variant="default" onClick={() => window.print()}>{t('ui.print')}</Button></div>
    </section>
  )
}

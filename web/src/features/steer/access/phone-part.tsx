// SPDX-License-Identifier: EUPL-1.2
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Account } from '@/api/client'
import { useWords } from '@/lib/i18n'
import style from './access.module.css'
import { QrCode } from './qr-code'
import { RecoveryCodes } from './recovery-codes'
import { Refusal } from '@/ui/refusal'

/** The second factor: none, being set up, or in place with its recovery codes. */
export function PhonePart({ account }: { account: Account }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const again = () => cache.invalidateQueries()
  const start = useMutation({ mutationFn: () => client.startPhone(password) })
  const confirm = useMutation({ mutationFn: () => client.confirmPhone(code), onSuccess: again })
  const remove = useMutation({ mutationFn: () => client.removePhone(password), onSuccess: again })
  const renew = useMutation({ mutationFn: () => client.renewRecoveryCodes(password), onSuccess: again })
  const codes = renew.data?.codes ?? confirm.data?.codes
  const ask = account.has_password ? (
    <PasswordInput label={t('ui.account.password.present')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} />
  ) : null
  return (
    <section className="section">
      <h2>{t('ui.phone.title')}</h2>
      <div className="stack">
        <p className="prose">{account.has_phone ? t('ui.phone.on', { count: account.recovery_codes }) : t('ui.phone.off')}</p>
        {codes ? <RecoveryCodes codes={codes} /> : null}
        {account.has_phone ? (
          <form
            className={style.form}
            onSubmit={(event) => {
              event.preventDefault()
              renew.mutate()
            }}
          >
            {ask}
            <Refusal error={renew.error ?? remove.error} />
            <div className="row">
              <Button type="submit" variant="default" loading={renew.isPending}>{t('ui.phone.renew')}</Button>
              <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>{t('ui.phone.remove')}</Button>
            </div>
          </form>
        ) : start.data ? (
          <form
            className={style.form}
            onSubmit={(event) => {
              event.preventDefault()
              confirm.mutate()
            }}
          >
            <p>{t('ui.phone.scan')}</p>
            <QrCode text={start.data.address} label={t('ui.phone.scan.code')} />
            <p>{t('ui.phone.secret')}</p>
            <p className={style.secret}>{start.data.secret.replace(/(.{4})/g, '$1 ').trim()}</p>
            <p><a href={start.data.address}>{t('ui.phone.link')}</a></p>
            <TextInput label={t('ui.phone.first_code')} autoComplete="one-time-code" inputMode="numeric" maxLength={6} required autoFocus value={code} onChange={(event) => setCode(event.currentTarget.value)} />
            <Refusal error={confirm.error} />
            <div><Button type="submit" loading={confirm.isPending}>{t('ui.phone.confirm')}</Button></div>
          </form>
        ) : (
          <form
            className={style.form}
            onSubmit={(event) => {
              event.preventDefault()
              start.mutate()
            }}
          >
            {ask}
            <Refusal error={start.error} />
            <div><Button type="submit" variant="default" loading={start.isPending}>{t('ui.phone.start')}</Button></div>
          </form>
        )}
      </div>
    </section>
  )
}

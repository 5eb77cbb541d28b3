// SPDX-License-Identifier: EUPL-1.2
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { client } from '@/api/client'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { remember } from '@/lib/keep'
import style from './access.module.css'
import { enterWithPasskey, passkeysHere } from './authenticator'
import { Door, wayIn } from '@/ui/door'
import { ProviderDoors } from './provider-doors'
import { Refusal } from '@/ui/refusal'
import { SealedForm } from './sealed-form'

/** Name and password, then the phone's code when the account has one; or the printed code of a night. */
export function SignInView() {
  const { t } = useWords()
  const [asked] = useSearchParams()
  const [sealed, setSealed] = useState(asked.has('code'))
  const enter = () => {
    remember('leaving', null) // of the session before, which this one has taken the place of
    location.assign(wayIn(asked.get('next')))
  }
  return (
    <Door title={t(sealed ? 'ui.sign_in.sealed.title' : 'ui.sign_in.title')}>
      {sealed ? null : <ProviderDoors next={wayIn(asked.get('next'))} refused={asked.get('refused')} />}
      {sealed ? <SealedForm onIn={enter} /> : <PasswordForm onIn={enter} />}
      {sealed || !passkeysHere() ? null : <PasskeyDoor onIn={enter} />}
      {sealed ? null : <p className={style.other}>{t('ui.sign_in.otherwise')}</p>}
      <Button size="lg" variant="default" onClick={() => setSealed(!sealed)}>{t(sealed ? 'ui.sign_in.with_password' : 'ui.sign_in.with_sealed')}</Button>
    </Door>
  )
}

function PasskeyDoor({ onIn }: { onIn: () => void }) {
  const { t } = useWords()
  const open = useMutation({ mutationFn: enterWithPasskey, onSuccess: onIn })
  return (
    <>
      <Button size="md" variant="default" loading={open.isPending} onClick={() => open.mutate()}>{t('ui.passkey.enter')}</Button>
      <Refusal error={open.error} />
    </>
  )
}

function PasswordForm({ onIn }: { onIn: () => void }) {
  const { t } = useWords()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [wantsCode, setWantsCode] = useState(false)
  const signIn = useMutation({
    mutationFn: () => client.signIn(login, password, code),
    onSuccess: onIn,
    onError: (error) => {
      if (failureOf(error).said.code === 'access.code_needed') setWantsCode(true)
    },
  })
  const shown = failureOf(signIn.error).said.code === 'access.code_needed' ? null : signIn.error
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate()
      }}
    >
      <TextInput size="md" label={t('ui.sign_in.login')} autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus value={login} onChange={(event) => setLogin(event.currentTarget.value)} />
      <PasswordInput size="md" label={t('ui.sign_in.password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} />
      {wantsCode ? (
        <TextInput size="md" label={t('ui.sign_in.code')} description={t('access.code_needed')} autoComplete="one-time-code" inputMode="text" required autoFocus value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      ) : null}
      <Refusal error={shown} />
      <Button type="submit" size="md" loading={signIn.isPending}>{t('ui.sign_in.enter')}</Button>
    </form>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { LoadingState } from '@/ui/states'
import style from './access.module.css'
import { Door } from '@/ui/door'
import { Refusal } from '@/ui/refusal'

/** The secret stands behind the # of the link, so that no server and no log on the way ever sees it. */
export function InvitationView() {
  const { t } = useWords()
  const token = location.hash.slice(1)
  const invited = useQuery({ queryKey: ['invitation', token], queryFn: () => client.lookAtInvitation(token), retry: false })
  const [password, setPassword] = useState('')
  const accept = useMutation({ mutationFn: () => client.acceptInvitation(token, password), onSuccess: () => location.assign('/') })
  return (
    <Door title={t('ui.invitation.title')}>
      {invited.data ? (
        <form
          className={style.form}
          onSubmit={(event) => {
            event.preventDefault()
            accept.mutate()
          }}
        >
          <p>{t('ui.invitation.hello', { name: invited.data.name })}</p>
          <p>{t('ui.invitation.login')} <b>{invited.data.login}</b></p>
          <input type="text" hidden readOnly autoComplete="username" value={invited.data.login} />
          <PasswordInput label={t('ui.invitation.password')} description={t('access.weak_password')} autoComplete="new-password" required autoFocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} />
          <Refusal error={accept.error} />
          <Button type="submit" loading={accept.isPending}>{t('ui.invitation.accept')}</Button>
        </form>
      ) : invited.error ? <Refusal error={invited.error} /> : <LoadingState lines={3} />}
    </Door>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// For a hand that shakes at two in the morning: one large field, what was read of it so far, one large button.
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '@/api/client'
import { useWords } from '@/lib/i18n'
import style from './access.module.css'
import { Refusal } from '@/ui/refusal'
import { inFours, readLetters, sealed_length } from './sealed-letters'

export function SealedForm({ onIn }: { onIn: () => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [short, setShort] = useState(false)
  const letters = readLetters(typed)
  const left = sealed_length - letters.length
  const field = useRef<HTMLInputElement>(null)
  const open = useMutation({ mutationFn: () => client.openCode(letters), onSuccess: onIn, onError: () => field.current?.focus() })
  return (
    <form
      className={style.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setShort(left !== 0) // a slip is told here, and no try is lost
        if (left === 0) open.mutate()
        else field.current?.focus()
      }}
    >
      <TextInput
        ref={field} size="lg" label={t('ui.sign_in.sealed.code')} description={t('ui.sign_in.sealed.what')} classNames={{ input: style.letters }}
        autoComplete="off" autoCapitalize="characters" autoCorrect="off" spellCheck={false} enterKeyHint="go" required autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setShort(false)
        }}
      />
      <p className={style.read} aria-hidden="true">
        <span>{inFours(letters)}</span> <span className="quiet small">{t('ui.sign_in.sealed.count', { count: letters.length, of: sealed_length })}</span>
      </p>
      {short ? <p role="alert"><span aria-hidden="true">▲ </span>{t(left > 0 ? 'ui.sign_in.sealed.missing' : 'ui.sign_in.sealed.too_many', { count: Math.abs(left) })}</p> : <Refusal error={open.error} />}
      <Button type="submit" size="lg" loading={open.isPending}>{t('ui.sign_in.enter')}</Button>
      <p className="small quiet">{t('ui.sign_in.sealed.told')}</p>
    </form>
  )
}

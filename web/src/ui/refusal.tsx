// SPDX-License-Identifier: EUPL-1.2
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'

/** What a form was answered, in one sentence: here a refusal is an answer and no breakdown. */
export function Refusal({ error }: { error: unknown }) {
  const { say, t, has } = useWords()
  if (!error) return null
  const { said } = failureOf(error)
  return (
    <p role="alert">
      <span aria-hidden="true">▲ </span>
      {say(said)} {has(`${said.code}.mend`) ? t(`${said.code}.mend`) : null}
    </p>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { client } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { remember } from '@/lib/keep'

/** What the way back from a provider may say. Any other code in the address is not shown. */
const refusals = ['access.provider_down', 'access.provider_refused', 'access.stale_sign_in', 'access.sign_in_cancelled', 'access.unknown_identity', 'access.identity_taken',
  'access.no_such_provider', 'access.too_many_tries']

export function ProviderRefusal({ code }: { code: string | null }) {
  const { t, has } = useWords()
  if (code === null || !refusals.includes(code)) return null
  return (
    <p role="alert">
      <span aria-hidden="true">▲ </span>
      {t(code)} {has(`${code}.mend`) ? t(`${code}.mend`) : null}
    </p>
  )
}

/** A link for each provider of identities that the operator has set up; none: nothing. */
export function ProviderDoors({ next, refused }: { next: string; refused: string | null }) {
  const { t } = useWords()
  const providers = useQuery(queries.providers()).data?.items ?? []
  return (
    <>
      <ProviderRefusal code={refused} />
      {providers.map(({ id, label }) => (
        <Button key={id} component="a" variant="default" href={client.providerUrl(id, next)} onClick={() => remember('leaving', null)}>{t('ui.sign_in.with', { provider: label })}</Button>
      ))}
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, type Doors } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { LoadingState } from '@/ui/states'
import { IdentityTable } from './identity-part'
import { Refusal } from '@/ui/refusal'
import { TokenTable } from './token-part'

/** Somebody's identities and tokens, for whoever may shut them. */
export function PersonDoors({ person }: { person: string }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const doors = useQuery(queries.personDoors(person))
  const keep = (now: Doors) => cache.setQueryData(queries.personDoors(person).queryKey, now)
  const endToken = useMutation({ mutationFn: (id: string) => client.endPersonToken(person, id), onSuccess: keep })
  const endIdentity = useMutation({ mutationFn: (id: string) => client.endPersonIdentity(person, id), onSuccess: keep })
  if (doors.error) return <Refusal error={doors.error} />
  if (!doors.data) return <LoadingState lines={2} />
  const { identities, tokens } = doors.data
  return (
    <>
      <Refusal error={endToken.error ?? endIdentity.error} />
      {identities.length > 0 ? (
        <>
          <h3 className="h3">{t('ui.identity.title')}</h3>
          <IdentityTable identities={identities} onEnd={(id) => endIdentity.mutate(id)} />
        </>
      ) : null}
      {tokens.length > 0 ? (
        <>
          <h3 className="h3">{t('ui.token.title')}</h3>
          <TokenTable tokens={tokens} onEnd={(id) => endToken.mutate(id)} />
        </>
      ) : null}
    </>
  )
}

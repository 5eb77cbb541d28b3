// SPDX-License-Identifier: EUPL-1.2
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { client } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { ErrorState } from '@/ui/states'

/** The first gesture: a name. Everything else comes with the imports. */
export function NewFacilityView() {
  const { t } = useWords()
  const go = useNavigate()
  const cache = useQueryClient()
  const [name, setName] = useState('')
  const [fictional, setFictional] = useState(false)
  const create = useMutation({
    mutationFn: () => client.createFacility(name.trim(), fictional),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['facilities'] })
      void cache.invalidateQueries({ queryKey: ['session'] })
      await go(`/facilities/${encodeURIComponent(id)}/overview`)
    },
  })
  return (
    <form
      className="stack"
      style={{ maxWidth: '34rem', alignItems: 'flex-start' }}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) create.mutate()
      }}
    >
      <p>{t('ui.new_facility.what')}</p>
      <TextInput w="100%" label={t('ui.new_facility.name')} placeholder={t('ui.new_facility.example')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} required />
      <Checkbox label={t('ui.new_facility.fictional')} description={t('ui.new_facility.fictional.what')} checked={fictional} onChange={(event) => setFictional(event.currentTarget.checked)} />
      {create.error ? <ErrorState inline error={create.error} /> : null}
      <Button type="submit" disabled={!name.trim()} loading={create.isPending}>{t('ui.new_facility.create')}</Button>
    </form>
  )
}

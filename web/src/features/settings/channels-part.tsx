// SPDX-License-Identifier: EUPL-1.2
// By what call-outs leave the hospital. A password is typed and never shown again.
import { Button, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Channels, type NewChannels } from '@/api/client'
import { queries } from '@/api/queries'
import { Refusal } from '@/ui/refusal'
import { useWords } from '@/lib/i18n'
import { Loaded } from '@/ui/states'

const securities = ['starttls', 'tls', 'none'] as const

export function ChannelsPart() {
  const asked = useQuery(queries.channels())
  return <Loaded asked={asked}>{(channels) => <Form channels={channels} />}</Loaded>
}

function Form({ channels }: { channels: Channels }) {
  const { t, word } = useWords()
  const cache = useQueryClient()
  const { host, port, security, user, from, url } = channels
  const [wanted, setWanted] = useState<NewChannels>({ host, port, security, user, from, url })
  const change = (part: Partial<NewChannels>) => setWanted((before) => ({ ...before, ...part }))
  const save = useMutation({
    mutationFn: () => client.saveChannels(wanted),
    onSuccess: (fresh) => {
      cache.setQueryData(queries.channels().queryKey, fresh)
      void cache.invalidateQueries({ queryKey: ['recall'] })
      setWanted(({ password: _typed, secret: _given, ...rest }) => rest)
    },
  })
  const kept = (has: boolean) => (has ? t('ui.channels.kept') : undefined)
  return (
    <div className="stack">
      <p className="prose">{t('ui.channels.what')}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <section className="stack">
          <h2 className="h2">{t('ui.channels.mail')}</h2>
          <div className="row">
            <TextInput label={t('ui.channels.host')} value={wanted.host} onChange={(event) => change({ host: event.currentTarget.value })} />
            <NumberInput label={t('ui.channels.port')} min={1} max={65535} w="7rem" value={wanted.port} onChange={(value) => change({ port: Number(value) || 0 })} />
            <NativeSelect label={t('ui.channels.security')} value={wanted.security} data={securities.map((value) => ({ value, label: word('ui.channels.security', value) }))}
              onChange={(event) => change({ security: securities.find((one) => one === event.currentTarget.value) })} />
            <TextInput label={t('ui.channels.user')} autoComplete="off" value={wanted.user} onChange={(event) => change({ user: event.currentTarget.value })} />
            <PasswordInput label={t('ui.channels.password')} autoComplete="new-password" placeholder={kept(channels.has_password)} value={wanted.password ?? ''} w="14rem"
              onChange={(event) => change({ password: event.currentTarget.value })} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} />
            <TextInput label={t('ui.channels.from')} value={wanted.from} onChange={(event) => change({ from: event.currentTarget.value })} />
          </div>
        </section>
        <section className="stack">
          <h2 className="h2">{t('ui.channels.gateway')}</h2>
          <div className="row">
            <TextInput label={t('ui.channels.url')} w="22rem" value={wanted.url} onChange={(event) => change({ url: event.currentTarget.value })} />
            <PasswordInput label={t('ui.channels.secret')} autoComplete="new-password" placeholder={kept(channels.has_secret)} value={wanted.secret ?? ''} w="14rem"
              onChange={(event) => change({ secret: event.currentTarget.value })} visibilityToggleButtonProps={{ 'aria-label': t('ui.sign_in.show_password') }} />
          </div>
        </section>
        <Refusal error={save.error} />
        <div className="row">
          <Button type="submit" loading={save.isPending}>{t('ui.channels.save')}</Button>
          {save.isSuccess ? <span role="status">{t('ui.channels.saved')}</span> : null}
        </div>
      </form>
      {channels.host ? <Test channel="mail" /> : null}
      {channels.url ? <Test channel="gateway" /> : null}
    </div>
  )
}

function Test({ channel }: { channel: 'mail' | 'gateway' }) {
  const { t } = useWords()
  const [to, setTo] = useState('')
  const test = useMutation({ mutationFn: () => client.testChannel(channel, to) })
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        test.mutate()
      }}
    >
      <TextInput label={t(`ui.channels.test.${channel}`)} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      <Button type="submit" mt="auto" variant="default" disabled={to === ''} loading={test.isPending}>{t('ui.channels.test')}</Button>
      <Refusal error={test.error} />
      {test.data ? <span role="status">{test.data.taken ? t('ui.channels.test.taken') : t('ui.channels.test.refused', { why: test.data.why })}</span> : null}
    </form>
  )
}

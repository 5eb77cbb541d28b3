// SPDX-License-Identifier: EUPL-1.2
// What somebody sees who is called: two large buttons, no account, nothing of the hospital but its name and its words.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type AnswerPage } from '@/api/client'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { Door } from '@/ui/door'
import { Refusal } from '@/ui/refusal'
import { LoadingState } from '@/ui/states'
import { inMinutes, nextTimeAt } from './times'
import style from './recall.module.css'

const soon = [0, 15, 30, 60]

/** The secret stands behind the # of the link, so that no server and no log on the way ever sees it. */
export function AnswerView() {
  const { t } = useWords()
  const token = location.hash.slice(1)
  const asked = useQuery({ queryKey: ['answer', token], queryFn: () => client.lookAtCall(token), retry: (times, error) => times < 2 && failureOf(error).status === 0 })
  return (
    <Door title={asked.data?.facility ?? t('ui.answer.title')}>
      {asked.data ? <Call token={token} page={asked.data} /> : asked.error ? <Refusal error={asked.error} /> : <LoadingState lines={3} />}
    </Door>
  )
}

function Call({ token, page }: { token: string; page: AnswerPage }) {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const [when, setWhen] = useState('')
  const answer = useMutation({
    mutationFn: ({ comes, expected }: { comes: boolean; expected?: string }) => client.answerCall(token, comes, expected),
    retry: (times, error) => times < 3 && failureOf(error).status === 0, // a bad line: the same answer twice is one
    onSuccess: (fresh) => cache.setQueryData(['answer', token], fresh),
  })
  const come = (minutes: number) => answer.mutate({ comes: true, expected: inMinutes(minutes) })
  const answered = page.state === 'coming' || page.state === 'present' || page.state === 'unavailable'
  return (
    <div className={style.answer}>
      {page.exercise ? <p className={style.exercise}>{t('ui.answer.exercise')}</p> : null}
      <p>{page.person}</p>
      <p className={style.message}>{page.message}</p>
      {page.place ? <p>{t('ui.answer.place', { place: page.place })}</p> : null}
      {answered ? (
        <p role="status" className={style.said}>
          {page.state === 'coming' && page.expected ? t('ui.answer.said.coming', { at: f.instant(page.expected) }) : t(`ui.answer.said.${page.state}`)}
        </p>
      ) : null}
      <Refusal error={answer.error} />
      <section aria-label={t('ui.answer.come')} className={style.come}>
        <h2 className="h2">{t('ui.answer.come')}</h2>
        <div className={style.soon}>
          {soon.map((minutes) => (
            <Button key={minutes} size="xl" px="xs" loading={answer.isPending} onClick={() => come(minutes)}>
              {minutes === 0 ? t('ui.answer.now') : t('ui.answer.in', { minutes })}
            </Button>
          ))}
        </div>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            if (when) answer.mutate({ comes: true, expected: nextTimeAt(when, new Date()).toISOString() })
          }}
        >
          <TextInput type="time" size="lg" label={t('ui.answer.at')} value={when} onChange={(event) => setWhen(event.currentTarget.value)} />
          <Button type="submit" size="lg" mt="auto" variant="default" disabled={when === ''} loading={answer.isPending}>{t('ui.answer.at.send')}</Button>
        </form>
      </section>
      <Button size="xl" variant="default" loading={answer.isPending} onClick={() => answer.mutate({ comes: false })}>{t('ui.answer.unavailable')}</Button>
      <p className="small quiet">{t('ui.answer.change')}</p>
    </div>
  )
}

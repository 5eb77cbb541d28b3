// SPDX-License-Identifier: EUPL-1.2
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type PaperView } from '@/api/client'
import { queries } from '@/api/queries'
import { parsedDetail } from '@/api/use-job'
import { useWords } from '@/lib/i18n'
import { ErrorState, LoadingState } from '@/ui/states'

const languages = ['fr', 'en'] as const
const at_work = ['queued', 'running']

/** The set to print before the night in which no screen works. Where no server answers, the plan below is read without it. */
export function PaperPart({ facility }: { facility: string }) {
  const { t } = useWords()
  const { data: paper, error, refetch } = useQuery(queries.paper(facility))
  return (
    <section className="section no-print" aria-labelledby="paper-set">
      <h2 className="h2" id="paper-set">{t('ui.paper.title')}</h2>
      <p className="prose">{t('ui.paper.what')}</p>
      {paper ? <PaperSet facility={facility} paper={paper} /> : error ? <ErrorState inline error={error} onRetry={() => void refetch()} /> : <LoadingState />}
    </section>
  )
}

/** How old it is, and how to make and place another. */
function PaperSet({ facility, paper }: { facility: string; paper: PaperView }) {
  const words = useWords()
  const { t, f, say } = words
  const cache = useQueryClient()
  const { data: session } = useSuspenseQuery(queries.session())
  const may = session.somewhere.includes('edit')
  const [language, setLanguage] = useState<(typeof languages)[number]>(words.language)
  const keep = (view: PaperView) => cache.setQueryData(queries.paper(facility).queryKey, view)
  const make = useMutation({ mutationFn: () => client.makePaper(facility, language), onSuccess: keep })
  const made = paper.items.find((one) => one.language === language)
  const making = make.isPending || at_work.includes(paper.job?.state ?? '')
  const failed = paper.job?.state === 'failed' ? parsedDetail(paper.job.detail) : null
  return (
    <>
      <Placed paper={paper} />
      <p>
        {made
          ? t('ui.paper.last', { when: f.instant(made.made), number: made.number, size: f.bytes(made.size) })
          : t('ui.paper.none')}
        {made && made.number !== paper.in_force ? ` △ ${t('ui.paper.older')}` : ''}
      </p>
      {making ? <p role="status">{t('ui.paper.making')}</p> : null}
      {failed && !making ? <p role="alert">△ {t('ui.paper.failed')} {say(failed)}</p> : null}
      <div className="row">
        <NativeSelect
          label={t('ui.paper.language')}
          value={language}
          data={languages.map((one) => ({ value: one, label: t(`ui.paper.language.${one}`) }))}
          onChange={(event) => setLanguage(event.currentTarget.value as typeof language)}
        />
        {made ? <Button component="a" href={client.paperUrl(facility, made.id)} download>{t('ui.paper.download')}</Button> : null}
        {may ? <Button variant="default" loading={making} onClick={() => make.mutate()}>{t(made ? 'ui.paper.make_again' : 'ui.paper.make')}</Button> : null}
      </div>
      {paper.in_force === null ? null : (
        <>
          <p className="prose">{t('ui.stick.make.what')}</p>
          <div className="row"><Button component="a" variant="default" href={client.stickUrl(facility, language)} download>{t('ui.stick.make')}</Button></div>
        </>
      )}
      {make.error ? <ErrorState inline error={make.error} /> : null}
      {may && made && !made.placed ? <PlaceForm key={made.id} facility={facility} set={made.id} onPlaced={keep} /> : null}
    </>
  )
}

/** What stands in the cupboard, and whether it is still the right one. */
function Placed({ paper }: { paper: PaperView }) {
  const { t, f } = useWords()
  const { in_place, days_in_place: days, reprint } = paper
  return (
    <p>
      {in_place?.placed ? `${t('ui.paper.in_place', { days, number: in_place.number, day: f.day(in_place.placed.day), who: in_place.placed.who })}. ` : ''}
      <b>{reprint === 'no' ? '' : '△ '}{t(`ui.paper.reprint.${reprint}`, { days })}</b>
    </p>
  )
}

function PlaceForm({ facility, set, onPlaced }: { facility: string; set: string; onPlaced: (view: PaperView) => void }) {
  const { t } = useWords()
  const [day, setDay] = useState(() => new Date().toLocaleDateString('sv')) // "2026-11-26", by the reader's clock
  const [who, setWho] = useState('')
  const place = useMutation({ mutationFn: () => client.placePaper(facility, set, day, who.trim()), onSuccess: onPlaced })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        place.mutate()
      }}
    >
      <p className="small quiet">{t('ui.paper.place.what')}</p>
      <div className="row">
        <TextInput label={t('ui.paper.place.day')} type="date" required value={day} onChange={(event) => setDay(event.currentTarget.value)} />
        <TextInput label={t('ui.paper.place.who')} required maxLength={200} value={who} onChange={(event) => setWho(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={place.isPending} disabled={!day || !who.trim()}>{t('ui.paper.place')}</Button>
      </div>
      {place.error ? <ErrorState inline error={place.error} /> : null}
    </form>
  )
}

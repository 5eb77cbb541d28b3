// SPDX-License-Identifier: EUPL-1.2
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { client, type Assessment } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { scenarios } from '@/lib/vocabulary'
import { Progress } from '@/ui/progress'
import { ErrorState } from '@/ui/states'
import style from './assessment.module.css'

const world_counts = [1000, 5000, 20000]

/** What the figures below come from, and how to ask again. */
export function RunBar({ facility, assessments, run }: { facility: string; assessments: Assessment[]; run: Assessment | undefined }) {
  const { t, f, word } = useWords()
  const cache = useQueryClient()
  const [, setSearch] = useSearchParams()
  const [scenario, setScenario] = useState<string>(run?.scenario ?? scenarios[0])
  const [worlds, setWorlds] = useState(run?.worlds ?? 5000)
  const [seed, setSeed] = useState('')
  const running = assessments.find(({ state }) => state === 'running')
  const stopped = assessments[0]?.state === 'failed' || assessments[0]?.state === 'interrupted' ? assessments[0] : undefined
  const start = useMutation({
    mutationFn: () => client.assess(facility, scenario, worlds, seed.trim()),
    onSuccess: () => {
      setSearch({})
      return cache.invalidateQueries({ queryKey: ['facility', facility, 'assessments'] })
    },
  })
  const seed_wrong = seed.trim() !== '' && !/^\d{1,20}$/.test(seed.trim())
  const done = assessments.filter(({ state }) => state === 'done')
  return (
    <section className={style.run} aria-label={t('ui.run.title')}>
      <form
        className={`${style.run_form} no-print`}
        onSubmit={(event) => {
          event.preventDefault()
          if (!seed_wrong) start.mutate()
        }}
      >
        <NativeSelect
          size="sm"
          label={t('ui.run.scenario')}
          value={scenario}
          onChange={(event) => setScenario(event.currentTarget.value)}
          data={[...new Set([...scenarios, scenario])].map((one) => ({ value: one, label: word('ui.scenario', one) }))}
        />
        <NativeSelect
          size="sm"
          label={t('ui.run.worlds')}
          value={String(worlds)}
          onChange={(event) => setWorlds(Number(event.currentTarget.value))}
          data={[...new Set([...world_counts, run?.worlds ?? worlds, worlds])].sort((a, b) => a - b).map((n) => ({ value: String(n), label: f.whole(n) }))}
        />
        <TextInput
          size="sm"
          label={t('ui.run.seed')}
          placeholder={t('ui.run.seed.auto')}
          inputMode="numeric"
          value={seed}
          error={seed_wrong ? t('ui.run.seed.wrong') : undefined}
          onChange={(event) => setSeed(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={start.isPending} disabled={running !== undefined}>{t(run ? 'ui.run.again' : 'ui.run.first')}</Button>
      </form>
      {start.error ? <ErrorState inline error={start.error} /> : null}
      {running ? <Running assessment={running} facility={facility} /> : null}
      {stopped && !running ? <Stopped assessment={stopped} /> : null}
      {run ? (
        <div className={`${style.shown} small`}>
          <span>
            <b>{word('ui.scenario', run.scenario)}</b> · {t('ui.run.worlds_of', { n: f.whole(run.worlds) })} · {f.instant(run.created)}
          </span>
          <span className="quiet break">{t('ui.run.proof', { seed: run.seed, version: run.model_version })}</span>
          {done.length > 1 ? (
            <NativeSelect
              className="no-print"
              size="xs"
              aria-label={t('ui.run.choose')}
              value={run.id}
              onChange={(event) => setSearch({ run: event.currentTarget.value })}
              data={done.map((one) => ({ value: one.id, label: `${f.instant(one.created)} · ${word('ui.scenario', one.scenario)}` }))}
            />
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

function Running({ assessment, facility }: { assessment: Assessment; facility: string }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const job = useQuery(queries.job(assessment.job))
  const cancel = useMutation({
    mutationFn: () => client.cancelJob(assessment.job),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['facility', facility, 'assessments'] }),
  })
  return (
    <Progress
      label={t('ui.run.running')}
      share={job.data?.progress ?? 0}
      onCancel={() => cancel.mutate()}
      cancelling={cancel.isPending || cancel.isSuccess}
    />
  )
}

function Stopped({ assessment }: { assessment: Assessment }) {
  const { t, f, say, word } = useWords()
  const job = useQuery(queries.job(assessment.job))
  let why = ''
  try {
    why = job.data?.detail ? say(JSON.parse(job.data.detail) as Parameters<typeof say>[0]) : ''
  } catch {
    why = ''
  }
  return (
    <p role="status">
      ▲ {t('ui.run.stopped', { date: f.instant(assessment.created), state: word('ui.job_state', assessment.state) })} {why}
    </p>
  )
}

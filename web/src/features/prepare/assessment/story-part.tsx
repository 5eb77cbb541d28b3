// SPDX-License-Identifier: EUPL-1.2
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Outcome, Story } from '@/api/client'
import { queries } from '@/api/queries'
import { nbsp } from '@/lib/format'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { Loaded } from '@/ui/states'
import style from './assessment.module.css'
import { weekMoment } from './week'

interface Props { facility: string; assessment: string; outcome: Outcome }

/** One world told: what happens to the machines on one side, to care on the other. */
export function StoryPart({ facility, assessment, outcome }: Props) {
  const { t, f } = useWords()
  const [which, setWhich] = useNamed('story', 'median')
  const [named, setNamed] = useNamed('world', '')
  const [typed, setTyped] = useState(named)
  const world = named === '' ? null : Number(named)
  const kept = outcome.stories.find((story) => story.id === which)
  const asked = useQuery({ ...queries.story(facility, assessment, world ?? 0), enabled: which === 'world' && world !== null })
  const number = Number(typed)
  const valid = typed.trim() !== '' && Number.isInteger(number) && number >= 0 && number < outcome.worlds
  return (
    <div className="stack">
      <div className="row no-print" style={{ alignItems: 'flex-end' }}>
        <SegmentedControl
          aria-label={t('ui.story.which')}
          value={which}
          onChange={setWhich}
          data={['median', 'severe', 'world'].map((one) => ({ value: one, label: t(`ui.story.${one}`) }))}
        />
        {which === 'world' ? (
          <form
            className="row"
            style={{ alignItems: 'flex-end' }}
            onSubmit={(event) => {
              event.preventDefault()
              if (valid) setNamed(String(number))
            }}
          >
            <TextInput size="sm" label={t('ui.story.number', { last: f.whole(outcome.worlds - 1) })} inputMode="numeric" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
            <Button type="submit" size="sm" disabled={!valid}>{t('ui.story.tell')}</Button>
          </form>
        ) : null}
      </div>
      {kept ? <Timeline story={kept} /> : world === null ? <p className="quiet">{t('ui.story.choose')}</p> : <Loaded asked={asked}>{(story) => <Timeline story={story} />}</Loaded>}
    </div>
  )
}

function Timeline({ story }: { story: Story }) {
  const { t, f, say, language } = useWords()
  return (
    <section aria-label={t('ui.story.title', { world: story.world })}>
      <p>{t('ui.story.about', { world: f.whole(story.world), loss: f.whole(story.loss), start: weekMoment(story.first_access, 0, language) })}</p>
      <div className={style.lanes} aria-hidden="true">
        <b>{t('ui.lane.technical')}</b>
        <span />
        <b>{t('ui.lane.care')}</b>
      </div>
      <ol className={style.timeline}>
        {story.events.map((event, i) => (
          <li key={i} className={event.lane === 'care' ? `${style.event} ${style.care}` : style.event}>
            <span className={style.moment}>
              <b>+{nbsp}{f.hours(event.hours)}</b>
              <span className="quiet">{weekMoment(story.first_access, event.hours, language)}</span>
            </span>
            <span className={style.happened}>
              <span className={style.lane_name}>{t(`ui.lane.${event.lane}`)} — </span>
              {say(event.message)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

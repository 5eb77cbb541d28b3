// SPDX-License-Identifier: EUPL-1.2
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
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
  const { t } = useWords()
  const [which, setWhich] = useNamed('story', 'median')
  const at = { facility, assessment, outcome }
  const kept = outcome.stories.find((story) => story.id === which)
  return (
    <div className="stack">
      <SegmentedControl
        className={`${style.which} no-print`}
        aria-label={t('ui.story.which')}
        value={which}
        onChange={setWhich}
        data={['median', 'severe', 'service', 'world'].map((one) => ({ value: one, label: t(`ui.story.${one}`) }))}
      />
      {which === 'service' ? <OfService {...at} /> : which === 'world' ? <OfWorld {...at} /> : kept ? <Timeline story={kept} /> : <p className="quiet">{t('ui.story.none')}</p>}
    </div>
  )
}

/** The world of median loss among those where a service stops. */
function OfService({ facility, assessment, outcome }: Props) {
  const { t } = useWords()
  const stopped = outcome.services.filter(({ typical_world }) => typical_world !== null)
  const [named, setNamed] = useNamed('service', '')
  const chosen = stopped.find(({ id }) => id === named) ?? stopped[0]
  if (!chosen) return <p className="quiet">{t('ui.story.service.none')}</p>
  return (
    <>
      <NativeSelect
        className="no-print"
        size="sm"
        maw="24rem"
        label={t('ui.story.which_service')}
        description={t('ui.story.service.what')}
        value={chosen.id}
        onChange={(event) => setNamed(event.currentTarget.value)}
        data={stopped.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <h2 className="h2">{chosen.name}</h2>
      <Told {...{ facility, assessment }} world={chosen.typical_world ?? 0} />
    </>
  )
}

/** Any world, by its number. */
function OfWorld({ facility, assessment, outcome }: Props) {
  const { t, f } = useWords()
  const [named, setNamed] = useNamed('world', '')
  const [typed, setTyped] = useState(named)
  const number = Number(typed)
  const valid = typed.trim() !== '' && Number.isInteger(number) && number >= 0 && number < outcome.worlds
  return (
    <>
      <form
        className="row no-print"
        style={{ alignItems: 'flex-end' }}
        onSubmit={(event) => {
          event.preventDefault()
          if (valid) setNamed(String(number))
        }}
      >
        <TextInput size="sm" label={t('ui.story.number', { last: f.whole(outcome.worlds - 1) })} inputMode="numeric" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" size="sm" disabled={!valid}>{t('ui.story.tell')}</Button>
      </form>
      {named === '' ? <p className="quiet">{t('ui.story.choose')}</p> : <Told {...{ facility, assessment }} world={Number(named)} />}
    </>
  )
}

/** Lived again from its seed by the server. */
function Told({ facility, assessment, world }: { facility: string; assessment: string; world: number }) {
  const asked = useQuery(queries.story(facility, assessment, world))
  return <Loaded asked={asked}>{(story) => <Timeline story={story} />}</Loaded>
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

// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Headline } from '@/api/client'
import { nbsp } from '@/lib/format'
import { useWords } from '@/lib/i18n'
import { Figure } from '@/ui/figure'
import style from './overview.module.css'

interface Props { headline: Headline | null; preliminary: boolean; waiting: boolean; to: string }

/** The four sentences. Without an assessment each says what is missing rather than nothing. */
export function Sentences({ headline, preliminary, waiting, to }: Props) {
  const { t } = useWords()
  const none = t(waiting ? 'ui.overview.waiting' : 'ui.overview.not_assessed')
  return (
    <dl className={style.sentences}>
      <Sentence none={none} asked={t('ui.overview.tonight')} to={`${to}/assessment/services`} link={t('ui.overview.tonight.link')}>
        {headline ? <Tonight headline={headline} /> : null}
      </Sentence>
      <Sentence none={none} asked={t('ui.overview.first')} to={`${to}/assessment/story`} link={t('ui.overview.first.link')}>
        {headline ? <First headline={headline} /> : null}
      </Sentence>
      <Sentence none={none} asked={t('ui.overview.record')} to={`${to}/assessment/services`} link={t('ui.overview.record.link')}>
        {headline ? <Record headline={headline} later={preliminary} /> : null}
      </Sentence>
      <Sentence none={none} asked={t('ui.overview.best')} to={`${to}/assessment/measures`} link={t('ui.overview.best.link')}>
        {headline ? <Best headline={headline} later={preliminary} /> : null}
      </Sentence>
    </dl>
  )
}

function Sentence({ none, asked, to, link, children }: { none: string; asked: string; to: string; link: string; children: ReactNode }) {
  return (
    <div className={style.sentence}>
      <dt>{asked}</dt>
      <dd className={style.said}>{children ?? <span className="quiet">{none}</span>}</dd>
      <dd className={`${style.link} no-print`}>{children ? <Link to={to}>{link}</Link> : null}</dd>
    </div>
  )
}

function Tonight({ headline }: { headline: Headline }) {
  const { t, f } = useWords()
  const stopped = f.countSpread(headline.services_stopped)
  return (
    <Figure large figure={t('ui.overview.tonight.said', { n: stopped.figure, total: f.whole(headline.services) })} interval={stopped.interval} />
  )
}

function First({ headline }: { headline: Headline }) {
  const { t, f } = useWords()
  const hours = headline.first_service_hours && f.hoursSpread(headline.first_service_hours)
  if (!headline.first_service) return <span className="quiet">{t('ui.overview.first.none')}</span>
  return (
    <>
      <span className={style.name}>{headline.first_service}</span>
      {hours ? <Figure large figure={`${t('ui.overview.first.in')}${nbsp}${hours.figure}`} interval={hours.interval} /> : null}
    </>
  )
}

function Record({ headline, later }: { headline: Headline; later: boolean }) {
  const { t, f } = useWords()
  if (!headline.record_days) return <span className="quiet">{t(later ? 'ui.overview.later' : 'ui.overview.record.none')}</span>
  const days = f.daysSpread(headline.record_days)
  return <Figure large figure={days.figure} interval={days.interval} />
}

function Best({ headline, later }: { headline: Headline; later: boolean }) {
  const { t, say, f } = useWords()
  const best = headline.best_measure
  if (!best) return <span className="quiet">{t(later ? 'ui.overview.later' : 'ui.overview.best.none')}</span>
  // The interval of the share follows that of the loss: same mean loss below.
  const whole = best.share_avoided > 0 ? best.loss_avoided.mean / best.share_avoided : 0
  const share = (value: number) => f.percent(-(whole > 0 ? value / whole : 0))
  return (
    <>
      <span className={style.name}>{say(best.title)}</span>
      <Figure
        large
        figure={t('ui.overview.best.said', { share: f.percent(-best.share_avoided) })}
        interval={t('ui.interval.from_to', { low: share(best.loss_avoided.low), high: share(best.loss_avoided.high) })}
      />
    </>
  )
}

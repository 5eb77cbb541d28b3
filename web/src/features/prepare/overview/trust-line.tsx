// SPDX-License-Identifier: EUPL-1.2
import { Link } from 'react-router'
import type { Assessment, Facility } from '@/api/client'
import { useWords } from '@/lib/i18n'
import style from './overview.module.css'

interface Props { facility: Facility; assessment: Assessment | undefined }

/** What the figures rest on: confirmed facts, published cases beside, and which run they come from. */
export function TrustLine({ facility, assessment }: Props) {
  const { t, f, word } = useWords()
  const { confirmed } = facility
  return (
    <div className={style.trust}>
      <p>
        <b>{t('ui.trust.title')}</b>{' '}
        {t('ui.trust.services', { n: f.whole(confirmed.services_confirmed), total: f.whole(confirmed.services) })} ·{' '}
        <Link to={`/facilities/${encodeURIComponent(facility.id)}/cartography/care`}>
          {t('ui.trust.facts', { n: f.whole(confirmed.facts_confirmed), total: f.whole(confirmed.facts) })}
        </Link>
      </p>
      <p>{t('ui.trust.cases')}</p>
      {assessment ? (
        <p className="small quiet">
          {t('ui.trust.run', { scenario: word('ui.scenario', assessment.scenario), worlds: f.whole(assessment.worlds), date: f.instant(assessment.created) })}
          {assessment.headline
            ? ` ${t('ui.trust.chance', { struck: f.percent(assessment.headline.strike_probability), damage: f.percent(assessment.headline.damage_probability), yearly: f.percent(assessment.headline.yearly_probability) })}`
            : ''}
        </p>
      ) : null}
    </div>
  )
}

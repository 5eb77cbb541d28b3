// SPDX-License-Identifier: EUPL-1.2
import { SegmentedControl } from '@mantine/core'
import type { Outcome } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { ServiceStrips } from './service-strips'
import { ServiceTable } from './service-table'

/** Services by care lost, over eight weeks: as a picture or as a table, the same figures. */
export function ServicesOverTime({ outcome: { services, headline } }: { outcome: Outcome }) {
  const { t, f } = useWords()
  const [shape, setShape] = useNamed('shape', 'picture')
  return (
    <div className="stack">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <p className="prose">{t('ui.services.what', { damage: f.percent(headline.damage_probability), struck: f.percent(headline.strike_probability) })}</p>
        <SegmentedControl
          className="no-print"
          size="sm"
          aria-label={t('ui.shape')}
          value={shape}
          onChange={setShape}
          data={[{ value: 'picture', label: t('ui.shape.picture') }, { value: 'table', label: t('ui.shape.table') }]}
        />
      </div>
      {shape === 'picture' ? <ServiceStrips services={services} /> : <ServiceTable services={services} />}
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// The map of France. A picture of the table beside it: the table is what the keyboard and a screen reader walk.
import { NativeSelect } from '@mantine/core'
import type { DepartmentCounts } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { marksOf } from './marks'
import { measures, useMeasure } from './measures'
import style from './registry.module.css'
import { TileDrawing } from './tile-drawing'

export function FranceMap({ departments }: { departments: DepartmentCounts[] }) {
  const { t } = useWords()
  const [measure, choose] = useMeasure()
  const marks = marksOf(departments.map(({ department, name, region, counts }) => ({ code: department, name, region, value: counts[measure] })))
  return (
    <figure className={style.map}>
      <NativeSelect
        size="sm"
        className="no-print"
        label={t('ui.registry.map.measure')}
        value={measure}
        onChange={(event) => choose(event.currentTarget.value)}
        data={measures.map((one) => ({ value: one, label: t(`ui.registry.count.${one}`) }))}
      />
      <TileDrawing marks={marks} />
      <figcaption className="small quiet">{t('ui.registry.map.what')}</figcaption>
    </figure>
  )
}

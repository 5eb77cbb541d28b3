// SPDX-License-Identifier: EUPL-1.2
// The map of France as tiles. A picture of the table beside it: the table is what the keyboard and a screen reader walk.
import { NativeSelect } from '@mantine/core'
import { Link } from 'react-router'
import type { DepartmentCounts } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import style from './registry.module.css'
import { tiles } from './tiles'

export const measures = ['health', 'sites', 'entities', 'beds', 'emergency'] as const
export type Measure = (typeof measures)[number]
const steps = 5

/** Which of five equal steps of the largest value; 0: nothing there. */
export function stepOf(value: number, most: number): number {
  return most > 0 && value > 0 ? Math.min(steps, Math.ceil((value / most) * steps)) : 0
}

export function useMeasure(): [Measure, (value: string) => void] {
  const [named, choose] = useNamed('measure', 'health')
  return [measures.find((one) => one === named) ?? 'health', choose]
}

export function TileMap({ departments }: { departments: DepartmentCounts[] }) {
  const { t, f } = useWords()
  const [measure, choose] = useMeasure()
  const known = new Map(departments.map((one) => [one.department, one]))
  const most = Math.max(0, ...departments.map(({ counts }) => counts[measure]))
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
      <div className={style.tiles} aria-hidden="true">
        {tiles.map(({ department, column, row }) => {
          const one = known.get(department)
          const value = one?.counts[measure] ?? 0
          const look = `${style.tile} ${style[`step${stepOf(value, most)}`]} ${one ? '' : style.outside}`
          const place = { gridColumn: column + 1, gridRow: row + 1 }
          const inside = (
            <>
              <span className={style.code}>{department}</span>
              <span>{one ? f.whole(value) : ''}</span>
            </>
          )
          return one?.region ? (
            <Link key={department} tabIndex={-1} to={`/places/${one.region}`} className={look} style={place} title={`${one.name} — ${f.whole(value)}`}>
              {inside}
            </Link>
          ) : (
            <span key={department} className={look} style={place}>{inside}</span>
          )
        })}
      </div>
      <figcaption className="small quiet">{t('ui.registry.map.what')}</figcaption>
    </figure>
  )
}

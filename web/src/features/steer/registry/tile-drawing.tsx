// SPDX-License-Identifier: EUPL-1.2
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import type { Marks } from './marks'
import style from './registry.module.css'
import { tiles } from './tiles'

/** One tile per department, all of one size. */
export function TileDrawing({ marks }: { marks: Marks }) {
  const { f } = useWords()
  return (
    <div className={style.tiles} aria-hidden="true">
      {tiles.map(({ department, column, row }) => {
        const mark = marks.get(department)
        const look = `${style.tile} ${mark ? mark.look : style.outside}`
        const place = { gridColumn: column + 1, gridRow: row + 1 }
        const inside = (
          <>
            <span className={style.code}>{department}</span>
            <span>{mark ? f.whole(mark.value) : ''}</span>
          </>
        )
        return mark?.region ? (
          <Link key={department} tabIndex={-1} to={`/places/${mark.region}`} className={look} style={place} title={`${mark.name} — ${f.whole(mark.value)}`}>
            {inside}
          </Link>
        ) : (
          <span key={department} className={look} style={place}>{inside}</span>
        )
      })}
    </div>
  )
}

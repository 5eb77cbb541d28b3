// SPDX-License-Identifier: EUPL-1.2
// The map of France. A picture of the table beside it: the table is what the keyboard and a screen reader walk.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ChildCounts, DepartmentCounts, Outline } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { marksOf } from './marks'
import { measures, useMeasure } from './measures'
import { OutlineDrawing } from './outline-drawing'
import type { Territory } from './outlines'
import style from './registry.module.css'
import { TileDrawing } from './tile-drawing'

/** What the operator's outlines can show of this page; nothing: only tiles can. */
function shown(outlines: Outline[], regions: ChildCounts[]): Territory | undefined {
  const has = (territory: Territory) => outlines.some((one) => one.territory === territory)
  return has('department') ? 'department' : has('region') && regions.length > 0 ? 'region' : undefined
}

/** "Bourgogne-Franche-Comté" in lines that a region has room for. */
function linesOf(name: string): string[] {
  return name.split(/(?<=-)|(?<= )/).reduce<string[]>((lines, part) => {
    const last = lines.at(-1)
    return last !== undefined && (last + part).length <= 14 ? [...lines.slice(0, -1), last + part] : [...lines, part]
  }, [])
}

export function FranceMap({ departments, regions }: { departments: DepartmentCounts[]; regions: ChildCounts[] }) {
  const { t } = useWords()
  const [measure, choose] = useMeasure()
  const { data, isPending } = useQuery(queries.outlines())
  if (isPending) return null // no tiles that outlines would replace at once
  const outlines = data?.items ?? []
  const territory = shown(outlines, regions)
  const marks = marksOf(territory === 'region'
    ? regions.map(({ id, name, counts }) => ({ code: id.slice(1), name, short: linesOf(name), region: id, value: counts[measure] }))
    : departments.map(({ department, name, region, counts }) => ({ code: department, name, short: [department], region, value: counts[measure] })))
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
      {territory ? <OutlineDrawing outlines={outlines} territory={territory} marks={marks} /> : <TileDrawing marks={marks} />}
      <figcaption className="small quiet">
        {t(territory ? 'ui.registry.map.outlines' : 'ui.registry.map.what')}
        {territory && data?.source ? ` ${t('ui.registry.map.source', { source: data.source })}` : null}
      </figcaption>
    </figure>
  )
}

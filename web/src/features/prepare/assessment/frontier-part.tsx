// SPDX-License-Identifier: EUPL-1.2
import { Button, Slider } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import type { FrontierPoint } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { LineChart } from '@/ui/line-chart'
import style from './assessment.module.css'

/** The best known set for each budget: the slider picks one, the button ticks its measures. */
export function FrontierPart({ points, onChoose }: { points: FrontierPoint[]; onChoose: (measures: string[]) => void }) {
  const { t, f } = useWords()
  const most = points.at(-1)?.cost_eur ?? 0
  const [budget, setBudget] = useState(Math.round(most / 4000) * 1000)
  const step = most > 20_000 ? 500 : 50
  const chosen = points.filter(({ cost_eur }) => cost_eur <= budget).at(-1)
  const x = useMemo(() => points.map((point) => point.cost_eur), [points])
  const lines = useMemo(
    () => [
      { label: t('ui.frontier.loss'), values: points.map((point) => point.loss), stepped: true },
      { label: t('ui.frontier.chosen'), values: points.map((point) => (point === chosen ? point.loss : null)), points: true },
    ],
    [points, chosen, t],
  )
  const money = useCallback((value: number) => f.money(value), [f])
  const whole = useCallback((value: number) => f.whole(value), [f])
  if (points.length === 0) return <p className="quiet">{t('ui.frontier.none')}</p>
  return (
    <div className="stack">
      <div className={`${style.budget} no-print`}>
        <span id="budget" className="h3">{t('ui.frontier.budget')}</span>
        <Slider
          min={0}
          max={Math.ceil(most / step) * step}
          step={step}
          value={budget}
          onChange={setBudget}
          label={money}
          thumbLabel={t('ui.frontier.budget')}
          aria-labelledby="budget"
        />
      </div>
      <div className="row" role="status">
        <span>
          {t('ui.frontier.said', { budget: f.money(budget), count: chosen?.measures.length ?? 0, cost: f.money(chosen?.cost_eur ?? 0), loss: f.whole(chosen?.loss ?? points[0]?.loss ?? 0) })}
        </span>
        <Button className="no-print" size="compact-md" variant="default" disabled={!chosen} onClick={() => chosen && onChoose(chosen.measures)}>{t('ui.frontier.choose')}</Button>
      </div>
      <div className={style.split}>
        <LineChart label={t('ui.frontier.title')} x={x} lines={lines} xLabel={t('ui.frontier.cost')} yLabel={t('ui.frontier.loss')} xFormat={money} yFormat={whole} />
        <DataTable
          caption={t('ui.frontier.title')}
          rows={points}
          rowKey={(point) => String(point.cost_eur) + point.measures.length}
          search={false}
          short
          exportName="frontier"
          columns={[
            { key: 'cost', head: t('ui.frontier.cost'), number: true, cell: (point) => f.money(point.cost_eur), value: (point) => point.cost_eur },
            { key: 'count', head: t('ui.frontier.measures'), number: true, cell: (point) => f.whole(point.measures.length), value: (point) => point.measures.length },
            { key: 'loss', head: t('ui.frontier.loss'), number: true, cell: (point) => f.whole(point.loss), value: (point) => point.loss },
          ]}
        />
      </div>
    </div>
  )
}

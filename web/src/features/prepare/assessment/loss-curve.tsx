// SPDX-License-Identifier: EUPL-1.2
import { useCallback, useMemo } from 'react'
import type { LossPoint, LossResult, Outcome } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Figure } from '@/ui/figure'
import { LineChart } from '@/ui/line-chart'
import style from './assessment.module.css'

/** The chance to lose more than x, and how the worlds ended. */
export function LossCurve({ loss, endings }: { loss: LossResult; endings: Outcome['endings'] }) {
  const { t, f, word } = useWords()
  const x = useMemo(() => loss.curve.map((point) => point.loss), [loss])
  const lines = useMemo(() => [{ label: t('ui.loss.chance'), values: loss.curve.map((point) => point.chance) }], [loss, t])
  const whole = useCallback((value: number) => f.whole(value), [f])
  const percent = useCallback((value: number) => f.percent(value), [f])
  return (
    <div className="stack">
      <p>
        {t('ui.loss.mean')} <Figure large {...f.range({ mean: loss.mean, low: loss.low, high: loss.high })} /> {t('ui.loss.unit')} ·{' '}
        {t('ui.loss.median')} <Figure {...f.countSpread(loss)} />
      </p>
      <p className="quiet small prose">{t('ui.loss.unit.what')}</p>
      <div className={style.split}>
        <LineChart label={t('ui.loss.chart')} x={x} lines={lines} xLabel={t('ui.loss.more_than')} yLabel={t('ui.loss.chance')} xFormat={whole} yFormat={percent} height={320} />
        <DataTable<LossPoint>
          caption={t('ui.loss.chart')}
          rows={loss.curve}
          rowKey={(point) => String(point.loss)}
          search={false}
          short
          exportName="loss"
          columns={[
            { key: 'loss', head: t('ui.loss.more_than'), number: true, cell: (point) => f.whole(point.loss), value: (point) => point.loss },
            { key: 'chance', head: t('ui.loss.chance'), number: true, cell: (point) => f.percent(point.chance), value: (point) => point.chance },
          ]}
        />
      </div>
      {endings.length > 0 ? (
        <section className="section">
          <h2>{t('ui.loss.endings')}</h2>
          <DataTable
            caption={t('ui.loss.endings')}
            rows={endings}
            rowKey={(one) => one.id}
            search={false}
            exportName="endings"
            columns={[
              { key: 'id', head: t('ui.loss.ending'), cell: (one) => word('ui.ending', one.id), value: (one) => word('ui.ending', one.id) },
              { key: 'share', head: t('ui.doors.share'), number: true, cell: (one) => f.percent(one.share), value: (one) => one.share },
            ]}
          />
        </section>
      ) : null}
    </div>
  )
}

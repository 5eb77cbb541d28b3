// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import type { LossResult, WhatIf } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Figure } from '@/ui/figure'
import style from './assessment.module.css'

interface Props { loss: LossResult; whatIf: WhatIf | null; count: number; waiting: boolean; onClear: () => void }

/** Before → after, always in view above the measures. The former answer stays until the next one is there. */
export function BeforeAfter({ loss, whatIf, count, waiting, onClear }: Props) {
  const { t, f } = useWords()
  const before = whatIf?.loss_before ?? loss
  const after = whatIf?.loss_after
  return (
    <section className={style.before} aria-label={t('ui.what_if.title')} aria-busy={waiting}>
      <div className={style.before_line}>
      <dl className={style.before_figures}>
        <div>
          <dt>{t('ui.what_if.before')}</dt>
          <dd><Figure large {...f.range(before)} /></dd>
        </div>
        <div className={style.after}>
          <dt>{t('ui.what_if.after', { count })}</dt>
          <dd aria-live="polite">{after ? <Figure large {...f.range(after)} /> : <span className="quiet">{t(waiting ? 'ui.what_if.computing' : 'ui.what_if.tick')}</span>}</dd>
        </div>
        {whatIf ? (
          <>
            <div>
              <dt>{t('ui.what_if.avoided')}</dt>
              <dd><Figure large {...f.range(whatIf.loss_avoided)} /> <span className="quiet">{f.percent(-whatIf.loss_avoided.mean / Math.max(before.mean, 1e-9))}</span></dd>
            </div>
            <div>
              <dt>{t('ui.what_if.cost')}</dt>
              <dd className="figure" style={{ fontSize: '1.2rem' }}>{f.money(whatIf.cost_eur)} <span className="quiet" style={{ fontSize: '1rem', fontWeight: 400 }}>{t('ui.what_if.effort', { days: f.days(whatIf.effort_days) })}</span></dd>
            </div>
          </>
        ) : null}
      </dl>
        {count > 0 ? <Button className="no-print" size="compact-sm" variant="default" onClick={onClear}>{t('ui.what_if.clear')}</Button> : null}
      </div>
      {whatIf ? <ServiceChanges services={whatIf.services} /> : null}
    </section>
  )
}

function ServiceChanges({ services }: { services: WhatIf['services'] }) {
  const { t, f } = useWords()
  const hours = (value: number | null) => (value === null ? '—' : f.hours(value))
  return (
    <details className="small">
      <summary>{t('ui.what_if.services', { count: services.length })}</summary>
      <DataTable
        caption={t('ui.what_if.services_title')}
        rows={services}
        rowKey={(one) => one.id}
        search={false}
        exportName="what-if"
        columns={[
          { key: 'name', head: t('ui.fall.service'), cell: (one) => one.name, value: (one) => one.name },
          { key: 'stop', head: t('ui.services.stops'), number: true, cell: (one) => `${f.percent(one.stop_before)} → ${f.percent(one.stop_after)}`, value: (one) => one.stop_before - one.stop_after },
          { key: 'down', head: t('ui.services.down'), number: true, cell: (one) => `${hours(one.hours_down_before)} → ${hours(one.hours_down_after)}`, value: (one) => one.hours_down_before },
        ]}
      />
    </details>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Checkbox } from '@mantine/core'
import type { MeasureResult } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import { IntervalBar } from '@/ui/interval-bar'
import style from './assessment.module.css'
import { costOf, priced, sharers, ticked, type Choice } from './choice'
import { CostField } from './cost-field'

interface Props { measures: MeasureResult[]; caption: string; choice: Choice; onChoice: (choice: Choice) => void }

export function MeasureTable({ measures, caption, choice, onChoice }: Props) {
  const { t, f, say } = useWords()
  const shared = sharers(measures)
  const scale = {
    low: Math.min(0, ...measures.map((one) => one.loss_avoided.low)),
    high: Math.max(1, ...measures.map((one) => one.loss_avoided.high)),
  }
  const columns: Column<MeasureResult>[] = [
    {
      key: 'title',
      head: t('ui.measures.what'),
      cell: (one) => (
        <Checkbox label={say(one.title)} checked={choice.measures.includes(one.id)} onChange={(event) => onChoice(ticked(choice, one.id, event.currentTarget.checked))} />
      ),
      value: (one) => say(one.title),
    },
    {
      key: 'avoided',
      head: t('ui.measures.avoided'),
      cell: (one) => {
        const { figure, interval } = f.range(one.loss_avoided)
        return (
          <span className={style.avoided}>
            <IntervalBar {...one.loss_avoided} scale={scale} label={`${figure} (${interval})`} />
            <span><b>{f.percent(-one.share_avoided)}</b> <span className="quiet small">{figure} <span className="nowrap">({interval})</span></span></span>
          </span>
        )
      },
      value: (one) => one.loss_avoided.mean,
    },
    {
      key: 'rank',
      head: t('ui.measures.rank'),
      cell: (one) => (one.rank === 0 ? <span className="quiet">{t('ui.measures.unranked')}</span> : <Rank rank={one.rank} shared={shared.get(one.rank) ?? 1} />),
      value: (one) => one.rank,
      minor: true,
    },
    {
      key: 'cost',
      head: t('ui.measures.cost'),
      number: true,
      cell: (one) => (
        <CostField
          label={t('ui.measures.cost_of', { measure: say(one.title) })}
          value={costOf(choice, one).cost_eur}
          format={f.money}
          onChange={(cost_eur) => onChoice(priced(choice, { ...costOf(choice, one), cost_eur }))}
        />
      ),
      value: (one) => costOf(choice, one).cost_eur,
    },
    {
      key: 'effort',
      head: t('ui.measures.effort'),
      number: true,
      cell: (one) => (
        <CostField
          label={t('ui.measures.effort_of', { measure: say(one.title) })}
          value={costOf(choice, one).effort_days}
          format={f.days}
          onChange={(effort_days) => onChoice(priced(choice, { ...costOf(choice, one), effort_days }))}
        />
      ),
      value: (one) => costOf(choice, one).effort_days,
      minor: true,
    },
  ]
  return <DataTable caption={caption} columns={columns} rows={measures} rowKey={(one) => one.id} search={measures.length > 8} exportName="measures" />
}

/** Equal ranks are said so: the interval does not tell those measures apart. */
function Rank({ rank, shared }: { rank: number; shared: number }) {
  const { t } = useWords()
  return (
    <span className="nowrap">
      {rank}
      {shared > 1 ? <span className="quiet small"> {t('ui.measures.tied', { count: shared })}</span> : null}
    </span>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import type { Outcome } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useDebounced } from '@/lib/use-debounced'
import { ErrorState, Loaded } from '@/ui/states'
import { BeforeAfter } from './before-after'
import { no_choice, type Choice } from './choice'
import { FrontierPart } from './frontier-part'
import { MeasureTable } from './measure-table'

interface Props { facility: string; assessment: string; outcome: Outcome; choice: Choice; onChoice: (choice: Choice) => void }

/** Tick measures and read at once what they change; the budget proposes a set. */
export function Measures({ facility, assessment, outcome, choice, onChoice }: Props) {
  const { t } = useWords()
  const rested = useDebounced(choice, 150)
  const some = rested.measures.length > 0
  const whatIf = useQuery({ ...queries.whatIf(facility, assessment, rested.measures, rested.costs), enabled: some })
  const frontier = useQuery(queries.frontier(facility, assessment))
  const ranked = outcome.measures.filter(({ rank }) => rank > 0).sort((a, b) => a.rank - b.rank)
  const grouped = outcome.measures.filter(({ rank }) => rank === 0)
  const waiting = rested !== choice || whatIf.isFetching
  return (
    <div className="stack">
      <BeforeAfter
        loss={outcome.loss}
        whatIf={choice.measures.length > 0 && some ? (whatIf.data ?? null) : null}
        count={choice.measures.length}
        waiting={choice.measures.length > 0 && waiting}
        onClear={() => onChoice({ ...no_choice, costs: choice.costs })}
      />
      {whatIf.error ? <ErrorState inline error={whatIf.error} onRetry={() => void whatIf.refetch()} /> : null}
      <MeasureTable measures={ranked} caption={t('ui.measures.title')} {...{ choice, onChoice }} />
      {grouped.length > 0 ? (
        <section>
          <h2 className="h2">{t('ui.measures.grouped')}</h2>
          <p className="quiet small prose">{t('ui.measures.grouped.what')}</p>
          <MeasureTable measures={grouped} caption={t('ui.measures.grouped')} {...{ choice, onChoice }} />
        </section>
      ) : null}
      <section className="section">
        <h2>{t('ui.frontier.title')}</h2>
        <Loaded asked={frontier} lines={3}>
          {({ points }) => <FrontierPart points={points} onChoose={(measures) => onChoice({ ...choice, measures: [...measures].sort() })} />}
        </Loaded>
      </section>
    </div>
  )
}

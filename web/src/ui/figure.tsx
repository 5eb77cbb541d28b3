// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'
import type { ReactNode } from 'react'

/** A number that carries its unit and interval: "31 h (12 – 76)". */
export function Figure({ figure, interval, ofMean = false, large = false }: { figure: ReactNode; interval?: string; ofMean?: boolean; large?: boolean }) {
  const { t } = useWords()
  return (
    <span style={large ? { fontSize: '1.2rem' } : undefined}>
      <span className="figure">{figure}</span>{' '}
      {interval ? (
        <span className="quiet nowrap" title={t(ofMean ? 'ui.interval.mean' : 'ui.interval.90')}>
          ({interval})
        </span>
      ) : null}
    </span>
  )
}

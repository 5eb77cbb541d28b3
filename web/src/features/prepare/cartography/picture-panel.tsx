// SPDX-License-Identifier: EUPL-1.2
import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Facility } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { kindWords } from '@/lib/vocabulary'
import { ErrorState, Loaded } from '@/ui/states'
import type { Band } from './arrange'
import style from './cartography.module.css'
import { FallTable } from './fall-table'
import { Picture } from './picture'

interface Props {
  facility: string
  counts: Facility['counts']
  focus: string
  onFocus: (id: string) => void
  onDetails: (id: string) => void
  onClose: () => void
}

const band_of_count: Record<string, Band> = {
  service: 'care', services: 'care', application: 'application', applications: 'application',
  component: 'infrastructure', components: 'infrastructure', machine: 'infrastructure', machines: 'infrastructure',
}

function totalsOf(counts: Facility['counts']): Record<Band, number> {
  const totals = { care: 0, application: 0, infrastructure: 0 }
  for (const { element, count } of counts) {
    const band = band_of_count[element]
    if (band) totals[band] += count
  }
  return totals
}

export function PicturePanel({ facility, counts, focus, onFocus, onDetails, onClose }: Props) {
  const { t } = useWords()
  const totals = totalsOf(counts)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a narrow screen the picture lies under the table: bring it to the reader who just chose.
    const at = panel.current
    if (at && at.getBoundingClientRect().top > window.innerHeight) at.scrollIntoView?.({ block: 'start' })
  }, [focus])
  return (
    <section ref={panel} className={style.panel} aria-label={t('ui.picture.title')}>
      <Focused key={focus} {...{ facility, focus, totals, onFocus, onDetails, onClose }} />
    </section>
  )
}

function Focused({ facility, focus, totals, onFocus, onDetails, onClose }: Omit<Props, 'counts'> & { totals: Record<Band, number> }) {
  const { t, word } = useWords()
  const [falls, setFalls] = useState(false)
  const element = useQuery(queries.element(facility, focus))
  const fall = useQuery({ ...queries.fall(facility, focus), enabled: falls })
  return (
    <Loaded asked={element}>
      {(shown) => (
        <>
          <div className={style.panel_head}>
            <h2 className="h2 break" style={{ marginBottom: 0 }}>
              {shown.name} <span className="quiet small">{word(kindWords(shown.layer), shown.kind)}</span>
            </h2>
            <span className="row no-print" style={{ gap: '0.4rem' }}>
              <Button size="compact-sm" variant="default" onClick={() => onDetails(shown.id)}>{t('ui.picture.details')}</Button>
              <Button size="compact-sm" variant="subtle" onClick={onClose}>{t('ui.close')}</Button>
            </span>
          </div>
          <Switch
            className="no-print"
            checked={falls}
            onChange={(event) => setFalls(event.currentTarget.checked)}
            label={t('ui.picture.what_if')}
          />
          <Picture element={shown} totals={totals} fall={falls ? (fall.data ?? null) : null} onFocus={onFocus} />
          {falls && !fall.data && !fall.error ? <p role="status" className="quiet">{t('ui.picture.falling')}</p> : null}
          {falls && fall.error ? <ErrorState inline error={fall.error} onRetry={() => void fall.refetch()} /> : null}
          {falls && fall.data ? <FallTable name={shown.name} fall={fall.data} /> : null}
        </>
      )}
    </Loaded>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Places side by side: a row per fact, a column per place.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { PlaceView } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Loaded } from '@/ui/states'
import { useCompared } from './compared'
import { ancestorOf, latest } from './place-facts'
import style from './registry.module.css'

export function CompareTable() {
  const { t } = useWords()
  const [compared, setCompared] = useCompared()
  const asked = useQuery({ ...queries.compared(compared), enabled: compared.length > 1 })
  if (compared.length < 2) return null
  return (
    <section className="section">
      <h2>{t('ui.registry.side_by_side')}</h2>
      <Loaded asked={asked}>{({ items }) => <Side items={items} />}</Loaded>
      <Button className="no-print" size="sm" variant="default" onClick={() => setCompared([])}>{t('ui.registry.compare.clear')}</Button>
    </section>
  )
}

function Side({ items }: { items: PlaceView[] }) {
  const { t, f, word } = useWords()
  const measures = [...new Set(items.flatMap(({ capacities }) => capacities.map(({ measure }) => measure)))]
  const amount = (view: PlaceView, measure: string) => {
    const found = latest(view.capacities).find((one) => one.measure === measure)
    return found ? `${f.whole(found.amount)} (${found.year})` : '—'
  }
  const rows: [string, (view: PlaceView) => string][] = [
    [t('ui.registry.number'), ({ line }) => line.number || '—'],
    [t('ui.registry.category'), ({ line }) => line.category_name || line.category || '—'],
    [t('ui.registry.town'), ({ line }) => [line.town, line.department].filter(Boolean).join(' · ') || '—'],
    [word('ui.place_kind', 'legal'), (view) => ancestorOf(view, 'legal')?.name ?? '—'],
    [word('ui.place_kind', 'ght'), (view) => ancestorOf(view, 'ght')?.name ?? '—'],
    [word('ui.place_kind', 'region'), (view) => ancestorOf(view, 'region')?.name ?? '—'],
    [t('ui.registry.opened'), ({ facts }) => facts.opened || '—'],
    ...measures.map((measure): [string, (view: PlaceView) => string] => [word('ui.capacity', measure), (view) => amount(view, measure)]),
  ]
  return (
    <div className={style.wide} tabIndex={0} role="group" aria-label={t('ui.registry.side_by_side')}>
      <table className={style.side}>
        <thead>
          <tr>
            <td />
            {items.map(({ line }) => <th key={line.id} scope="col"><Link to={`/places/${encodeURIComponent(line.id)}`}>{line.name}</Link></th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, cell]) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              {items.map((view) => <td key={view.line.id}>{cell(view)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

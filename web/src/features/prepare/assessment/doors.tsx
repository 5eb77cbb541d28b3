// SPDX-License-Identifier: EUPL-1.2
import type { ChokePoint, DoorKind, DoorResult } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import style from './assessment.module.css'

function ShareBar({ share, most }: { share: number; most: number }) {
  const { f } = useWords()
  return (
    <span className={style.share}>
      <svg width="90" height="12" aria-hidden="true"><rect width={Math.max(1, (90 * share) / Math.max(most, 1e-9))} height="12" fill="var(--act)" opacity="0.6" /></svg>
      <span>{f.percent(share)}</span>
    </span>
  )
}

/** Where attacks begin, and what most of the successful ones pass through. */
export function Doors({ kinds, doors, chokePoints }: { kinds: DoorKind[]; doors: DoorResult[]; chokePoints: ChokePoint[] }) {
  const { t, f, word } = useWords()
  const most_kind = Math.max(...kinds.map(({ share }) => share), 0)
  const most_door = Math.max(...doors.map(({ share }) => share), 0)
  const most_choke = Math.max(...chokePoints.map(({ share }) => share), 0)
  return (
    <div className={style.split}>
      <section>
        <h2 className="h2">{t('ui.doors.title')}</h2>
        <p className={`quiet small ${style.what}`}>{t('ui.doors.kinds')}</p>
        <DataTable
          caption={t('ui.doors.title')}
          rows={kinds}
          rowKey={(one) => one.scenario}
          search={false}
          exportName="door-kinds"
          columns={[
            { key: 'how', head: t('ui.doors.how'), cell: (one) => word('ui.door', one.scenario), value: (one) => word('ui.door', one.scenario) },
            { key: 'share', head: t('ui.doors.share'), number: true, cell: (one) => <ShareBar share={one.share} most={most_kind} />, value: (one) => one.share },
            { key: 'loss', head: t('ui.doors.loss'), number: true, cell: (one) => f.whole(one.mean_loss), value: (one) => one.mean_loss, minor: true },
          ]}
        />
        <h2 className={`h2 ${style.next}`}>{t('ui.doors.places')}</h2>
        <p className={`quiet small ${style.what}`}>{t('ui.doors.what')}</p>
        <DataTable
          caption={t('ui.doors.places')}
          rows={doors}
          rowKey={(one) => one.id}
          search={doors.length > 12}
          exportName="doors"
          columns={[
            { key: 'label', head: t('ui.doors.place'), cell: (one) => <span className="break">{one.label}</span>, value: (one) => one.label },
            { key: 'how', head: t('ui.doors.how'), cell: (one) => word('ui.door', one.scenario), value: (one) => word('ui.door', one.scenario), minor: true },
            { key: 'share', head: t('ui.doors.share'), number: true, cell: (one) => <ShareBar share={one.share} most={most_door} />, value: (one) => one.share },
            { key: 'loss', head: t('ui.doors.loss'), number: true, cell: (one) => f.whole(one.mean_loss), value: (one) => one.mean_loss },
          ]}
        />
      </section>
      <section>
        <h2 className="h2">{t('ui.chokes.title')}</h2>
        <p className={`quiet small ${style.what}`}>{t('ui.chokes.what')}</p>
        <DataTable
          caption={t('ui.chokes.title')}
          rows={chokePoints}
          rowKey={(one) => one.id}
          search={chokePoints.length > 12}
          exportName="choke-points"
          columns={[
            { key: 'label', head: t('ui.column.name'), cell: (one) => <span className="break">{one.label}</span>, value: (one) => one.label },
            { key: 'kind', head: t('ui.column.kind'), cell: (one) => word('ui.choke', one.kind), value: (one) => word('ui.choke', one.kind), minor: true },
            { key: 'share', head: t('ui.chokes.share'), number: true, cell: (one) => <ShareBar share={one.share} most={most_choke} />, value: (one) => one.share },
          ]}
        />
      </section>
    </div>
  )
}

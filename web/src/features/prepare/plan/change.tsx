// SPDX-License-Identifier: EUPL-1.2
import type { PlanChange } from '@/api/client'
import { useWords } from '@/lib/i18n'
import style from './plan.module.css'

/** What becomes of an item: each field before and after. */
export function Change({ change }: { change: PlanChange }) {
  const { t } = useWords()
  return (
    <div className={style.change}>
      {t(`ui.plan.change.${change.kind}`)}
      <dl>
        {change.fields.map(({ field, before, after }) => (
          <div key={field}>
            <dt className="small quiet">{t(`ui.plan.field.${field}`)}</dt>
            <dd><del>{before || '—'}</del> → <ins>{after || '—'}</ins></dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

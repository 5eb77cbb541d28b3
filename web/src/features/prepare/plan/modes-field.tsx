// SPDX-License-Identifier: EUPL-1.2
import { Checkbox, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlanDocument } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { horizons, type Mode } from './parts'
import style from './plan.module.css'

interface Props { modes: Mode[]; document: PlanDocument; onChange: (modes: Mode[]) => void }

/** How a service cares until each horizon; saying it is not yet having it confirmed by the service. */
export function ModesField({ modes, document, onChange }: Props) {
  const { t } = useWords()
  // The next one to write; the others wait folded, and cost nothing until they are opened.
  const [open, setOpen] = useState<string | undefined>(() => horizons.find((one) => !modes.find(({ horizon }) => horizon === one)?.procedure))
  const named = (list: { id?: string; name: string }[]) => list.map(({ id, name }) => ({ value: id ?? '', label: name }))
  const of = (horizon: Mode['horizon']): Mode => modes.find((one) => one.horizon === horizon) ?? { horizon, capacity: null, assumed: true, procedure: '', forms: [], stocks: [] }
  const set = (horizon: Mode['horizon'], change: Partial<Mode>) => onChange(horizons.map((one) => (one === horizon ? { ...of(one), ...change } : of(one))))
  return (
    <fieldset className={style.modes_field}>
      <legend>{t('ui.plan.field.modes')}</legend>
      {horizons.map((horizon) => {
        const mode = of(horizon)
        const until = t('ui.plan.mode.until', { horizon: t(`ui.plan.horizon.${horizon}`) })
        const label = (name: string) => ({ 'aria-label': `${until} – ${t(`ui.plan.field.${name}`)}` })
        return (
          <div key={horizon}>
            <button type="button" className={`plain ${style.horizon}`} aria-expanded={open === horizon} onClick={() => setOpen(open === horizon ? undefined : horizon)}>
              <span aria-hidden="true">{open === horizon ? '▾' : '▸'} </span>{until} <span className="quiet small">{mode.procedure === '' ? t('ui.plan.mode.nothing') : mode.assumed ? t('ui.plan.field.assumed') : `✓ ${t('ui.plan.mode.confirmed')}`}</span>
            </button>
            {open !== horizon ? null : <div className="tight">
              <Textarea {...label('procedure')} rows={3} value={mode.procedure} placeholder={t('ui.plan.field.procedure')} onChange={(event) => set(horizon, { procedure: event.currentTarget.value, assumed: true })} />
              <div className="row">
                <TextInput
                  label={`${t('ui.plan.field.capacity')} (%)`} type="number" min={0} max={100} w="9rem"
                  value={mode.capacity === null || mode.capacity === undefined ? '' : String(Math.round(mode.capacity * 100))}
                  onChange={(event) => set(horizon, { capacity: event.currentTarget.value === '' ? null : Math.min(100, Math.max(0, event.currentTarget.valueAsNumber)) / 100 })}
                />
                <Checkbox label={t('ui.plan.mode.confirmed')} checked={!mode.assumed} disabled={!mode.procedure} onChange={(event) => set(horizon, { assumed: !event.currentTarget.checked })} />
              </div>
              <MultiSelect label={t('ui.plan.field.forms')} searchable data={named(document.forms)} value={mode.forms} onChange={(forms) => set(horizon, { forms })} />
              <MultiSelect label={t('ui.plan.field.stocks')} searchable data={named(document.stocks)} value={mode.stocks} onChange={(stocks) => set(horizon, { stocks })} />
            </div>}
          </div>
        )
      })}
    </fieldset>
  )
}

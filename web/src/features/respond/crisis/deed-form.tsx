// SPDX-License-Identifier: EUPL-1.2
// One form for everything that a line can change, made from a table of fields. Enter in a line sends.
import { Autocomplete, Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '@/lib/i18n'
import { most_counted, shorten } from './limits'
import style from './room.module.css'

interface Named { name: string; required?: boolean; wide?: boolean }
/** Free words, some of them offered perhaps, up to so many characters (limits.ts). */
interface Worded extends Named { kind: 'line' | 'text' | { offered: readonly string[] }; max: number }
/** Of a choice the words are room.words.<choice>.<value>. */
interface Chosen extends Named { kind: 'number' | 'share' | 'when' | { choice: string; values: readonly string[] }; max?: undefined }
export type FormField = Worded | Chosen
export type Values = Record<string, string>

interface Props {
  fields: FormField[]
  initial?: Values
  submit: string
  onSend: (values: Values) => void
  onCancel?: () => void
  onChange?: (values: Values) => void
  /** Above the fields, and beside the button: choices and suggestions that fill several at once. */
  before?: (fill: (values: Values) => void) => React.ReactNode
  aside?: (fill: (values: Values) => void) => React.ReactNode
}

/** Between an instant and what a field for day and time holds, by the reader's clock. */
export const toField = (instant: string | number) => new Date(instant).toLocaleString('sv').slice(0, 16).replace(' ', 'T')
export const fromField = (text: string) => (Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString())
/** A year of four digits: browsers take six, and no reader of a journal does. */
export const time_field = { type: 'datetime-local', max: '9999-12-31T23:59' } as const
export const fromShare = (text: string | undefined) => (text ? Math.min(100, Math.max(0, Number(text))) / 100 : null)

export function DeedForm({ fields, initial = {}, submit, onSend, onCancel, onChange, before, aside }: Props) {
  const { t } = useWords()
  // What comes from a card or a board may be longer than what can be typed.
  const within = (some: Values): Values =>
    Object.fromEntries(Object.entries(some).map(([name, value]) => [name, shorten(value, fields.find((one) => one.name === name)?.max ?? value.length)]))
  const [values, setValues] = useState<Values>(() => within(initial))
  const fill = (some: Values) => {
    setValues((now) => ({ ...now, ...within(some) }))
    onChange?.({ ...values, ...within(some) })
  }
  const lacking = fields.some(({ name, required }) => required && !values[name]?.trim())
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (lacking) return
        onSend(Object.fromEntries(fields.map(({ name }) => [name, (values[name] ?? '').trim()])))
        setValues(within(initial))
      }}
    >
      {before?.(fill)}
      {fields.map((field) => <Input key={field.name} field={field} value={values[field.name] ?? ''} onChange={(value) => fill({ [field.name]: value })} />)}
      {aside?.(fill)}
      <div className="row">
        <Button type="submit" disabled={lacking}>{submit}</Button>
        {onCancel ? <Button variant="default" onClick={onCancel}>{t('ui.cancel')}</Button> : null}
      </div>
    </form>
  )
}

function Input({ field, value, onChange }: { field: FormField; value: string; onChange: (value: string) => void }) {
  const { t, label } = useWords()
  const { kind, name, required = false, wide, max } = field
  const said = { label: t(`ui.room.field.${name}`), required, className: wide || kind === 'text' ? style.wide : undefined }
  const typed = { value, onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value) }
  if (typeof kind === 'object') {
    if ('choice' in kind) return <NativeSelect {...said} {...typed} data={kind.values.map((one) => ({ value: one, label: label(`room.words.${kind.choice}`, one) }))} />
    return <Autocomplete {...said} value={value} onChange={onChange} data={[...new Set(kind.offered)]} limit={12} maxLength={max} />
  }
  switch (kind) {
    case 'text': return <Textarea {...said} {...typed} rows={3} maxLength={max} />
    case 'number': return <TextInput {...said} {...typed} type="number" min={0} max={most_counted} step={1} />
    case 'share': return <TextInput {...said} {...typed} type="number" min={0} max={100} rightSection={<span className="quiet">%</span>} />
    case 'when': return <TextInput {...said} {...typed} {...time_field} />
    default: return <TextInput {...said} {...typed} maxLength={max} />
  }
}

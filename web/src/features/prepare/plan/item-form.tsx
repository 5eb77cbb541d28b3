// SPDX-License-Identifier: EUPL-1.2
// One item of the draft, made from the fields of its part. Enter in a line saves; what is typed stays until it is saved.
import { Button, Checkbox, MultiSelect, NativeSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlanDocument } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { titleOf } from './item-text'
import { ModesField } from './modes-field'
import { ChosenOrder, LinesField } from './ordered-fields'
import { itemsOf, sectors, shapes, type Field, type Item, type ListPart, type Mode, type Part } from './parts'

interface Props {
  part: Part
  document: PlanDocument
  item: Item
  busy: boolean
  onTyped: (item: Item) => void
  onSave: (item: Item) => void
  onRemove?: () => void
}

export function ItemForm({ part, document, item, busy, onTyped, onSave, onRemove }: Props) {
  const { t } = useWords()
  const [typed, setTyped] = useState(item)
  const set = (name: string, value: unknown) => {
    const next = { ...typed, [name]: value }
    setTyped(next)
    onTyped(next)
  }
  const { fields } = shapes[part]
  const lacking = fields.some(({ name, required }) => required && String(typed[name] ?? '').trim() === '')
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!lacking) onSave(tidied(typed))
      }}
    >
      {fields.map((field) => <FieldInput key={field.name} field={field} value={typed[field.name]} document={document} onChange={(value) => set(field.name, value)} />)}
      <div className="row">
        <Button type="submit" disabled={lacking} loading={busy}>{t('ui.save')}</Button>
        {onRemove ? <Button variant="default" disabled={busy} onClick={onRemove}>{t('ui.plan.item.remove')}</Button> : null}
      </div>
    </form>
  )
}

/** Lines that say nothing are no lines. */
function tidied(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, Array.isArray(value) ? value.filter((one) => typeof one !== 'string' || one.trim() !== '') : value]))
}

interface InputProps { field: Field; value: unknown; document: PlanDocument; onChange: (value: unknown) => void }

function FieldInput({ field, value, document, onChange }: InputProps) {
  const words = useWords()
  const { t, label } = words
  const said = { label: t(`ui.plan.field.${field.name}`), required: field.required ?? false }
  const { kind } = field
  const options = (part: ListPart) => itemsOf(document, part).map((one) => ({ value: one.id ?? '', label: optionText(part, one, titleOf(part, one, document, words)) }))
  if (typeof kind === 'object') {
    if ('choice' in kind) {
      return <NativeSelect {...said} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)} data={kind.values.map((one) => ({ value: one, label: label(`ui.plan.${kind.choice}`, one) }))} />
    }
    if ('one' in kind) {
      return <Select {...said} searchable clearable placeholder={t(field.name === 'role' ? 'ui.plan.item.everybody' : 'ui.plan.item.none')} data={options(kind.one)} value={String(value ?? '') || null} onChange={(one) => onChange(one ?? '')} />
    }
    const list = options(kind.many)
    return (
      <>
        <MultiSelect {...said} searchable clearable data={list} value={value as string[]} onChange={onChange} />
        <ChosenOrder label={said.label} ids={value as string[]} nameOf={(id) => list.find((one) => one.value === id)?.label ?? id} onChange={onChange} />
      </>
    )
  }
  switch (kind) {
    case 'text': return <Textarea {...said} rows={4} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
    case 'lines': return <LinesField {...said} value={value as string[]} onChange={onChange} />
    case 'day': return <TextInput {...said} type="date" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
    case 'number': return <TextInput {...said} type="number" min={0} step="any" value={String(value ?? 0)} onChange={(event) => onChange(event.currentTarget.valueAsNumber || 0)} />
    case 'yes': return <Checkbox label={said.label} checked={Boolean(value)} onChange={(event) => onChange(event.currentTarget.checked)} />
    case 'sector': return <NativeSelect {...said} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)} data={[{ value: '', label: '—' }, ...sectors.map((one) => ({ value: one, label: label('ui.kind', one) }))]} />
    case 'modes': return <ModesField modes={value as Mode[]} document={document} onChange={onChange} />
    default: return <TextInput {...said} maxLength={200} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
  }
}

/** Two people of one name are told apart by their post. */
const optionText = (part: ListPart, one: Item, title: string) => (part === 'contacts' && one['post'] ? `${title} – ${String(one['post'])}` : title)

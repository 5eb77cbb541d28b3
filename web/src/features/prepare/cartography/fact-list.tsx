// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Element, type ElementField } from '@/api/client'
import { asJson, fieldKind } from '@/lib/answer-value'
import { useWords } from '@/lib/i18n'
import { hour_fields, share_fields, vocabulary, yes_no_fields } from '@/lib/vocabulary'
import { AnswerField } from '@/ui/answer-field'
import { EditFailure } from '@/ui/states'
import style from './cartography.module.css'

const fixed = ['id', 'name', 'sid', 'consumer', 'target', 'kind', 'sector', 'role', 'flows', 'addresses']
const editable_layers = ['care', 'application', 'infrastructure', 'zone', 'dependency']

/** Each fact with its origin, and a way to correct it. A correction outlives the next imports. */
export function FactList({ facility, element }: { facility: string; element: Element }) {
  const [editing, setEditing] = useState<string | null>(null)
  return (
    <dl className={style.facts}>
      {element.fields.map((field) => (
        <Fact
          key={field.name}
          {...{ facility, element, field }}
          editing={editing === field.name}
          onEdit={(on) => setEditing(on ? field.name : null)}
        />
      ))}
    </dl>
  )
}

interface FactProps { facility: string; element: Element; field: ElementField; editing: boolean; onEdit: (on: boolean) => void }

function Fact({ facility, element, field, editing, onEdit }: FactProps) {
  const { t, f, word, label } = useWords()
  const text = useFactText(field)
  const origin = field.origin
  const editable = editable_layers.includes(element.layer) && !fixed.includes(field.name)
  return (
    <div className={style.fact}>
      <dt>{label('ui.field', field.name)}</dt>
      <dd>
        <span className="break">{field.value === '' ? <span className="quiet">{text}</span> : <b>{text}</b>}</span>
        {origin ? (
          <p className="small quiet break">{t(`ui.origin.${origin.kind}.said`, { source: word('ui.user', origin.source), date: f.instant(origin.when) })}</p>
        ) : field.value === '' ? null : (
          <p className="small quiet">{t('ui.origin.default')}</p>
        )}
        {editing ? (
          <Correction {...{ facility, element, field }} onDone={() => onEdit(false)} />
        ) : editable ? (
          <button type="button" className="link small no-print" onClick={() => onEdit(true)} aria-label={t('ui.details.correct_field', { field: word('ui.field', field.name) })}>
            {t(origin ? 'ui.details.correct' : field.value === '' ? 'ui.details.give' : 'ui.details.confirm')}
          </button>
        ) : null}
      </dd>
    </div>
  )
}

function useFactText({ name, value, refers_to }: ElementField): string {
  const { t, f, word } = useWords()
  if (value === '') return t('ui.details.unknown')
  if (refers_to) return refers_to
  if (yes_no_fields.includes(name)) return word('ui.choice', value)
  if (name in { hosting: 1, watch: 1 }) return word('ui.choice', value)
  if (name === 'least_state') return word('ui.least_state', value)
  if (['sector', 'role', 'kind'].includes(name) && vocabulary['ui.kind']?.includes(value)) return word('ui.kind', value)
  if (name === 'activity_unit') return word('ui.activity', value)
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  if (share_fields.includes(name)) return f.percent(number)
  if (hour_fields.includes(name)) return f.hours(number)
  return fieldKind(name) === 'number' ? f.number(number) : value
}

function Correction({ facility, element, field, onDone }: Omit<FactProps, 'editing' | 'onEdit'> & { onDone: () => void }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const kind = fieldKind(field.name)
  const [text, setText] = useState(kind === 'share' && field.value ? String(Number(field.value) * 100) : field.value)
  const value = asJson(kind, text)
  const read = () => cache.invalidateQueries({ queryKey: ['facility', facility] })
  const onSuccess = async () => {
    await read()
    onDone()
  }
  const there = field.origin?.kind === 'answer' ? field.origin.when : ''
  const [seen] = useState(there)
  // Another answer that came meanwhile is shown above, before mine replaces it.
  const save = useMutation({ mutationFn: (given: { json: string; seen: string }) => client.answer(facility, element.id, field.name, given.json, given.seen), onSuccess, onError: () => void read() })
  const back = useMutation({ mutationFn: () => client.removeAnswer(facility, element.id, field.name), onSuccess })
  return (
    <form
      className="tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (value !== null) save.mutate({ json: value, seen })
      }}
    >
      <AnswerField field={field.name} kind={kind} value={text} onChange={setText} />
      <div className="row" style={{ gap: '0.4rem' }}>
        <Button type="submit" size="compact-sm" disabled={value === null} loading={save.isPending}>{t('ui.save')}</Button>
        <Button size="compact-sm" variant="default" onClick={onDone}>{t('ui.cancel')}</Button>
        {field.origin?.kind === 'answer' ? (
          <Button size="compact-sm" variant="subtle" onClick={() => back.mutate()} loading={back.isPending}>{t('ui.details.take_back')}</Button>
        ) : null}
      </div>
      {save.error ?? back.error ? <EditFailure error={save.error ?? back.error} onTheirs={() => void onSuccess()} onYours={() => value !== null && save.mutate({ json: value, seen: there })} /> : null}
    </form>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { NativeSelect, TextInput } from '@mantine/core'
import { useWords } from '@/lib/i18n'
import { choice_fields } from '@/lib/vocabulary'
import type { FieldKind } from '@/lib/answer-value'

interface Props { field: string; kind: FieldKind; value: string; onChange: (text: string) => void }

const units: Partial<Record<FieldKind, string>> = { share: '%', hours: 'h' }

/** The right way to type one fact: yes or no, a choice, a share, hours, a number, words. */
export function AnswerField({ field, kind, value, onChange }: Props) {
  const { t, word, label: capital } = useWords()
  const label = capital('ui.field', field)
  if (kind === 'yes_no' || kind === 'choice') {
    const choices = kind === 'yes_no' ? ['true', 'false'] : (choice_fields[field] ?? [])
    const family = field === 'least_state' ? 'ui.least_state' : 'ui.choice'
    return (
      <NativeSelect
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: '', label: t('ui.choose') }, ...choices.map((choice) => ({ value: choice, label: word(family, choice) }))]}
      />
    )
  }
  return (
    <TextInput
      label={label}
      inputMode={kind === 'text' ? 'text' : 'decimal'}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={units[kind] ? <span className="quiet">{units[kind]}</span> : undefined}
      w={kind === 'text' ? '18rem' : '12rem'}
    />
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Somebody has seen in which state an element is: a line with an impact.
import { useMemo } from 'react'
import { useWords } from '@/lib/i18n'
import { DeedForm, fromField, fromShare, type FormField } from './deed-form'
import { layers, type BoardLayer } from './board-words'
import { limits, line_limits } from './limits'
import { useRoom } from './room-context'
import { Unread } from './unread'

const states = ['down', 'read_only', 'not_linked', 'full'] as const
const causes = ['unknown', 'encrypted', 'shut_down', 'dependency'] as const

export function DeclareForm({ element, onDone }: { element: string; onDone: () => void }) {
  const { t } = useWords()
  const { board, writer } = useRoom()
  const elements = useMemo(() => board?.elements ?? [], [board])
  const known = elements.find(({ id }) => id !== '' && id === element) ?? elements.find(({ id, name }) => id === '' && name === element)
  const fields: FormField[] = [
    { name: 'element', kind: { offered: [...new Set(elements.map(({ name }) => name))] }, required: true, wide: true, max: limits.impact.name },
    { name: 'state', kind: { choice: 'state', values: states } },
    { name: 'cause', kind: { choice: 'cause', values: causes } },
    { name: 'layer', kind: { choice: 'layer', values: layers } },
    { name: 'capacity', kind: 'share' },
    { name: 'transfers', kind: 'number' },
    { name: 'happened', kind: 'when' },
    { name: 'from', kind: 'line', max: line_limits.from },
  ]
  return (
    <>
      <p className="quiet small">{t('ui.room.declare.what')}</p>
      <Unread of="board" />
      <DeedForm
        fields={fields}
        initial={{ element: known?.name ?? element, state: 'down', cause: 'unknown', layer: known?.layer ?? 'application' }}
        submit={t('ui.room.declare')}
        onCancel={onDone}
        onSend={(values) => {
          const named = elements.filter(({ name }) => name.toLocaleLowerCase() === values['element']?.toLocaleLowerCase())
          // A ward and its application often have one name: the layer tells which is meant.
          const found = known?.name === values['element'] && known?.layer === values['layer'] ? known : named.find(({ layer: one }) => one === values['layer']) ?? named[0]
          const layer = found?.layer ?? (values['layer'] as BoardLayer)
          const happened = fromField(values['happened'] ?? '')
          writer.write({
            kind: 'fact', from: values['from'] ?? '', ...(happened ? { happened } : {}),
            deed: { impact: {
              element: found?.id ?? '', name: found?.name ?? values['element'] ?? '', layer, state: values['state'] as (typeof states)[number], cause: values['cause'] as (typeof causes)[number],
              capacity: layer === 'service' ? fromShare(values['capacity']) : null, transfers: layer === 'service' && values['transfers'] ? Number(values['transfers']) : null,
            } },
          })
          onDone()
        }}
      />
    </>
  )
}

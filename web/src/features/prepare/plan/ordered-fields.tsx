// SPDX-License-Identifier: EUPL-1.2
// What is read in an order: lines of a card, people in the order in which they are called. Alt and an arrow move
// one of them; so do the buttons.
import { Textarea } from '@mantine/core'
import { useLayoutEffect, useRef } from 'react'
import { moved, stepOf } from '@/lib/moved'
import { MoveButtons } from '@/ui/move-buttons'
import { useWords } from '@/lib/i18n'
import style from './plan.module.css'

interface LinesProps { label: string; required: boolean; value: string[]; onChange: (lines: string[]) => void }

/** One line each; the line of the caret is the one that moves. */
export function LinesField({ label, required, value, onChange }: LinesProps) {
  const { t } = useWords()
  const area = useRef<HTMLTextAreaElement>(null)
  const caret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (caret.current !== null) area.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const move = (by: -1 | 1) => {
    const before = (area.current?.value ?? '').slice(0, area.current?.selectionStart ?? 0).split('\n')
    const line = before.length - 1
    if (line + by < 0 || line + by >= value.length) return
    const next = moved(value, line, line + by)
    caret.current = next.slice(0, line + by).reduce((sum, one) => sum + one.length + 1, 0) + (before.at(-1)?.length ?? 0)
    onChange(next)
  }
  return (
    <div className={style.lines}>
      <Textarea
        ref={area}
        {...{ label, required }}
        rows={6}
        value={value.join('\n')}
        onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
        onKeyDown={(event) => {
          const by = stepOf(event)
          if (by === 0) return
          event.preventDefault()
          move(by)
        }}
      />
      {value.length > 1 ? <p className="row small quiet"><MoveButtons name={t('ui.plan.line')} first={false} last={false} onMove={move} />{t('ui.plan.line.how')}</p> : null}
    </div>
  )
}

interface ChosenProps { label: string; ids: string[]; nameOf: (id: string) => string; onChange: (ids: string[]) => void }

/** Who was chosen, in the order in which they are called. */
export function ChosenOrder({ label, ids, nameOf, onChange }: ChosenProps) {
  if (ids.length < 2) return null
  return (
    <ol className={style.chosen} aria-label={label}>
      {ids.map((id, i) => {
        const move = (by: -1 | 1) => onChange(moved(ids, i, i + by))
        return (
          <li
            key={id}
            onKeyDown={(event) => {
              const by = stepOf(event)
              if (by === 0) return
              event.preventDefault()
              move(by)
            }}
          >
            <span>{nameOf(id)}</span> <MoveButtons name={nameOf(id)} first={i === 0} last={i === ids.length - 1} onMove={move} />
          </li>
        )
      })}
    </ol>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'

export const states = {
  up: { glyph: '●', colour: 'var(--ink)' },
  not_linked: { glyph: '◐', colour: 'var(--degraded)' },
  read_only: { glyph: '◔', colour: 'var(--degraded)' },
  down: { glyph: '○', colour: 'var(--down)' },
  late: { glyph: '▲', colour: 'var(--degraded)' },
  closed: { glyph: '■', colour: 'var(--ink-2)' },
} as const
export type State = keyof typeof states

/** Always shape + word + colour; the same glyphs on screen, on paper and in text exports. */
export function StateGlyph({ state, children }: { state: State; children?: React.ReactNode }) {
  const { t } = useWords()
  return (
    <span className="nowrap" style={{ color: states[state].colour }}>
      <span aria-hidden="true">{states[state].glyph}</span> {children ?? t(`ui.state.${state}`)}
    </span>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'

const glyphs: Record<string, string> = { confirmed: '✓', partly: '◐', default: '?' }

/** Whether the figures of an element were given by the hospital. */
export function Trust({ state }: { state: string }) {
  const { t } = useWords()
  return (
    <span className={state === 'default' ? 'quiet nowrap' : 'nowrap'}>
      <span aria-hidden="true">{glyphs[state]}</span> {t(`ui.trust.${state}`)}
    </span>
  )
}

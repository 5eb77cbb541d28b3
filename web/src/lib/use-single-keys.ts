// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useRef } from 'react'
import { recall } from './keep'

/** Where a character is text. A ticked box is an input too, and writes nothing. */
const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=file])'))

/** One-character keys, by the character; silent where one types, and when switched off in the settings (WCAG 2.1.4). */
export function useSingleKeys(acts: Record<string, () => void>): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writes(event.target) || recall('single-keys') === 'off') return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

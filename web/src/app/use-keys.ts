// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useRef } from 'react'
import { recall } from '@/lib/keep'

interface Acts { palette: () => void; keys: () => void }

/** Where a character is text. A ticked box is an input too, and writes nothing. */
const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=file])'))

/** Ctrl-K always; the one-character keys `/` and `?` unless switched off in the settings (WCAG 2.1.4). */
export function useKeys(acts: Acts) {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const opens = (act: () => void) => {
        event.preventDefault()
        act()
      }
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') return opens(latest.current.palette)
      if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target) || recall('single-keys') === 'off') return
      if (event.key === '/') opens(latest.current.palette)
      else if (event.key === '?') opens(latest.current.keys)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

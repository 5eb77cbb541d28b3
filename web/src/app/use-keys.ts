// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useRef } from 'react'
import { useSingleKeys } from '@/lib/use-single-keys'

interface Acts { palette: () => void; keys: () => void }

/** Ctrl-K always; the one-character keys `/` and `?` unless switched off. */
export function useKeys(acts: Acts) {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useSingleKeys({ '/': acts.palette, '?': acts.keys })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      latest.current.palette()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useSyncExternalStore } from 'react'

const paper = () => (typeof matchMedia === 'function' ? matchMedia('print') : null)

function onPaper(act: () => void): () => void {
  const media = paper()
  media?.addEventListener('change', act)
  return () => media?.removeEventListener('change', act)
}

/** While the page is laid out for paper: what a screen draws bit by bit must be whole there. */
export const usePrinting = (): boolean => useSyncExternalStore(onPaper, () => paper()?.matches ?? false)

/** What stands in the margin of every printed page (base.css) while the caller is on the screen. */
export function useMargins(note: string, foot: string): void {
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--margin-note', JSON.stringify(note))
    style.setProperty('--margin-foot', JSON.stringify(foot))
    return () => {
      style.removeProperty('--margin-note')
      style.removeProperty('--margin-foot')
    }
  }, [note, foot])
}

// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'

export interface Sending { key: number; name: string; size: number; share: number; error: unknown }

type Send = (file: File, onProgress: (share: number) => void) => { done: Promise<unknown>; cancel: () => void }

/** Files on their way to the server, one after the other in the order dropped; each that arrives refreshes what it changes. */
export function useUploads(sendFile: Send, refreshed: QueryKey) {
  const cache = useQueryClient()
  const [list, setList] = useState<Sending[]>([])
  const cancels = useRef(new Map<number, () => void>())
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const last = useRef(0)

  const change = useCallback((key: number, part: Partial<Sending>) => {
    setList((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  }, [])
  const dismiss = useCallback((key: number) => setList((all) => all.filter((one) => one.key !== key)), [])

  const sendOne = useCallback(
    async (key: number, file: File, dropped: Set<number>) => {
      if (dropped.has(key)) return
      const sending = sendFile(file, (share) => change(key, { share }))
      cancels.current.set(key, sending.cancel)
      try {
        await sending.done
        dismiss(key)
        await cache.invalidateQueries({ queryKey: refreshed })
      } catch (error) {
        change(key, { error })
      } finally {
        cancels.current.delete(key)
      }
    },
    [cache, change, dismiss, refreshed, sendFile],
  )

  const dropped = useRef(new Set<number>())
  const send = useCallback(
    (files: File[]) => {
      for (const file of files) {
        const key = ++last.current
        setList((all) => [...all, { key, name: file.name, size: file.size, share: 0, error: null }])
        line.current = line.current.then(() => sendOne(key, file, dropped.current))
      }
    },
    [sendOne],
  )
  const cancel = useCallback(
    (key: number) => {
      const stop = cancels.current.get(key)
      if (stop) return stop()
      dropped.current.add(key)
      dismiss(key)
    },
    [dismiss],
  )
  return { list, send, cancel, dismiss }
}

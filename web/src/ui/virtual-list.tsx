// SPDX-License-Identifier: EUPL-1.2
// A list of thousands of rows of any height: only those in view are drawn, each measured once it was. At its end it
// stays at its end when rows are added.
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type Ref } from 'react'

export interface VirtualHandle { show: (key: string) => void }

interface Props<Row> {
  ref?: Ref<VirtualHandle>
  label: string
  className?: string
  rows: Row[]
  rowKey: (row: Row) => string
  /** Height of a row that was never drawn, in px. */
  estimate: number
  render: (row: Row) => ReactNode
}
const margin = 600
const near_end = 40

export function VirtualList<Row>({ ref, label, className, rows, rowKey, estimate, render }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<HTMLOListElement>(null)
  const atEnd = useRef(true)
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(() => new Map())
  const [view, setView] = useState({ top: Number.MAX_SAFE_INTEGER, height: 900 })

  const tops = useMemo(() => {
    const list = [0]
    for (const row of rows) list.push((list.at(-1) ?? 0) + (heights.get(rowKey(row)) ?? estimate))
    return list
  }, [rows, heights, rowKey, estimate])
  const whole = tops.at(-1) ?? 0
  const top = Math.max(0, Math.min(view.top, whole - view.height))
  const from = Math.max(0, firstAbove(tops, top - margin) - 1)
  const to = Math.min(rows.length, firstAbove(tops, top + view.height + margin))

  // After every render: a row may change its height by itself (its menu opens); equal heights end the chain.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    const fresh = [...(drawn.current?.children ?? [])].flatMap((item): [string, number][] => {
      const key = (item as HTMLElement).dataset['key'] ?? ''
      const { height } = item.getBoundingClientRect()
      return height > 0 && Math.abs((heights.get(key) ?? -1) - height) > 0.5 ? [[key, height]] : []
    })
    if (fresh.length > 0) setHeights(new Map([...heights, ...fresh]))
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  })

  useImperativeHandle(ref, () => ({
    show: (key) => {
      const place = rows.findIndex((row) => rowKey(row) === key)
      if (place < 0 || !box.current) return
      atEnd.current = false
      box.current.scrollTop = Math.max(0, (tops[place] ?? 0) - view.height / 3)
    },
  }))

  return (
    <div
      ref={box}
      className={className}
      role="group"
      aria-label={label}
      tabIndex={0}
      style={{ overflowY: 'auto', overflowAnchor: 'none' }}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight > scrollHeight - near_end
        setView({ top: scrollTop, height: clientHeight || 900 })
      }}
    >
      <div style={{ height: tops[from] }} />
      <ol ref={drawn} start={from + 1}>
        {rows.slice(from, to).map((row, i) => (
          <li key={rowKey(row)} data-key={rowKey(row)} aria-setsize={rows.length} aria-posinset={from + i + 1}>{render(row)}</li>
        ))}
      </ol>
      <div style={{ height: whole - (tops[to] ?? whole) }} />
    </div>
  )
}

/** The first place whose top lies beyond `y`; tops grow. */
function firstAbove(tops: number[], y: number): number {
  let low = 0
  let high = tops.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle] ?? 0) > y) high = middle
    else low = middle + 1
  }
  return low
}

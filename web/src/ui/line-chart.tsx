// SPDX-License-Identifier: EUPL-1.2
// A line over numbers, drawn by uPlot, which is fetched only when a chart is shown. The caller gives the table beside it.
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'

export interface ChartLine { label: string; values: (number | null)[]; stepped?: boolean; dashed?: boolean; points?: boolean }
interface Props {
  label: string
  x: number[]
  lines: ChartLine[]
  xLabel: string
  yLabel: string
  xFormat: (value: number) => string
  yFormat: (value: number) => string
  height?: number
}

export function LineChart({ label, x, lines, xLabel, yLabel, xFormat, yFormat, height = 280 }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    let chart: uPlot | undefined
    let gone = false
    let watch: ResizeObserver | undefined
    const draw = async () => {
      const [{ default: Plot }] = await Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')])
      const at = box.current
      if (gone || !at || typeof Path2D === 'undefined') return
      const css = getComputedStyle(at)
      const [ink, line, act] = ['--ink-2', '--line', '--act'].map((name) => css.getPropertyValue(name).trim())
      const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line }, font: `13px ${css.fontFamily}`, labelFont: `13px ${css.fontFamily}` }
      const options: uPlot.Options = {
        width: at.clientWidth,
        height,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { x: { time: false } },
        axes: [
          { ...axis, label: xLabel, values: (_plot, marks) => marks.map(xFormat), space: 70 },
          { ...axis, label: yLabel, values: (_plot, marks) => marks.map(yFormat), size: 76 },
        ],
        series: [
          {},
          ...lines.map((one) => ({
            label: one.label,
            stroke: act,
            width: 2,
            dash: one.dashed ? [6, 4] : undefined,
            paths: one.stepped ? Plot.paths.stepped?.({ align: 1 }) : undefined,
            points: { show: one.points ?? false, size: 7 },
          })),
        ],
      }
      at.replaceChildren()
      chart = new Plot(options, [x, ...lines.map((one) => one.values)], at)
      watch = new ResizeObserver(() => chart?.setSize({ width: at.clientWidth, height }))
      watch.observe(at)
    }
    void draw()
    return () => {
      gone = true
      watch?.disconnect()
      chart?.destroy()
    }
  }, [x, lines, xLabel, yLabel, xFormat, yFormat, height, scheme])
  return <div ref={box} role="img" aria-label={label} style={{ minHeight: height, minWidth: 0 }} />
}

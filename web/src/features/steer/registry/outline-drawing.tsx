// SPDX-License-Identifier: EUPL-1.2
import { useMemo, type ReactNode } from 'react'
import { Link } from 'react-router'
import type { Outline } from '@/api/client'
import { useWords } from '@/lib/i18n'
import type { Mark, Marks } from './marks'
import { draw, featuresOf, width, type Frame, type Shape, type Territory } from './outlines'
import style from './registry.module.css'

/** The operator's outlines; over departments the borders of their regions, if the file has both. */
export function OutlineDrawing({ outlines, territory, marks }: { outlines: Outline[]; territory: Territory; marks: Marks }) {
  const features = useMemo(() => ({ drawn: featuresOf(outlines, territory), regions: territory === 'department' ? featuresOf(outlines, 'region') : [] }), [outlines, territory])
  const known = [...marks.keys()].join(' ')
  const { height, mainland, frames } = useMemo(() => draw(features.drawn, territory, known.split(' '), features.regions), [features, territory, known])
  return (
    <svg className={style.outlines} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <svg width={width} height={mainland.height} viewBox={`0 ${mainland.top} ${width} ${mainland.height}`}>
        <Shapes shapes={mainland.shapes} marks={marks} />
        <path d={mainland.borders} className={style.border} />
        <Labels shapes={mainland.shapes} marks={marks} />
      </svg>
      {frames.map((frame) => <Framed key={frame.key} frame={frame} marks={marks} />)}
    </svg>
  )
}

/** Leads where its mark leads. */
function Marked({ mark, children }: { mark: Mark | undefined; children: ReactNode }) {
  const { f } = useWords()
  return mark?.region ? (
    <Link tabIndex={-1} to={`/places/${mark.region}`}>
      <title>{`${mark.name} — ${f.whole(mark.value)}`}</title>
      {children}
    </Link>
  ) : <g>{children}</g>
}

const lookOf = (mark: Mark | undefined) => `${style.shape} ${mark ? mark.look : style.outside}`

function Shapes({ shapes, marks }: { shapes: Shape[]; marks: Marks }) {
  return shapes.map(({ code, path }) => (
    <Marked key={code} mark={marks.get(code)}>
      <path d={path} className={lookOf(marks.get(code))} />
    </Marked>
  ))
}

function Labels({ shapes, marks }: { shapes: Shape[]; marks: Marks }) {
  return shapes.map(({ code, label }) => (label ? <Label key={code} code={code} mark={marks.get(code)} x={label[0]} y={label[1]} /> : null))
}

function Label({ code, mark, x, y }: { code: string; mark: Mark | undefined; x: number; y: number }) {
  const { f } = useWords()
  const lines = mark?.short ?? [code]
  return (
    <text y={y} className={style.label}>
      {lines.map((line, i) => <tspan key={line} x={x} dy={i === 0 ? `${-1.1 * (lines.length - 1) / 2}em` : '1.1em'} className={style.code}>{line}</tspan>)}
      {mark ? <tspan x={x} dy="1.1em" className={style.value}>{f.whole(mark.value)}</tspan> : null}
    </text>
  )
}

function Framed({ frame: { code, shapes, side, x, y }, marks }: { frame: Frame; marks: Marks }) {
  const mark = marks.get(code)
  const ground = <rect x={0.5} y={0.5} width={side - 1} height={side - 1} className={shapes.length > 0 ? style.frame : lookOf(mark)} />
  return (
    <svg x={x} y={y} width={side} height={side}>
      {code === '' ? (
        <>
          {ground}
          <Shapes shapes={shapes} marks={marks} />
          <Labels shapes={shapes} marks={marks} />
        </>
      ) : (
        // A few islands are a small thing to click on: the whole frame leads there.
        <Marked mark={mark}>
          {ground}
          {shapes.map(({ path }) => <path key={code} d={path} className={lookOf(mark)} />)}
          <Label code={code} mark={mark} x={side / 2} y={side / 2} />
        </Marked>
      )}
    </svg>
  )
}

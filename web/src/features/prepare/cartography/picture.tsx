// SPDX-License-Identifier: EUPL-1.2
// Boxes are buttons, so that the picture is walked with the keyboard and read aloud; only the lines are drawn.
import { useLayoutEffect, useRef, useState } from 'react'
import type { Element, Fall } from '@/api/client'
import { nbsp } from '@/lib/format'
import { useWords } from '@/lib/i18n'
import { arrange, type Band, type Box } from './arrange'
import style from './cartography.module.css'

interface Props { element: Element; totals: Record<Band, number>; fall: Fall | null; onFocus: (id: string) => void }

const box_height = 54
const gap = 14
const head = 30

export function Picture({ element, totals, fall, onFocus }: Props) {
  const { t, word } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(560)
  useLayoutEffect(() => {
    const at = frame.current
    if (!at || typeof ResizeObserver === 'undefined') return
    setWidth(Math.max(240, Math.floor(at.clientWidth)))
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, Math.floor(entry.contentRect.width))))
    watch.observe(at)
    return () => watch.disconnect()
  }, [])

  const columns = Math.max(2, Math.floor(width / 132))
  const { bands, boxes, height } = placed(arrange(element, columns), width, columns)
  const focus = boxes.find(({ box }) => box.relation === 'focus')
  const hours = new Map<string, number | null>([
    ...(fall?.elements ?? []).map(({ id, hours: at }) => [id, at] as const),
    ...(fall?.services ?? []).filter((one) => one.hours_until_stop !== null).map((one) => [one.id, one.hours_until_stop] as const),
  ])

  return (
    <div ref={frame} className={style.picture} style={{ height }} role="group" aria-label={t('ui.picture.of', { name: element.name })}>
      {bands.map(({ band, top, height: tall, shown }) => (
        <div key={band} className={style.band} style={{ top, height: tall }}>
          <span className={style.band_name}>
            <b>{word('ui.layer', band)}</b>
            {totals[band] > shown ? ` · ${t('ui.picture.others', { count: totals[band] - shown })}` : ''}
          </span>
        </div>
      ))}
      <svg className={style.lines} width={width} height={height} aria-hidden="true">
        {focus
          ? boxes.filter(({ box }) => box.relation !== 'focus').map(({ box, x, y, wide }) => {
              const [x1, y1, x2, y2] = box.relation === 'needed_by'
                ? [x + wide / 2, y + box_height, focus.x + focus.wide / 2, focus.y]
                : [focus.x + focus.wide / 2, focus.y + box_height, x + wide / 2, y]
              const half = (y1 + y2) / 2
              const dash = box.link?.dependency_kind === 'interface' ? '2 4' : box.link?.alternative ? '7 4' : undefined
              return <path key={box.key} d={`M${x1} ${y1}C${x1} ${half} ${x2} ${half} ${x2} ${y2}`} strokeDasharray={dash} />
            })
          : null}
      </svg>
      {boxes.map(({ box, x, y, wide }) => (
        <BoxView key={box.key} box={box} at={{ left: x, top: y, width: wide }} stopsAt={box.id ? hours.get(box.id) : undefined} onFocus={onFocus} />
      ))}
      <p className={style.legend}>
        {t('ui.picture.legend')} {fall && fall.elements.length > 0 ? t('ui.picture.fallen', { count: fall.elements.length }) : ''}
      </p>
    </div>
  )
}

interface BoxProps { box: Box; at: { left: number; top: number; width: number }; stopsAt: number | null | undefined; onFocus: (id: string) => void }

function BoxView({ box, at, stopsAt, onFocus }: BoxProps) {
  const { t, f, word } = useWords()
  const kind = word('ui.kind', box.kind)
  if (box.id === null) {
    return (
      <div className={style.folded} style={at}>
        <span><b>{f.whole(box.count)}</b>{nbsp}× {kind}</span>
      </div>
    )
  }
  const down = stopsAt !== undefined && stopsAt !== null
  const note = down
    ? stopsAt <= 0 ? t('ui.picture.at_once') : t('ui.picture.stops_in', { hours: f.hours(stopsAt) })
    : box.link?.autonomy_h ? t('ui.picture.lasts', { hours: f.hours(box.link.autonomy_h) }) : kind
  const look = [style.box, box.relation === 'focus' ? style.focus : '', down ? style.fallen : ''].join(' ')
  const id = box.id
  return (
    <button type="button" className={look} style={at} title={`${box.name} · ${kind}`} aria-current={box.relation === 'focus' || undefined} onClick={() => onFocus(id)}>
      <span className={style.box_name}>{box.name}</span>
      <span className={style.box_note}>{down ? <span aria-hidden="true">○{nbsp}</span> : null}{note}</span>
    </button>
  )
}

function placed(layout: ReturnType<typeof arrange>, width: number, columns: number) {
  const wide = Math.min(190, Math.floor((width - gap * (columns + 1)) / columns))
  let top = 0
  const boxes: { box: Box; x: number; y: number; wide: number }[] = []
  const bands = layout.map(({ band, rows }) => {
    const start = top
    rows.forEach((row, i) => {
      const left = (width - row.length * wide - (row.length - 1) * gap) / 2
      row.forEach((box, j) => boxes.push({ box, x: left + j * (wide + gap), y: start + head + i * (box_height + gap * 1.6), wide }))
    })
    const tall = head + Math.max(rows.length, 0.35) * (box_height + gap * 1.6)
    top += tall
    return { band, top: start, height: tall, shown: rows.flat().reduce((sum, box) => sum + box.count, 0) }
  })
  return { bands, boxes, height: top + 58 }
}

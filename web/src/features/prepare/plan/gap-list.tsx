// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Finding } from '@/api/client'
import { groupBy } from '@/lib/group'
import { useWords } from '@/lib/i18n'
import style from './plan.module.css'

const at_once = 3

/** Where a gap is mended: its part, and its item when it is about one. */
export function mendAt(root: string, place: string): string {
  const [part = '', id] = place.split('/')
  return `${root}/${part}${id ? `?item=${encodeURIComponent(id)}` : ''}`
}

/** What is missing or stale, the same things together, each one click from where it is mended. */
export function GapList({ findings, root, remedy }: { findings: Finding[]; root: string; /** What mends it here and now. */ remedy?: (finding: Finding) => ReactNode }) {
  const { t, say } = useWords()
  if (findings.length === 0) return <p>{t('ui.plan.gaps.none')}</p>
  return (
    <ul className={style.gaps}>
      {groupBy(findings, ({ message }) => message.code).map(({ key, items }) => {
        const line = (one: Finding) => <>{say(one.message)} {one.place ? <Link to={mendAt(root, one.place)} aria-label={`${t('ui.plan.gaps.mend')} – ${say(one.message)}`}>{t('ui.plan.gaps.mend')}</Link> : null} <Remedy of={one} by={remedy} /></>
        return (
          <li key={key} className={`${style.gap} ${items[0]?.severity === 'error' ? style.grave : ''}`}>
            <ul className="tight">{items.slice(0, at_once).map((one, i) => <li key={i}>{line(one)}</li>)}</ul>
            {items.length > at_once ? (
              <details>
                <summary>{t('ui.plan.gaps.more', { n: items.length - at_once })}</summary>
                <ul className="tight">{items.slice(at_once).map((one, i) => <li key={i}>{line(one)}</li>)}</ul>
              </details>
            ) : null}
            <p className="small quiet">{say({ code: `${key}.mend`, params: items[0]?.message.params })}</p>
          </li>
        )
      })}
    </ul>
  )
}

function Remedy({ of, by }: { of: Finding; by: ((finding: Finding) => ReactNode) | undefined }) {
  const shown = by?.(of)
  return shown ? <>· {shown}</> : null
}

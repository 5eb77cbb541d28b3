// SPDX-License-Identifier: EUPL-1.2
// Tabs that are addresses: each has its URL, the current one is marked, arrows move between them.
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { NavLink } from 'react-router'
import style from './tabs.module.css'

export interface Tab { to: string; label: string; note?: string; current: boolean }

export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const row = useRef<HTMLElement>(null)
  const current = tabs.find((tab) => tab.current)?.to
  // A narrow row is scrolled to where one is.
  useEffect(() => {
    row.current?.querySelector('[aria-current=page]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [current])
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
    stops[(stops.indexOf(document.activeElement as HTMLElement) + step + stops.length) % stops.length]?.focus()
  }
  return (
    <nav ref={row} aria-label={label} className={`${style.tabs} no-print`} onKeyDown={walk}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end className={tab.current ? style.current : style.tab} aria-current={tab.current ? 'page' : false}>
          {tab.label}
          {tab.note ? <span className={style.note}>{tab.note}</span> : null}
        </NavLink>
      ))}
    </nav>
  )
}

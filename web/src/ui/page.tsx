// SPDX-License-Identifier: EUPL-1.2
// The head of every screen: breadcrumb, title, one primary action at right. A view puts its action in the slot.
import { createContext, useContext, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import style from './page.module.css'

export interface Crumb { label: string; to?: string }

const ActionSlot = createContext<HTMLElement | null>(null)

export function PageAction({ children }: { children: ReactNode }) {
  const slot = useContext(ActionSlot)
  return slot ? createPortal(children, slot) : null
}

/** `bare`: the view has a head of its own. */
export function Page({ crumbs, title, bare = false, children }: { crumbs: Crumb[]; title: string; bare?: boolean; children: ReactNode }) {
  const { t } = useWords()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return (
    <>
      <title>{[title, crumbs[0]?.label, 'Relève'].filter(Boolean).join(' · ')}</title>
      {bare ? null : <header className={style.head}>
        <div className={style.names}>
          <nav aria-label={t('ui.breadcrumb')} className="small quiet">
            <ol className={style.crumbs}>
              {crumbs.map((crumb) => (
                <li key={crumb.label}>{crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : crumb.label}</li>
              ))}
            </ol>
          </nav>
          <h1 className={style.title} tabIndex={-1}>{title}</h1>
        </div>
        <div ref={setSlot} className={`${style.action} no-print`} />
      </header>}
      <ActionSlot value={slot}>{children}</ActionSlot>
    </>
  )
}

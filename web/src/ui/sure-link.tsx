// SPDX-License-Identifier: EUPL-1.2
import { useState, type ReactNode } from 'react'

/** A link for what cannot be taken back: it is asked twice, in its own place. */
export function SureLink({ onSure, sure, disabled = false, children }: { onSure: () => void; sure: string; disabled?: boolean; children: ReactNode }) {
  const [asked, setAsked] = useState(false)
  const press = () => {
    setAsked(!asked)
    if (asked) onSure()
  }
  return <button type="button" className="link" disabled={disabled} onBlur={() => setAsked(false)} onClick={press}>{asked ? sure : children}</button>
}

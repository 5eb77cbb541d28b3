// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useState } from 'react'

/** The time of this computer, moving on every `ms`. */
export function useNow(ms = 10_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), ms)
    return () => clearInterval(timer)
  }, [ms])
  return now
}

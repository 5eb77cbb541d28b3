// SPDX-License-Identifier: EUPL-1.2
import { useSearchParams } from 'react-router'

/** A choice that the address names, so that it can be sent to a colleague; the usual one is left out of it. */
export function useNamed(name: string, usual: string): [string, (value: string) => void] {
  const [search, setSearch] = useSearchParams()
  const choose = (value: string) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now)
        if (value === usual) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  return [search.get(name) ?? usual, choose]
}

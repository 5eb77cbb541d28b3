// SPDX-License-Identifier: EUPL-1.2
import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface Props { label: string; value: number; format: (value: number) => string; onChange: (value: number) => void }

export function parsedAmount(text: string): number | null {
  const plain = text.replace(/[^\d.,]/g, '').replace(',', '.')
  const value = Number(plain)
  return plain === '' || !Number.isFinite(value) ? null : value
}

/** A figure that reads formatted and is typed plain; what is not a number is given up. */
export function CostField({ label, value, format, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const settle = () => {
    const amount = typed === null ? null : parsedAmount(typed)
    if (amount !== null && amount !== value) onChange(amount)
    setTyped(null)
  }
  return (
    <TextInput
      size="xs"
      w="6.2rem"
      ml="auto"
      aria-label={label}
      inputMode="decimal"
      value={typed ?? format(value)}
      styles={{ input: { textAlign: 'end' } }}
      onFocus={() => setTyped(String(value))}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}

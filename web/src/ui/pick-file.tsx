// SPDX-License-Identifier: EUPL-1.2
import { Button, FileButton, type ButtonProps } from '@mantine/core'
import { useRef, type ReactNode } from 'react'

interface Props extends ButtonProps { onPick: (file: File) => void; children: ReactNode }

/** A button that asks for one file; the same one can be chosen again, as after a failure. */
export function PickFile({ onPick, accept, children, ...button }: Props & { accept?: string }) {
  const reset = useRef<() => void>(null)
  const picked = (file: File | null) => {
    if (!file) return
    reset.current?.()
    onPick(file)
  }
  return <FileButton resetRef={reset} accept={accept} onChange={picked}>{(props) => <Button variant="default" {...button} {...props}>{children}</Button>}</FileButton>
}

// SPDX-License-Identifier: EUPL-1.2
// A spreadsheet that is looked at before it is taken: nothing of it lies on the server in between.
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { DropZone } from './drop-zone'
import { Findings, type Finding } from './findings'
import { Refusal } from './refusal'

interface Looked { file: string; hash: string; usable: boolean; findings: Finding[] }

interface Props<Seen extends Looked> {
  formats: string
  template: { href: string; label: string }
  look: (file: File) => Promise<Seen>
  accept: (file: File, seen: Seen) => Promise<unknown>
  acceptLabel: string
  onAccepted: (seen: Seen) => void
  /** What of a usable file there is to see before it is taken. */
  children: (seen: Seen) => ReactNode
  /** Taking it would change something; without it every usable file may be taken. */
  changes?: (seen: Seen) => boolean
}

export function SheetImport<Seen extends Looked>({ formats, template, look, accept, acceptLabel, onAccepted, children, changes }: Props<Seen>) {
  const [file, setFile] = useState<File | null>(null)
  const looking = useMutation({ mutationFn: look })
  const taking = useMutation({
    mutationFn: ({ chosen, seen }: { chosen: File; seen: Seen }) => accept(chosen, seen),
    onSuccess: (_done, { seen }) => {
      setFile(null)
      looking.reset()
      onAccepted(seen)
    },
  })
  const seen = looking.data
  return (
    <>
      <DropZone
        formats={formats}
        onFiles={([chosen]) => {
          if (!chosen) return
          setFile(chosen)
          taking.reset()
          looking.mutate(chosen)
        }}
      >
        <p><a href={template.href} download>{template.label}</a></p>
      </DropZone>
      <Refusal error={looking.error ?? taking.error} />
      {file && seen ? (
        <section className="stack" aria-label={seen.file}>
          <h2 className="h2">{seen.file}</h2>
          {seen.usable ? children(seen) : null}
          <Findings findings={seen.findings} />
          {seen.usable && (changes?.(seen) ?? true) ? <div><Button loading={taking.isPending} onClick={() => taking.mutate({ chosen: file, seen })}>{acceptLabel}</Button></div> : null}
        </section>
      ) : null}
    </>
  )
}

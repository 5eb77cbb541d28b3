// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useWords } from '@/lib/i18n'
import { PageAction } from './page'
import style from './uploads.module.css'

interface Props { formats: string; onFiles: (files: File[]) => void; children?: ReactNode }

/** Any mix of files, by dropping or by the file dialog. */
export function DropZone({ formats, onFiles, children }: Props) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <section
      aria-label={t('ui.imports.drop')}
      className={`${over ? `${style.drop} ${style.over}` : style.drop} no-print`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <PageAction>
        <Button onClick={() => input.current?.click()}>{t('ui.imports.choose')}</Button>
      </PageAction>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('ui.imports.choose')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <p className="h3">{t('ui.imports.drop')}</p>
      <p className="quiet small">{formats}</p>
      {children}
    </section>
  )
}

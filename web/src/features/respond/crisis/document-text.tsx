// SPDX-License-Identifier: EUPL-1.2
// A text composed from the room: read, copied, printed or read over the telephone.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Loaded } from '@/ui/states'
import style from './panels.module.css'
import { useRoom } from './room-context'

/** The clipboard API needs HTTPS; a crisis laptop speaks plain HTTP. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}

export function CopyAndPrint({ text }: { text: string }) {
  const { t } = useWords()
  const [copied, setCopied] = useState<boolean | null>(null)
  return (
    <div className="row no-print">
      <Button size="sm" variant="default" onClick={() => void copyText(text).then(setCopied)}>{t('ui.room.text.copy')}</Button>
      <Button size="sm" variant="default" onClick={() => print()}>{t('ui.print')}</Button>
      {copied === null ? null : <span role="status">{t(copied ? 'ui.room.text.copied' : 'ui.room.text.not_copied')}</span>}
    </div>
  )
}

export function DocumentText({ document }: { document: string }) {
  const { facility, view } = useRoom()
  const asked = useQuery(queries.roomDocument(facility, view.room.id, document))
  return (
    <Loaded asked={asked}>
      {({ title, text }) => (
        <section className="stack">
          <h3 className="h3">{title}</h3>
          <CopyAndPrint text={text} />
          <pre className={style.paper}>{text}</pre>
        </section>
      )}
    </Loaded>
  )
}

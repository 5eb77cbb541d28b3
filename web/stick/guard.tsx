// SPDX-License-Identifier: EUPL-1.2
// Whatever breaks, the page is not white: the journal can still be saved, and one begins again from what is kept.
import { Button } from '@mantine/core'
import { Component, useSyncExternalStore, type ReactNode } from 'react'
import { useWords } from '@/lib/i18n'
import { ErrorState } from '@/ui/states'
import type { LocalRoom } from './local-room'
import style from './stick.module.css'

interface Props { room: LocalRoom | null; children: ReactNode }

/** A class: React has no other way to catch what a part throws while it is drawn. */
export class Guard extends Component<Props, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError = () => ({ broken: true })

  override render(): ReactNode {
    const { room, children } = this.props
    if (!this.state.broken) return children
    return (
      <main className={style.main}>
        <ErrorState error={{ said: { code: 'ui.stick.broken' } }} />
        <div className="row">{room ? <Rescue room={room} /> : <Start />}</div>
      </main>
    )
  }
}

function Rescue({ room }: { room: LocalRoom }) {
  const { t } = useWords()
  const { rows, kept } = useSyncExternalStore(room.subscribe, room.state)
  const { saved } = useSyncExternalStore(room.subscribe, room.file.state)
  return (
    <>
      <Button onClick={() => room.download()}>{t('ui.stick.broken.save')}</Button>
      <Start disabled={!kept && saved < rows.length} />
    </>
  )
}

function Start({ disabled = false }: { disabled?: boolean }) {
  const { t } = useWords()
  const start = () => {
    location.hash = ''
    location.reload()
  }
  return <Button variant="default" disabled={disabled} onClick={start}>{t('ui.stick.broken.start')}</Button>
}

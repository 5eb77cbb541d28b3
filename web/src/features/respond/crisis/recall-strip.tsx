// SPDX-License-Identifier: EUPL-1.2
// Until somebody is called or there, the next thing to do in a room is to call: said where nobody can miss it.
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import style from './room.module.css'
import { useRoom } from './room-context'

/** The room is in the address: with a crisis and an exercise both open, whoever is called is called for the right one. */
export const recallAt = (facility: string, room: string) => `/facilities/${encodeURIComponent(facility)}/recall?room=${room}`

export function RecallStrip() {
  const { t } = useWords()
  const { facility, view, lists, closed } = useRoom()
  if (closed || lists.presence.length > 0) return null
  return (
    <section className={`${style.recall} no-print`} aria-label={t('ui.recall.title')}>
      <span>{t('ui.recall.nobody_called')}</span>
      <Button component={Link} to={recallAt(facility, view.room.id)}>{t('ui.recall.choose')}</Button>
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Until somebody is called or there, the next thing to do in a room is to call: said where nobody can miss it.
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useWords } from '@/lib/i18n'
import style from './room.module.css'
import { useRoom } from './room-context'

export const recallAt = (facility: string) => `/facilities/${encodeURIComponent(facility)}/recall`

export function RecallStrip() {
  const { t } = useWords()
  const { facility, lists, closed } = useRoom()
  if (closed || lists.presence.length > 0) return null
  return (
    <section className={`${style.recall} no-print`} aria-label={t('ui.recall.title')}>
      <span>{t('ui.recall.nobody_called')}</span>
      <Button component={Link} to={recallAt(facility)}>{t('ui.recall.choose')}</Button>
    </section>
  )
}

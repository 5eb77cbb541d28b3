// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'
import style from './move-buttons.module.css'

interface Props { name: string; first: boolean; last: boolean; onMove: (by: -1 | 1) => void }

/** One place up or down. At an end the button stays, so that the focus does. */
export function MoveButtons({ name, first, last, onMove }: Props) {
  const { t } = useWords()
  const one = (by: -1 | 1, end: boolean, label: string, glyph: string) => (
    <button type="button" className={style.move} aria-disabled={end || undefined} aria-label={label} title={label} onClick={() => end || onMove(by)}>{glyph}</button>
  )
  return (
    <span className={style.pair}>
      {one(-1, first, t('ui.move.up', { name }), '↑')}
      {one(1, last, t('ui.move.down', { name }), '↓')}
    </span>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import type { Language } from '@/lib/format'

const a_monday = Date.UTC(2024, 0, 1) // any Monday: only its name is shown

/** "ven. 23:00": the hour of the week `hours` after `start` (0 = Monday 0 h). */
export function weekMoment(start: number, hours: number, language: Language): string {
  const at = new Date(a_monday + (start + hours) * 3_600_000)
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' }).format(at).replace(',', '')
}

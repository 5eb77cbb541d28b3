// SPDX-License-Identifier: EUPL-1.2
// What an error state shows, from whatever was thrown.
import type { Said } from './i18n'

export interface Failure { said: Said; where: string; incident: string; status: number }

export function failureOf(thrown: unknown): Failure {
  const known = thrown as Partial<Failure> | null
  if (known && typeof known === 'object' && known.said) {
    return { said: known.said, where: known.where ?? '', incident: known.incident ?? '', status: known.status ?? 0 }
  }
  return { said: { code: 'ui.problem.unknown' }, where: '', incident: '', status: 0 }
}

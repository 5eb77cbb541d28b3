// SPDX-License-Identifier: EUPL-1.2
// The paper sets of the fictional hospital: one was printed 47 days ago, none is fresh.
import type { Job, PaperView } from '../src/api/client.ts'

type PaperSet = PaperView['items'][number]

const printed: PaperSet = {
  id: 's1', number: 1, language: 'fr', size: 612_000, made: '2026-10-09T08:12:00.000Z', made_by: 'anne.roche',
  placed: { day: '2026-10-10', who: 'Brigitte Noël', written_by: 'anne.roche', written: '2026-10-10T09:00:00.000Z' },
}
const first = (): { sets: PaperSet[]; job: Job | null } => ({ sets: [printed], job: null })
let world = first()
export const resetPaper = () => {
  world = first()
}

/** The job of making a set, as it stands; for tests. */
export function paperJob(state: Job['state'], code = 'job.paper') {
  world.job = {
    id: 'jp', facility: '', kind: 'paper', subject: '', state, progress: 0, detail: JSON.stringify({ code, params: [{ name: 'number', value: '1' }] }),
    created: '2026-11-26T08:00:00.000Z', started: null, ended: null,
  }
}

export function paperSets(): PaperView {
  const items = (['fr', 'en'] as const).flatMap((language) => world.sets.find((one) => one.language === language) ?? [])
  const in_place = world.sets.find((one) => one.placed) ?? null
  const fresh = in_place !== null && in_place !== printed
  return { in_force: 1, items, in_place, days_in_place: fresh ? 0 : 47, reprint: fresh ? 'no' : 'too_old', job: world.job }
}

export function makePaper(language: string): PaperView {
  world.sets.unshift({ ...printed, id: `s${world.sets.length + 1}`, language: language === 'en' ? 'en' : 'fr', made: '2026-11-26T08:00:00.000Z', placed: null })
  return paperSets()
}

export function placePaper(set: string, day: string, who: string): PaperView {
  world.sets = world.sets.map((one) => (one.id === set ? { ...one, placed: { day, who, written_by: 'anne.roche', written: '2026-11-26T09:00:00.000Z' } } : one))
  return paperSets()
}

// SPDX-License-Identifier: EUPL-1.2
// "It answered today": one gesture on what was not checked for long, and one that takes it back.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { client, type Finding, type PlanView } from '@/api/client'
import { keepPlan } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Refusal } from '@/ui/refusal'
import { itemsOf, shapes, type Item, type Part } from './parts'

export const today = () => new Date().toLocaleDateString('sv') // "2026-11-26", by the reader's clock

const old = ['plan.number_stale', 'plan.number_never_checked', 'plan.kit_stale', 'plan.kit_never_checked']

/** Whether nobody has checked it for longer than the plan allows. Somebody without a number cannot be called. */
export function isDue(part: Part, item: Item, months: number, now = new Date()): boolean {
  if (part !== 'kits' && !(part === 'contacts' && (item['phone'] || item['other_phone']))) return false
  const checked = String(item['checked'] ?? '')
  if (!checked) return true
  const last = new Date(now)
  last.setMonth(last.getMonth() - months - 1)
  return months > 0 && checked <= last.toLocaleDateString('sv')
}

interface Dated { part: Part; id: string; name: string; before: string }

/** `date` an item today; `line` says that it was done, and takes it back; `button` is for what is old. */
export function useCheckedToday(facility: string, plan: PlanView, editable: boolean) {
  const { t } = useWords()
  const cache = useQueryClient()
  const [dated, setDated] = useState<Dated | null>(null)
  const put = useMutation({
    mutationFn: ({ part, id, day }: { part: Part; id: string; day: string }) => {
      const item = itemsOf(plan.document, part).find((one) => one.id === id)
      return client.putPlanItem(facility, { [shapes[part].edit]: { ...item, checked: day } })
    },
    onSuccess: (view) => keepPlan(cache, facility, view),
  })
  const find = (part: Part, id: string) => itemsOf(plan.document, part).find((one) => one.id === id)
  const date = (part: Part, id: string) => {
    const item = find(part, id)
    if (!editable || put.isPending || !item || item['checked'] === today()) return
    put.mutate({ part, id, day: today() }, { onSuccess: () => setDated({ part, id, name: String(item['name']), before: String(item['checked'] ?? '') }) })
  }
  const button = (part: Part, id: string): ReactNode => {
    const item = find(part, id)
    if (!editable || !item || !isDue(part, item, plan.document.frame.check_months ?? 0)) return null
    return <button type="button" className="link" aria-label={t('ui.plan.checked.today_of', { name: String(item['name']) })} onClick={() => date(part, id)}>{t('ui.plan.checked.today')}</button>
  }
  return {
    date,
    button,
    ofFinding: ({ message, place }: Finding) => {
      const [part, id] = (place ?? '').split('/')
      return old.includes(message.code) && id ? button(part as Part, id) : null
    },
    line: (
      <>
        <div role="status">
          {dated ? <Undo text={t('ui.plan.checked.done', { name: dated.name })} key={dated.id} onUndo={() => put.mutate({ ...dated, day: dated.before }, { onSuccess: () => setDated(null) })} /> : null}
        </div>
        <Refusal error={put.error} />
      </>
    ),
  }
}

/** The button that was pressed is gone with what was old: then the focus is here, one key from undoing. */
function Undo({ text, onUndo }: { text: string; onUndo: () => void }) {
  const { t } = useWords()
  const undo = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) undo.current?.focus()
  })
  return <p>✓ {text} <button ref={undo} type="button" className="link" onClick={onUndo}>{t('ui.undo')}</button></p>
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import type { PlanDocument, PlanView } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { termOf } from '@/lib/term'
import { useNow } from '@/lib/use-now'
import { ItemText, titleOf } from './item-text'
import { itemsOf, parts, shapes, type Item, type Part } from './parts'
import style from './plan.module.css'

/** The whole plan as it will be read and printed: one part per page, nothing folded, a box before each gesture. */
export function PlanPaper({ plan }: { plan: PlanView }) {
  const words = useWords()
  const { t, f } = words
  return (
    <div className={style.paper}>
      <div className="row no-print"><Button variant="default" onClick={() => print()}>{t('ui.print')}</Button></div>
      <p className="small quiet">
        {t('ui.plan.print.stamp', { title: plan.document.frame.title, number: plan.version.number, state: t(`ui.plan.state.${plan.version.state}`), day: f.day(new Date().toISOString()) })}
      </p>
      {plan.withheld ? <p>{t('ui.plan.withheld')}</p> : null}
      {parts.map((part) => <PartPaper key={part} part={part} document={plan.document} />)}
    </div>
  )
}

/** One part of it; nothing when nothing is written there. Whoever might decide once comes last: nobody is to call these first. */
export function PartPaper({ part, document }: { part: Part; document: PlanDocument }) {
  const words = useWords()
  const { t, f } = words
  const today = new Date(useNow(60_000)).toLocaleDateString('sv')
  const term = (item: Item) => (part === 'delegations' ? termOf(item as Parameters<typeof termOf>[0], today) : 'valid')
  const items = [...itemsOf(document, part)].sort((a, b) => Number(term(a) === 'over') - Number(term(b) === 'over'))
  const marks = {
    valid: () => '',
    not_yet: ({ starts }: Item) => ` ▲ ${t('pack.not_yet', { day: f.day(String(starts)) })}`,
    over: ({ ends }: Item) => ` ▲ ${t('pack.over_since', { day: f.day(String(ends)) })}`,
  }
  return items.length === 0 ? null : (
    <section>
      <h2 className="h2">{part === 'frame' ? document.frame.title : t(`ui.plan.part.${part}`)}</h2>
      {items.map((item, i) => (
        <article key={item.id ?? i} className={style.item} id={item.id ? `${part}/${item.id}` : undefined}>
          {part === 'frame' ? null : <h3 className="h3">{titleOf(part, item, document, words) || '—'}{marks[term(item)](item)}</h3>}
          <ItemText part={part} item={item} document={document} without={shapes[part].fields[0]?.name} />
        </article>
      ))}
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useWords } from '@/lib/i18n'
import { Contested } from './contested'
import { decisionsOf, type Held } from './lists'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

/** What was decided, why, by whom and by what right, and when it is looked at again. */
export function DecisionsPart({ onNew }: { onNew: () => void }) {
  const { t } = useWords()
  const { lists, closed } = useRoom()
  const { holding, revoked } = decisionsOf(lists)
  return (
    <section className={style.panel} aria-label={t('ui.room.decisions')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.decisions')}</h2>
        {closed ? null : <Button size="sm" onClick={onNew}>{t('ui.room.decision.new')}</Button>}
      </div>
      {holding.length === 0 ? <p className="quiet">{t('ui.room.decisions.none')}</p> : <ul className={style.rows}>{holding.map((one) => <DecisionRow key={one.subject} held={one} />)}</ul>}
      {revoked.length > 0 ? <details><summary>{t('ui.room.decisions.revoked', { count: revoked.length, n: revoked.length })}</summary><ul className={style.rows}>{revoked.map((one) => <DecisionRow key={one.subject} held={one} />)}</ul></details> : null}
    </section>
  )
}

const least_interval = 15 * 60_000 // ms

function DecisionRow({ held }: { held: Held<'decision'> }) {
  const { t, f, word } = useWords()
  const { writer, closed, lines } = useRoom()
  const now = useRoomNow()
  const { what, row } = held
  const reviewSet = lines.find(({ line: { deed } }) => deed?.decision?.id === what.id && deed.decision?.review === what.review) ?? row
  const say = (state: typeof what.state, review = what.review) => writer.write({ kind: 'decision', from: what.decided_by, deed: { decision: { ...what, state, review } } })
  const late = what.review !== null && Date.parse(what.review) < now && what.state !== 'revoked'
  const interval = what.review ? Math.max(Date.parse(what.review) - Date.parse(reviewSet.line.happened), least_interval) : 0
  const again = what.review ? new Date(now + interval).toISOString() : null
  const facts = ([['reason', what.reason], ['decided_by', what.decided_by], ['authority', what.authority], ['care_cost', what.care_cost]] as const).filter(([, value]) => value)
  return (
    <li className={style.clock}>
      <p><span className="tabular">{f.moment(held.since, now)}</span> <b>{what.title}</b> — {word('room.words.decision_state', what.state)}</p>
      <dl className={style.facts}>{facts.map(([name, value]) => <div key={name}><dt className="quiet">{t(`ui.room.field.${name}`)}</dt><dd>{value}</dd></div>)}</dl>
      {what.review ? <p className={late ? style.over : undefined}>{late ? <span aria-hidden="true">▲ </span> : null}{t('ui.room.decision.review', { time: f.moment(what.review, now), span: f.span(Date.parse(what.review) - now) })}</p> : null}
      <Contested of={[held]} />
      {closed ? null : (
        <div className={`${style.acts} no-print`}>
          {what.state === 'pending' ? <button type="button" className="link" onClick={() => say('taken', late ? again : what.review)}>{t('ui.room.decision.take')}</button> : null}
          {what.state === 'taken' ? <button type="button" className="link" onClick={() => say('revoked')}>{t('ui.room.decision.revoke')}</button> : null}
          {what.review && what.state !== 'revoked' ? (
            <>
              <button type="button" className="link" onClick={() => say(what.state, again)}>{t('ui.room.decision.reviewed', { span: f.span(interval) })}</button>
              <button type="button" className="link" onClick={() => say(what.state, null)}>{t('ui.room.decision.reviewed_last')}</button>
            </>
          ) : null}
        </div>
      )}
    </li>
  )
}

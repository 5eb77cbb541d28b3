// SPDX-License-Identifier: EUPL-1.2
// A decision as it is written: what is to be cut and what care would lose by it, who may decide by the plan in force,
// and why. Choosing fills the fields; all of them stay to be changed.
import { Autocomplete } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { termOf } from '@/lib/term'
import { uuid7 } from '@/lib/uuid7'
import { careInWords, lostByCut } from './board-words'
import { DeedForm, fromField, type Values } from './deed-form'
import { limits } from './limits'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'
import { Unread } from './unread'

type Fill = (values: Values) => void

export function DecisionForm({ onDone }: { onDone: () => void }) {
  const words = useWords()
  const { t } = words
  const { writer, board, server } = useRoom()
  const names = useNames()
  const now = useRoomNow(60_000)
  const [id] = useState(uuid7)
  const [cutting, setCutting] = useState(false)
  const care = careInWords(board, now, words)
  return (
    <DeedForm
      before={(fill) => <><Unread of="board" /><Unread of="plan" />{server ? <Cutting fill={fill} onCut={() => setCutting(true)} /> : null}<MayDecide fill={fill} cutting={cutting} /></>}
      fields={[
        { name: 'decision', kind: 'line', required: true, wide: true, max: limits.decision.title }, { name: 'reason', kind: 'text', max: limits.decision.reason },
        { name: 'decided_by', kind: { offered: names.people }, max: limits.decision.decided_by }, { name: 'authority', kind: { offered: names.roles }, max: limits.decision.authority },
        { name: 'care_cost', kind: 'text', max: limits.decision.care_cost }, { name: 'review', kind: 'when' }, { name: 'state', kind: { choice: 'decision_state', values: ['taken', 'pending'] } },
      ]}
      initial={{ state: 'taken' }} submit={t('ui.room.decision.add')} onCancel={onDone}
      aside={(fill) => (care ? <p className={`${style.whole} small`}>{t('ui.room.decision.care', { care })} <button type="button" className="link" onClick={() => fill({ care_cost: care })}>{t('ui.room.decision.care.take')}</button></p> : null)}
      onSend={(values) => {
        writer.write({
          kind: 'decision', from: values['decided_by'] ?? '',
          deed: { decision: {
            id, title: values['decision'] ?? '', reason: values['reason'] ?? '', decided_by: values['decided_by'] ?? '', authority: values['authority'] ?? '', care_cost: values['care_cost'] ?? '',
            review: fromField(values['review'] ?? ''), state: values['state'] as 'taken' | 'pending',
          } },
        })
        onDone()
      }}
    />
  )
}

/** "And if we cut…": the forecast as it would be, set beside the one that holds, becomes the price in care. */
function Cutting({ fill, onCut }: { fill: Fill; onCut: () => void }) {
  const words = useWords()
  const { t } = words
  const { facility, view, board } = useRoom()
  const now = useRoomNow(60_000)
  const [name, setName] = useState('')
  const internet = t('ui.room.decision.internet')
  const element = board?.elements.find((one) => one.name === name)
  const cut = name === internet ? { internet: true } : element?.id ? { cut: element.id } : null
  const asked = useQuery(cut ? queries.boardIfCut(facility, view.room.id, cut) : { queryKey: ['no cut'], queryFn: skipToken })
  const price = cut && board && asked.data ? lostByCut(board, asked.data, now, words) : ''
  const filled = useRef('')
  useEffect(() => {
    if (!price || filled.current === name) return
    filled.current = name
    fill({ care_cost: price })
    // Filled once for each cut: the price moves with the clock, and what was typed stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [price, name])
  if (!board?.known) return null
  const choose = (chosen: string) => {
    setName(chosen)
    onCut()
    fill({ decision: t('ui.room.decision.cut', { name: chosen }) })
  }
  return (
    <div className={style.whole}>
      <Autocomplete label={t('ui.room.decision.if_cut')} description={t('ui.room.decision.if_cut.what')} value={name} onChange={setName} onOptionSubmit={choose} data={[internet, ...new Set(board.elements.filter(({ id }) => id !== '').map((one) => one.name).filter((one) => one !== internet))]} limit={12} />
      <p role="status">{price ? <>{t('ui.room.decision.price')} <b>{price}</b></> : null}</p>
    </div>
  )
}

/** Delegations of the plan in force today, those to cut first where something is to be cut. Whom the room knows not to be
    had comes last, and it is said. */
function MayDecide({ fill, cutting }: { fill: Fill; cutting: boolean }) {
  const { t, f } = useWords()
  const { plan, lists } = useRoom()
  const today = new Date(useRoomNow(60_000)).toLocaleDateString('sv')
  const all = (plan?.delegations ?? []).map((one) => {
    const name = plan?.contacts.find(({ id }) => id === one.contact)?.name ?? ''
    const attendance = lists.presence.find(({ what }) => what.person === name)?.what.state
    return { ...one, name, may: t(`ui.plan.act.${one.act}`), away: attendance === 'unavailable' || attendance === 'left', term: termOf(one, today) }
  })
  const last = (one: (typeof all)[number]) => Number(one.away) * 2 + Number(cutting && one.act !== 'cut_network')
  const valid = all.filter((one) => one.term === 'valid' && one.name !== '').sort((a, b) => last(a) - last(b))
  const over = all.filter((one) => one.term === 'over' && one.name !== '')
  if (all.length === 0) return null
  return (
    <section className={style.whole} aria-label={t('ui.room.decision.may')}>
      <h3 className="h3">{t('ui.room.decision.may')}</h3>
      <ul className={style.rows}>
        {valid.map((one) => {
          const until = one.ends ? t('ui.room.decision.may.until', { day: f.day(one.ends) }) : ''
          const authority = [t('ui.room.decision.authority', { act: one.may }), one.reference, until].filter(Boolean).join(', ')
          return (
            <li key={one.id}>
              <button type="button" className={`plain ${style.may}`} onClick={() => fill({ decided_by: one.name, authority })}>
                <b>{one.name}</b> {one.away ? <span className={style.over}><span aria-hidden="true">■ </span>{t('ui.room.decision.may.away')}</span> : null}
                <span className="small">{[one.may, one.reference, until, one.at_night ? '' : t('ui.room.decision.may.day_only')].filter(Boolean).join(' · ')}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {over.length > 0 ? <p className="small quiet">{t('ui.room.decision.may.over', { list: over.map((one) => `${one.name} (${one.may}, ${f.day(one.ends ?? '')})`).join(', ') })}</p> : null}
    </section>
  )
}

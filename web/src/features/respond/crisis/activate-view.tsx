// SPDX-License-Identifier: EUPL-1.2
// Three gestures, each a screen of its own on a phone: real or exercise; what is known; activate.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { client, type NewRoom } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { termOf } from '@/lib/term'
import { useSingleKeys } from '@/lib/use-single-keys'
import { uuid7 } from '@/lib/uuid7'
import { Dialled } from '@/ui/dialled'
import { ErrorState } from '@/ui/states'
import style from './activate.module.css'
import { fromField, time_field, toField } from './deed-form'

const kinds = ['real', 'exercise'] as const
const levels = ['internal_mobilisation', 'plan_blanc'] as const
const suggestions = ['encrypted', 'ransom_note', 'laboratory', 'no_record', 'supplier', 'unknown'] as const

export function ActivateView() {
  const { t, f, label } = useWords()
  const { facility = '' } = useParams()
  const go = useNavigate()
  const cache = useQueryClient()
  const { data: rooms } = useSuspenseQuery(queries.rooms(facility))
  const [kind, setKind] = useState<NewRoom['kind'] | null>(null)
  const [known, setKnown] = useState('')
  const [level, setLevel] = useState<NewRoom['level']>('internal_mobilisation')
  // Null or empty: now. A paper activation is keyed in with the hour at which it was decided: every clock counts from there.
  const [happened, setHappened] = useState<string | null>(null)
  const [sure, setSure] = useState(false)
  // Minted once: a second try after a lost answer opens no second room.
  const [ids] = useState(() => ({ room: uuid7(), line: uuid7() }))
  const activate = useMutation({
    mutationFn: (chosen: NewRoom['kind']) => client.activate(facility, { ...ids, kind: chosen, level, known: known.trim(), name: '', ...(decided ? { happened: decided } : {}) }),
    onSuccess: ({ room }) => {
      void cache.invalidateQueries({ queryKey: queries.rooms(facility).queryKey })
      void go(`/facilities/${encodeURIComponent(facility)}/room/${room.id}`)
    },
  })
  const decided = fromField(happened ?? '')
  const open = rooms.items.filter(({ closed }) => closed === null)
  const step = kind === null ? 1 : sure ? 3 : 2
  const top = useRef<HTMLElement>(null)
  useEffect(() => {
    top.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [step])
  useSingleKeys({ 1: () => step === 1 && setKind('real'), 2: () => step === 1 && setKind('exercise') })

  return (
    <div className={style.activate}>
      {step === 1 && open.length > 0 ? (
        <section className={style.already}>
          <p><b>{t('ui.activate.already', { count: open.length })}</b></p>
          <ul>{open.map((one) => <li key={one.id}><Link to={`/facilities/${encodeURIComponent(facility)}/room/${one.id}`}>{t('ui.room.banner.open')} – {one.name}</Link></li>)}</ul>
        </section>
      ) : null}
      <section ref={top} className={style.step} aria-label={t('ui.activate.step', { n: step })}>
        <p className="quiet">{t('ui.activate.step', { n: step })}</p>
        {step === 1 ? (
          <>
            <h2 className={style.ask}>{t('ui.activate.kind')}</h2>
            <div className={style.choices}>
              {kinds.map((one, i) => (
                <button key={one} type="button" data-first={i === 0 || undefined} className={`${style.choice} ${style[one]}`} onClick={() => setKind(one)}>
                  <kbd>{i + 1}</kbd>
                  <b>{label('room.words.kind', one)}</b>
                  <span>{t(`ui.activate.kind.${one}`)}</span>
                </button>
              ))}
            </div>
          </>
        ) : null}
        {step === 2 ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              if (decided && Date.parse(decided) > Date.now()) setHappened(null) // not come yet: now
              setSure(true)
            }}
          >
            <h2 className={style.ask}>{t('ui.activate.known')}</h2>
            <TextInput data-first size="lg" aria-label={t('ui.activate.known')} placeholder={t('ui.activate.known.hint')} maxLength={8000} value={known} onChange={(event) => setKnown(event.currentTarget.value)} />
            <ul className={style.offered} aria-label={t('ui.activate.suggestions')}>
              {suggestions.map((one) => {
                const said = t(`ui.activate.suggestion.${one}`)
                return <li key={one}><Button size="sm" variant="default" disabled={known.includes(said)} onClick={() => setKnown(known ? `${known}. ${said}` : said)}>{said}</Button></li>
              })}
            </ul>
            <fieldset className={style.levels}>
              <legend>{t('ui.activate.level')}</legend>
              {levels.map((one) => (
                <label key={one}>
                  <input type="radio" name="level" checked={level === one} onChange={() => setLevel(one)} />
                  <span><b>{label('ui.plan.level', one)}</b> <span className="quiet">{t(`ui.activate.level.${one}`)}</span></span>
                </label>
              ))}
            </fieldset>
            <PlanSays facility={facility} level={level} simulated={kind === 'exercise'} />
            {happened !== null ? (
              <TextInput size="md" autoFocus {...time_field} className={style.when} label={t('ui.activate.happened')} value={happened} onChange={(event) => setHappened(event.currentTarget.value)} />
            ) : (
              <Button size="sm" variant="default" className={style.when} onClick={() => setHappened(toField(Date.now()))}>{t('ui.activate.earlier')}</Button>
            )}
            <div className="row">
              <Button size="lg" type="submit">{t('ui.activate.on')}</Button>
              <Button size="lg" variant="default" onClick={() => setKind(null)}>{t('ui.activate.back')}</Button>
            </div>
          </form>
        ) : null}
        {step === 3 && kind ? (
          <div className="stack">
            <h2 className={style.ask}>{label('room.words.kind', kind)} · {t(`ui.plan.level.${level}`)}{decided ? ` · ${f.instant(decided)}` : ''}</h2>
            {known.trim() ? <p className={style.known}>{known}</p> : null}
            <p>{t('ui.activate.what')}</p>
            {activate.error ? <ErrorState inline error={activate.error} /> : null}
            <div className="row">
              <Button data-first size="xl" loading={activate.isPending} onClick={() => activate.mutate(kind)}>{t('ui.activate.button')}</Button>
              <Button size="lg" variant="default" onClick={() => setSure(false)}>{t('ui.activate.back')}</Button>
            </div>
          </div>
        ) : null}
      </section>
    </div>
  )
}

/** When the plan in force wants this level, and who may decide it: for whoever is alone with the question. An exercise calls
    nobody. */
function PlanSays({ facility, level, simulated }: { facility: string; level: NewRoom['level']; simulated: boolean }) {
  const { t } = useWords()
  const { document } = useQuery(queries.planInForce(facility)).data ?? {}
  const [today] = useState(() => new Date().toLocaleDateString('sv'))
  if (!document) return null
  const criteria = document.criteria.filter((one) => one.kind === 'activate' && one.level === level)
  const may = document.delegations.flatMap((one) => {
    const who = one.act === 'decide' && termOf(one, today) === 'valid' ? document.contacts.find(({ id }) => id === one.contact) : undefined
    return who ? [{ ...one, who }] : []
  })
  return (
    <details className={style.plan}>
      <summary>{t('ui.activate.plan', { level: t(`ui.plan.level.${level}`) })}</summary>
      <ul>{criteria.map((one) => <li key={one.id}>{one.text}</li>)}</ul>
      <p>{t(may.length === 0 ? 'ui.activate.may.nobody' : 'ui.activate.may')}</p>
      <ul>{may.map(({ id, who, at_night }) => <li key={id}><b>{who.name}</b> {[who.post, at_night ? '' : t('ui.room.decision.may.day_only')].filter(Boolean).join(' · ')} {simulated ? who.phone : <Dialled number={who.phone ?? ''} />}</li>)}</ul>
    </details>
  )
}

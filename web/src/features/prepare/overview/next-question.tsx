// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Question } from '@/api/client'
import { useWords, type Words } from '@/lib/i18n'
import { EditFailure } from '@/ui/states'
import { AnswerField } from '@/ui/answer-field'
import { asJson, fieldKind } from '@/lib/answer-value'
import style from './overview.module.css'

interface Props { facility: string; questions: Question[] }

/** The unconfirmed input that moves the result most, asked one at a time; "I do not know" passes to the next. */
export function NextQuestion({ facility, questions }: Props) {
  const { t, say, f, word } = useWords()
  const cache = useQueryClient()
  const [passed, setPassed] = useState(0)
  const [text, setText] = useState('')
  const [undo, setUndo] = useState<Question | null>(null)
  const question = questions[passed]
  const kind = question ? fieldKind(question.field) : 'text'
  const value = asJson(kind, text)

  const after = () => cache.invalidateQueries({ queryKey: ['facility', facility] })
  const next = () => {
    setText('')
    setPassed(passed + 1)
  }
  const answer = useMutation({
    mutationFn: ({ asked, seen }: { asked: Question; seen?: string }) => client.answer(facility, asked.element, asked.field, value ?? 'null', seen),
    onSuccess: (_done, { asked }) => {
      setUndo(asked)
      next()
      return after()
    },
  })
  const leave = () => {
    answer.reset()
    next()
    void after()
  }
  const takeBack = useMutation({
    mutationFn: (asked: Question) => client.removeAnswer(facility, asked.element, asked.field),
    onSuccess: (_done, asked) => {
      setUndo(null)
      setPassed(questions.indexOf(asked))
      return after()
    },
  })

  return (
    <section className={`${style.question} no-print`} aria-labelledby="next-question">
      <h2 id="next-question" className="h3">{t('ui.question.title')}</h2>
      {undo ? (
        <p role="status">
          {t('ui.question.kept')}{' '}
          <button type="button" className="link" onClick={() => takeBack.mutate(undo)} disabled={takeBack.isPending}>{t('ui.undo')}</button>
        </p>
      ) : null}
      {question ? (
        <form
          className="stack"
          style={{ gap: '0.7rem' }}
          onSubmit={(event) => {
            event.preventDefault()
            if (value !== null) answer.mutate({ asked: question, seen: '' }) // it is asked because nobody has answered
          }}
        >
          <p className={style.asked}>{say(question.message)}</p>
          <div className={style.answer}>
            <AnswerField key={`${question.element}.${question.field}`} field={question.field} kind={kind} value={text} onChange={setText} />
            <Button type="submit" disabled={value === null} loading={answer.isPending}>{t('ui.question.answer')}</Button>
            <Button variant="default" onClick={next}>{t('ui.question.unknown')}</Button>
          </div>
          {answer.error ? <EditFailure error={answer.error} onTheirs={leave} onYours={() => answer.mutate({ asked: question })} /> : null}
          <p className="small quiet">{t('ui.question.why', { swing: f.whole(question.swing), assumed: assumedText(question, f, word) ?? t('ui.question.default') })}</p>
        </form>
      ) : (
        <p className="row">
          {t('ui.question.done')}
          <button type="button" className="link" onClick={() => setPassed(0)}>{t('ui.question.again')}</button>
        </p>
      )}
    </section>
  )
}

/** The default in use is JSON: said as the field is asked; null where nothing was given. */
function assumedText({ assumed, field }: Question, f: Words['f'], word: Words['word']): string | null {
  let value: unknown
  try {
    value = JSON.parse(assumed)
  } catch {
    return assumed
  }
  if (value === null) return null
  if (typeof value === 'number') return fieldKind(field) === 'share' ? f.percent(value) : fieldKind(field) === 'hours' ? f.hours(value) : f.number(value)
  if (typeof value === 'boolean' || fieldKind(field) === 'choice') return word(field === 'least_state' ? 'ui.least_state' : 'ui.choice', String(value))
  return typeof value === 'string' ? value : assumed
}

// SPDX-License-Identifier: EUPL-1.2
// The four states of everything that is loaded: the shape, nothing yet, a failure, the thing itself.
import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { useLasting } from '@/lib/use-debounced'
import { usePrinting } from '@/lib/use-printing'
import style from './states.module.css'

/** Nothing for 200 ms, then the shape of what comes; on paper, where nothing comes any more, that it was not read. */
export function LoadingState({ lines = 6 }: { lines?: number }) {
  const { t } = useWords()
  const shown = useLasting(true, 200)
  const printing = usePrinting()
  if (printing) return <p>▲ {t('ui.not_read')}</p>
  return (
    <div role="status" aria-busy="true" className={style.loading}>
      {shown ? (
        <>
          <span className={style.hidden}>{t('ui.loading')}</span>
          {Array.from({ length: lines }, (_, i) => (
            <Skeleton key={i} height={i === 0 ? 28 : 18} width={`${[62, 94, 88, 76, 91, 70][i % 6]}%`} />
          ))}
        </>
      ) : null}
    </div>
  )
}

interface EmptyProps { title: string; children?: ReactNode; action?: ReactNode; example?: ReactNode }

/** What this place is for, one button, one example. */
export function EmptyState({ title, children, action, example }: EmptyProps) {
  return (
    <section className={style.empty}>
      <h2 className="h2">{title}</h2>
      {children ? <div className="prose">{children}</div> : null}
      {action ? <div className={style.action}>{action}</div> : null}
      {example ? <div className="quiet small prose">{example}</div> : null}
    </section>
  )
}

interface ErrorProps { error: unknown; onRetry?: () => void; inline?: boolean }

/** What happened, what is safe, what to do; an incident number to quote. */
export function ErrorState({ error, onRetry, inline = false }: ErrorProps) {
  const { t, say, has } = useWords()
  const failure = failureOf(error)
  const mend = `${failure.said.code}.mend`
  return (
    <section role="alert" className={inline ? style.inline : style.error}>
      <p className="h3">
        <span aria-hidden="true">▲ </span>
        {failure.status === 401 ? t('ui.problem.signed_out') : say(failure.said)}
      </p>
      {failure.where ? <p className="small break">{t('ui.problem.where', { where: failure.where })}</p> : null}
      <p>{has(mend) ? t(mend) : failure.status === 401 ? t('ui.problem.signed_out.mend') : t('ui.problem.safe')}</p>
      <div className="row">
        {onRetry && failure.status !== 404 ? (
          <Button size="sm" variant="default" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        ) : null}
        {failure.incident ? <span className="small quiet">{t('ui.problem.incident', { incident: failure.incident })}</span> : null}
      </div>
    </section>
  )
}

interface EditProps { error: unknown; onTheirs: () => void; onYours: () => void }

/** An edit that was refused; when somebody else was faster, a person chooses which version stays. */
export function EditFailure({ error, onTheirs, onYours }: EditProps) {
  const { t } = useWords()
  return (
    <>
      <ErrorState inline error={error} />
      {failureOf(error).said.code === 'edit.changed_meanwhile' ? (
        <div className="row">
          <Button size="sm" variant="default" onClick={onTheirs}>{t('ui.conflict.theirs')}</Button>
          <Button size="sm" variant="default" onClick={onYours}>{t('ui.conflict.yours')}</Button>
        </div>
      ) : null}
    </>
  )
}

export interface Asked<T> { data: T | undefined; error: unknown; refetch: () => unknown }

/** Shows what was asked for in the state it is in. */
export function Loaded<T>({ asked, lines, children }: { asked: Asked<T>; lines?: number; children: (data: T) => ReactNode }) {
  if (asked.data !== undefined) return children(asked.data)
  if (asked.error) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
  return <LoadingState lines={lines} />
}

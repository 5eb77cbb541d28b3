// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client, type Import } from '@/api/client'
import { useJob } from '@/api/use-job'
import { useWords } from '@/lib/i18n'
import { Findings } from '@/ui/findings'
import { Progress } from '@/ui/progress'
import { ErrorState } from '@/ui/states'
import style from '@/ui/uploads.module.css'
import { DifferenceTable } from './difference-table'
import { MappingEditor } from './mapping-editor'

/** One file that waits: what it is, what it would change, what to mend; then validate or discard. */
export function ImportPreview({ facility, one, open }: { facility: string; one: Import; open: boolean }) {
  const { t, f, say, word } = useWords()
  return (
    <details className={style.one} open={open}>
      <summary>
        <span className={style.title}>{one.recognised ? say(one.recognised) : one.file_name}</span>
        <span className="small quiet break">
          {' '}— {one.recognised ? `${one.file_name} · ` : ''}{f.bytes(one.file_size)} · {word('ui.import_state', one.state)}
        </span>
      </summary>
      <div className={style.body}>
        {one.state === 'reading' ? <Reading job={one.job} name={one.file_name} /> : null}
        {one.mapping.length > 0 && one.state === 'ready' ? <MappingEditor facility={facility} one={one} /> : null}
        {one.difference ? <DifferenceTable difference={one.difference} /> : null}
        {one.findings.length > 0 ? (
          <section className="tight">
            <h3 className="h3">{t('ui.imports.findings')}</h3>
            <Findings findings={one.findings} />
          </section>
        ) : null}
        {one.state === 'reading' ? null : <Decision facility={facility} one={one} />}
      </div>
    </details>
  )
}

function Reading({ job, name }: { job: string; name: string }) {
  const { t, say } = useWords()
  const { said, ...at_work } = useJob(job)
  return <Progress label={t('ui.imports.reading', { name })} detail={said ? say(said) : undefined} {...at_work} />
}

function Decision({ facility, one }: { facility: string; one: Import }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const after = () => cache.invalidateQueries({ queryKey: ['facility', facility] })
  const commit = useMutation({ mutationFn: () => client.commitImport(facility, one.id), onSuccess: after })
  const discard = useMutation({ mutationFn: () => client.discardImport(facility, one.id), onSuccess: after })
  const busy = commit.isPending || discard.isPending
  return (
    <>
      {commit.error ?? discard.error ? <ErrorState inline error={commit.error ?? discard.error} /> : null}
      <div className={style.acts}>
        {one.state === 'ready' ? (
          <Button onClick={() => commit.mutate()} loading={commit.isPending} disabled={busy}>{t('ui.imports.commit')}</Button>
        ) : null}
        <Button variant="default" onClick={() => discard.mutate()} loading={discard.isPending} disabled={busy}>{t('ui.imports.discard')}</Button>
        <span className="small quiet">{t(one.state === 'ready' ? 'ui.imports.nothing_yet' : 'ui.imports.refused')}</span>
      </div>
    </>
  )
}

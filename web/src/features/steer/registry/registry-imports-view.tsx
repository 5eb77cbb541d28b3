// SPDX-License-Identifier: EUPL-1.2
// FINESS, the SAE and the lists of GHT members: dropped, looked at as a difference, then accepted as a whole.
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { client, type RegistryImport } from '@/api/client'
import { queries } from '@/api/queries'
import { useJob } from '@/api/use-job'
import { useWords } from '@/lib/i18n'
import { useUploads } from '@/lib/use-uploads'
import { DataTable } from '@/ui/data-table'
import { DropZone } from '@/ui/drop-zone'
import { Findings } from '@/ui/findings'
import { Progress } from '@/ui/progress'
import { EmptyState, ErrorState, Loaded } from '@/ui/states'
import { UploadList } from '@/ui/upload-list'
import style from '@/ui/uploads.module.css'
import { RegistryDifference } from './registry-difference'

const refreshed = ['registry']
const is_past = ({ state }: RegistryImport) => state === 'accepted' || state === 'discarded'

export function RegistryImportsView() {
  const { t, f, word } = useWords()
  const { import: chosen } = useParams()
  const { data } = useSuspenseQuery(queries.registryImports())
  const uploads = useUploads(client.uploadRegistryImport, refreshed)
  const waiting = data.items.filter((one) => !is_past(one))
  const past = data.items.filter(is_past)
  return (
    <>
      <DropZone formats={t('ui.registry_imports.formats')} onFiles={uploads.send} />
      <UploadList uploads={uploads.list} onCancel={uploads.cancel} onDismiss={uploads.dismiss} />
      {waiting.length > 0 ? (
        <section className="section">
          <h2>{t('ui.imports.waiting', { count: waiting.length })}</h2>
          {waiting.map((one, i) => <Waiting key={one.id} one={one} open={chosen ? one.id === chosen : i === 0} />)}
        </section>
      ) : null}
      {past.length > 0 ? (
        <section className="section">
          <h2>{t('ui.imports.history')}</h2>
          <DataTable
            caption={t('ui.imports.history')}
            rows={past}
            rowKey={(one) => one.id}
            search={past.length > 10}
            exportName="registry-imports"
            columns={[
              { key: 'file', head: t('ui.history.file'), cell: (one) => <span className="break">{one.file_name}</span>, value: (one) => one.file_name },
              { key: 'day', head: t('ui.registry_imports.day'), cell: (one) => one.source_day, value: (one) => one.source_day, minor: true },
              { key: 'state', head: t('ui.history.state'), cell: (one) => word('ui.registry_import_state', one.state), value: (one) => word('ui.registry_import_state', one.state) },
              { key: 'changes', head: t('ui.registry_imports.changes'), number: true, cell: (one) => f.whole(changesOf(one)), value: changesOf },
              { key: 'when', head: t('ui.history.when'), cell: (one) => <span className="nowrap">{f.instant(one.accepted ?? one.created)}</span>, value: (one) => one.accepted ?? one.created, minor: true },
              { key: 'who', head: t('ui.history.who'), cell: (one) => word('ui.user', one.created_by), value: (one) => word('ui.user', one.created_by), minor: true },
            ]}
          />
        </section>
      ) : null}
      {data.items.length === 0 && uploads.list.length === 0 ? (
        <EmptyState title={t('ui.imports.empty')} example={t('ui.empty.safe')}>
          <p>{t('ui.registry_imports.empty.what')}</p>
        </EmptyState>
      ) : null}
    </>
  )
}

const changesOf = ({ difference }: RegistryImport) => difference.totals.reduce((sum, one) => sum + one.sites + one.others, 0)

function Waiting({ one, open }: { one: RegistryImport; open: boolean }) {
  const { t, f, word } = useWords()
  const busy = one.state === 'reading' || one.state === 'accepting'
  return (
    <details className={style.one} open={open}>
      <summary>
        <span className={style.title}>{one.file_name}</span>
        <span className="small quiet break"> — {f.bytes(one.file_size)} · {word('ui.registry_import_state', one.state)}</span>
      </summary>
      <div className={style.body}>
        {busy ? <AtWork one={one} /> : <Read id={one.id} />}
        {one.findings.length > 0 ? (
          <section className="tight">
            <h3 className="h3">{t('ui.imports.findings')}</h3>
            <Findings findings={one.findings} />
          </section>
        ) : null}
        {busy ? null : <Decision one={one} />}
      </div>
    </details>
  )
}

function AtWork({ one }: { one: RegistryImport }) {
  const { t, say } = useWords()
  const { said, ...at_work } = useJob(one.job)
  return <Progress label={t(one.state === 'reading' ? 'ui.imports.reading' : 'ui.registry_imports.accepting', { name: one.file_name })} detail={said ? say(said) : undefined} {...at_work} />
}

/** The list of imports leaves the changes out; one import has them. */
function Read({ id }: { id: string }) {
  const asked = useQuery(queries.registryImport(id))
  return <Loaded asked={asked}>{({ difference }) => <RegistryDifference difference={difference} />}</Loaded>
}

function Decision({ one }: { one: RegistryImport }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const after = () => cache.invalidateQueries({ queryKey: refreshed })
  const accept = useMutation({ mutationFn: () => client.acceptRegistryImport(one.id), onSuccess: after })
  const discard = useMutation({ mutationFn: () => client.discardRegistryImport(one.id), onSuccess: after })
  const busy = accept.isPending || discard.isPending
  return (
    <>
      {accept.error ?? discard.error ? <ErrorState inline error={accept.error ?? discard.error} /> : null}
      <div className={style.acts}>
        {one.state === 'ready' ? <Button onClick={() => accept.mutate()} loading={accept.isPending} disabled={busy}>{t('ui.registry_imports.accept')}</Button> : null}
        <Button variant="default" onClick={() => discard.mutate()} loading={discard.isPending} disabled={busy}>{t('ui.imports.discard')}</Button>
        <span className="small quiet">{t(one.state === 'ready' ? 'ui.imports.nothing_yet' : 'ui.imports.refused')}</span>
      </div>
    </>
  )
}

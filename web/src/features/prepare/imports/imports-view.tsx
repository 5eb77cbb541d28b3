// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useParams } from 'react-router'
import { client } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useUploads } from '@/lib/use-uploads'
import { DropZone } from '@/ui/drop-zone'
import { EmptyState } from '@/ui/states'
import { UploadList } from '@/ui/upload-list'
import { ImportHistory } from './import-history'
import { ImportPreview } from './import-preview'

/** Drop files, look at what they change, validate; nothing happens before. */
export function ImportsView() {
  const { t, language } = useWords()
  const { facility = '', import: chosen } = useParams()
  const { data } = useSuspenseQuery(queries.imports(facility))
  const send = useCallback((file: File, onProgress: (share: number) => void) => client.uploadImport(facility, file, onProgress), [facility])
  const key = useMemo(() => ['facility', facility, 'imports'], [facility])
  const uploads = useUploads(send, key)
  const waiting = data.items.filter(({ state }) => state === 'reading' || state === 'ready' || state === 'refused')
  const past = data.items.filter(({ state }) => state === 'committed' || state === 'undone' || state === 'discarded')

  return (
    <>
      <DropZone formats={t('ui.imports.formats')} onFiles={uploads.send}>
        <p className="small">
          <a href={client.templateUrl(facility, language)} download>{t('ui.empty.template')}</a>
        </p>
      </DropZone>
      <UploadList uploads={uploads.list} onCancel={uploads.cancel} onDismiss={uploads.dismiss} />
      {waiting.length > 0 ? (
        <section className="section">
          <h2>{t('ui.imports.waiting', { count: waiting.length })}</h2>
          {waiting.map((one, i) => (
            <ImportPreview key={one.id} facility={facility} one={one} open={chosen ? one.id === chosen : i === 0} />
          ))}
        </section>
      ) : null}
      {past.length > 0 ? (
        <section className="section">
          <h2>{t('ui.imports.history')}</h2>
          <ImportHistory facility={facility} items={past} />
        </section>
      ) : null}
      {data.items.length === 0 && uploads.list.length === 0 ? (
        <EmptyState title={t('ui.imports.empty')} example={t('ui.empty.safe')}>
          <p>{t('ui.imports.empty.what')}</p>
        </EmptyState>
      ) : null}
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// The directory of who can be called: a spreadsheet, looked at before it replaces the one there.
import { TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type StaffPreview } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { inPairs } from '@/lib/phone'
import { useDebounced } from '@/lib/use-debounced'
import { DataTable } from '@/ui/data-table'
import { SheetImport } from '@/ui/sheet-import'
import { EmptyState, Loaded } from '@/ui/states'

export function StaffPart({ facility }: { facility: string }) {
  const { t, f, word } = useWords()
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed, 250)
  const page = useQuery(queries.staff(facility, { q, size: 200 }))
  const { data: session } = useQuery(queries.session())
  return (
    <div className="stack">
      {session?.somewhere.includes('edit') ? <ImportPart facility={facility} /> : null}
      <Loaded asked={page}>
        {({ directory, items, found }) =>
          directory === null ? (
            <EmptyState title={t('ui.staff.none')}><p>{t('ui.staff.none.what')}</p></EmptyState>
          ) : (
            <section>
              <p>{t('ui.staff.from', { count: directory.people, file: directory.file, at: f.instant(directory.imported), who: word('ui.user', directory.imported_by) })}</p>
              <TextInput type="search" label={t('ui.recall.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
              <p className="small quiet" role="status">{t('ui.staff.found', { n: f.whole(items.length), total: f.whole(found) })}</p>
              <DataTable
                caption={t('ui.recall.staff')}
                rows={items}
                rowKey={(one) => one.id}
                search={false}
                columns={[
                  { key: 'name', head: t('ui.column.name'), cell: (one) => one.name, value: (one) => one.name },
                  { key: 'post', head: t('ui.recall.column.post'), cell: (one) => one.post, value: (one) => one.post },
                  { key: 'unit', head: t('ui.recall.by.unit'), cell: (one) => one.unit, value: (one) => one.unit },
                  { key: 'site', head: t('ui.recall.by.site'), cell: (one) => one.site, value: (one) => one.site, minor: true },
                  { key: 'skills', head: t('ui.recall.by.skill'), cell: (one) => one.skills.join(', '), value: (one) => one.skills.join(', '), minor: true },
                  { key: 'phone', head: t('ui.staff.numbers'), cell: (one) => [one.contact.mobile, one.contact.phone].filter(Boolean).map(inPairs).join(' · ') || '—', value: (one) => one.contact.mobile || one.contact.phone },
                  { key: 'mail', head: t('ui.staff.mail'), cell: (one) => one.contact.mail || '—', value: (one) => one.contact.mail, minor: true },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </div>
  )
}

function ImportPart({ facility }: { facility: string }) {
  const { t, f } = useWords()
  const cache = useQueryClient()
  return (
    <SheetImport<StaffPreview>
      formats={t('ui.staff.formats')}
      template={{ href: client.staffTemplateUrl(facility), label: t('ui.staff.template') }}
      look={(file) => client.previewStaff(facility, file)}
      accept={(file, { hash }) => client.replaceStaff(facility, file, hash)}
      acceptLabel={t('ui.staff.accept')}
      onAccepted={() => void cache.invalidateQueries({ queryKey: ['recall', facility] })}
    >
      {(seen) => <p>{t('ui.staff.would', { count: seen.people, added: f.whole(seen.added), changed: f.whole(seen.changed), gone: f.whole(seen.gone) })}</p>}
    </SheetImport>
  )
}

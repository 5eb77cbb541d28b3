// SPDX-License-Identifier: EUPL-1.2
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type ContactsPreview } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { SheetImport } from '@/ui/sheet-import'
import { Change } from './change'

const counts = ({ changes }: ContactsPreview) => ({
  added: changes.filter(({ kind }) => kind === 'added').length,
  changed: changes.filter(({ kind }) => kind === 'changed').length,
})

/** The crisis directory out of a spreadsheet: who is new, who changes and how, then one gesture. */
export function ContactsFile({ facility }: { facility: string }) {
  const { t, f } = useWords()
  const cache = useQueryClient()
  const [taken, setTaken] = useState(0)
  return (
    <section className="stack" aria-label={t('ui.plan.contacts.file')}>
      <p className="small quiet prose">{t('ui.plan.contacts.file.what')}</p>
      <SheetImport<ContactsPreview>
        formats={t('ui.plan.contacts.formats')}
        template={{ href: client.contactsTemplateUrl(facility), label: t('ui.staff.template') }}
        look={(file) => client.previewContacts(facility, file)}
        accept={(file, { hash, revision }) => client.takeContacts(facility, file, hash, revision)}
        acceptLabel={t('ui.plan.contacts.accept')}
        changes={({ changes }) => changes.length > 0}
        onAccepted={({ changes }) => {
          setTaken(changes.length)
          void cache.invalidateQueries({ queryKey: queries.plan(facility).queryKey })
        }}
      >
        {(seen) => {
          const { added, changed } = counts(seen)
          return (
            <>
              <p>{t('ui.plan.contacts.would', { count: seen.listed, added: f.whole(added), changed: f.whole(changed), same: f.whole(seen.same), unlisted: f.whole(seen.unlisted) })}</p>
              {seen.changes.length === 0 ? <p>{t('ui.plan.contacts.nothing')}</p> : (
                <DataTable
                  caption={seen.file}
                  rows={seen.changes}
                  rowKey={(one) => one.id}
                  search={seen.changes.length > 8}
                  columns={[
                    { key: 'name', head: t('ui.plan.difference.what'), cell: (one) => one.name, value: (one) => one.name },
                    { key: 'kind', head: t('ui.plan.difference.how'), cell: (one) => <Change change={one} />, value: (one) => t(`ui.plan.change.${one.kind}`) },
                  ]}
                />
              )}
            </>
          )
        }}
      </SheetImport>
      <p role="status">{taken > 0 ? t('ui.plan.contacts.taken', { count: taken }) : ''}</p>
    </section>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client, type Import } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import { ErrorState } from '@/ui/states'

/** What was imported, newest first. Only the last committed one can be undone: later ones rest on it. */
export function ImportHistory({ facility, items }: { facility: string; items: Import[] }) {
  const { t, f, say, word } = useWords()
  const cache = useQueryClient()
  const undo = useMutation({
    mutationFn: (id: string) => client.undoImport(facility, id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['facility', facility] }),
  })
  const last = items.filter(({ state }) => state === 'committed').sort((a, b) => (b.committed ?? '').localeCompare(a.committed ?? ''))[0]
  const what = (one: Import) => (one.recognised ? say(one.recognised) : word('ui.format', one.format))
  const columns: Column<Import>[] = [
    { key: 'file', head: t('ui.history.file'), cell: (one) => <span className="break">{one.file_name}</span>, value: (one) => one.file_name },
    { key: 'what', head: t('ui.history.what'), cell: what, value: what, minor: true },
    { key: 'state', head: t('ui.history.state'), cell: (one) => word('ui.import_state', one.state), value: (one) => word('ui.import_state', one.state) },
    { key: 'when', head: t('ui.history.when'), cell: (one) => <span className="nowrap">{f.instant(one.committed ?? one.created)}</span>, value: (one) => one.committed ?? one.created, minor: true },
    { key: 'who', head: t('ui.history.who'), cell: (one) => word('ui.user', one.created_by), value: (one) => word('ui.user', one.created_by), minor: true },
    {
      key: 'undo',
      head: t('ui.history.act'),
      cell: (one) =>
        one.id === last?.id ? (
          <Button size="compact-sm" variant="default" onClick={() => undo.mutate(one.id)} loading={undo.isPending}>{t('ui.imports.undo')}</Button>
        ) : null,
    },
  ]
  return (
    <>
      {undo.error ? <ErrorState inline error={undo.error} /> : null}
      <DataTable caption={t('ui.imports.history')} columns={columns} rows={items} rowKey={(one) => one.id} search={items.length > 10} exportName="imports" />
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { NativeSelect } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
import { EmptyState } from '@/ui/states'
import { TableEditor } from './table-editor'

/** The figures behind the model: readable with their sources, and replaceable by the hospital's own. */
export function DataTables() {
  const { t, has } = useWords()
  const nameOf = (name: string) => {
    const code = `ui.tables.file.${name.replace('.json', '')}`
    return has(code) ? `${t(code)} (${name})` : name
  }
  const { data } = useSuspenseQuery(queries.tables())
  const [file, setFile] = useNamed('table', data.items[0]?.file ?? '')
  const table = data.items.find((one) => one.file === file)
  if (!table) return <EmptyState title={t('ui.tables.empty')} />
  return (
    <div className="stack">
      <p className="prose">{t('ui.tables.what')}</p>
      <NativeSelect
        label={t('ui.tables.choose')}
        maw="26rem"
        value={file}
        onChange={(event) => setFile(event.currentTarget.value)}
        data={data.items.map((one) => ({ value: one.file, label: one.overridden ? t('ui.tables.own', { file: nameOf(one.file) }) : nameOf(one.file) }))}
      />
      <TableEditor key={`${table.file}:${table.version}`} table={table} />
    </div>
  )
}

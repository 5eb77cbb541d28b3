// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react'
import type { Change, Difference } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable, type Column } from '@/ui/data-table'
import style from './imports.module.css'

const first_changes = 8
const signs: Record<Change['kind'], string> = { created: '+', kept: '=', changed: '≠', gone: '−', back: '↩', reidentified: '≈' }
type Count = Difference['counts'][number]

/** What would change, counted by kind of element, then the first changes by name. */
export function DifferenceTable({ difference }: { difference: Difference }) {
  const { t, f, word } = useWords()
  const columns: Column<Count>[] = [
    { key: 'element', head: t('ui.difference.element'), cell: (row) => word('ui.element', row.element), value: (row) => word('ui.element', row.element) },
    ...(['created', 'changed', 'reidentified', 'gone', 'back', 'kept'] as const).map((kind) => ({
      key: kind,
      number: true,
      head: `${signs[kind]} ${word('ui.change', kind)}`,
      cell: (row: Count) => (!row[kind] ? <span className="quiet">0</span> : kind === 'kept' ? f.whole(row[kind]) : <b>{f.whole(row[kind])}</b>),
      value: (row: Count) => row[kind] ?? 0,
    })),
  ]
  const named = difference.changes.filter(({ kind }) => kind !== 'kept')
  return (
    <section className="tight" style={{ gap: '0.8rem' }}>
      <h3 className="h3">{t('ui.difference.title')}</h3>
      <DataTable caption={t('ui.difference.title')} columns={columns} rows={difference.counts} rowKey={(row) => row.element} search={false} exportName="difference" />
      {named.length > 0 ? <FirstChanges changes={named} /> : <p className="quiet">{t('ui.difference.none')}</p>}
    </section>
  )
}

function FirstChanges({ changes }: { changes: Change[] }) {
  const { t, word } = useWords()
  const [all, setAll] = useState(false)
  return (
    <>
      <ul className={style.changes}>
        {changes.slice(0, all ? 200 : first_changes).map((change) => (
          <li key={`${change.element}:${change.id}`}>
            <span className="nowrap"><span aria-hidden="true">{signs[change.kind]} </span>{word('ui.change', change.kind)}</span>
            <span className="break">
              <b>{change.name || change.id}</b> <span className="quiet">· {word('ui.element', change.element)}</span>
              {change.was ? <span className="quiet"> — {t('ui.change.was', { was: change.was, by: word('ui.match', change.by ?? '') })}</span> : null}
              {change.fields.length > 0 ? <span> — {change.fields.map((field) => word('ui.field', field)).join(', ')}</span> : null}
            </span>
          </li>
        ))}
      </ul>
      {changes.length > first_changes ? (
        <button type="button" className="link small" style={{ alignSelf: 'flex-start' }} onClick={() => setAll(!all)}>
          {all ? t('ui.difference.fewer') : t('ui.difference.more', { count: Math.min(200, changes.length) - first_changes })}
        </button>
      ) : null}
    </>
  )
}

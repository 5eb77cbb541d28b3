// SPDX-License-Identifier: EUPL-1.2
// Priority lists: who counts for an objective as of a day, with the text that says so. A list is frozen: it never changes.
import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { client, type Population } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { EmptyState, ErrorState, Loaded } from '@/ui/states'

const kinds = ['ose', 'regional', 'other'] as const

export function PopulationsView() {
  const { t, f, word } = useWords()
  const navigate = useNavigate()
  const { population = '' } = useParams()
  const { data } = useSuspenseQuery(queries.populations())
  return (
    <>
      <p className="prose">{t('ui.populations.what')}</p>
      {data.items.length > 0 ? (
        <DataTable
          caption={t('ui.populations.title')}
          rows={data.items}
          rowKey={(one) => one.id}
          search={data.items.length > 10}
          exportName="priority-lists"
          onOpen={(one) => void navigate(`/populations/${encodeURIComponent(one.id)}`)}
          selected={population}
          columns={[
            { key: 'name', head: t('ui.column.name'), cell: (one) => one.name, value: (one) => one.name },
            { key: 'kind', head: t('ui.populations.kind'), cell: (one) => word('ui.population_kind', one.kind), value: (one) => word('ui.population_kind', one.kind) },
            { key: 'frozen', head: t('ui.populations.frozen'), cell: (one) => <span className="nowrap">{one.frozen}</span>, value: (one) => one.frozen },
            { key: 'source', head: t('ui.populations.source'), cell: (one) => <span className="break">{one.source}</span>, value: (one) => one.source, minor: true },
            { key: 'created', head: t('ui.history.when'), cell: (one) => <span className="nowrap">{f.instant(one.created)}</span>, value: (one) => one.created, minor: true },
          ]}
        />
      ) : (
        <EmptyState title={t('ui.populations.empty')} />
      )}
      {population ? <Members id={population} /> : null}
      <section className="section no-print">
        <h2>{t('ui.populations.new')}</h2>
        <NewPopulation onMade={(made) => void navigate(`/populations/${encodeURIComponent(made.id)}`)} />
      </section>
    </>
  )
}

function Members({ id }: { id: string }) {
  const { t } = useWords()
  const asked = useQuery(queries.population(id))
  return (
    <section className="section">
      <Loaded asked={asked}>
        {({ population, members }) => (
          <>
            <h2>{population.name}</h2>
            <DataTable
              caption={t('ui.populations.members', { count: members.length })}
              rows={members}
              rowKey={(one) => one.id}
              search={members.length > 10}
              exportName="priority-list"
              columns={[
                { key: 'name', head: t('ui.column.name'), cell: (one) => <Link to={`/places/${encodeURIComponent(one.id)}`}>{one.name}</Link>, value: (one) => one.name },
                { key: 'town', head: t('ui.registry.town'), cell: (one) => one.town, value: (one) => one.town },
                { key: 'department', head: t('ui.registry.department'), cell: (one) => one.department, value: (one) => one.department, minor: true },
                { key: 'closed', head: t('ui.registry.closed'), cell: (one) => one.closed, value: (one) => one.closed, minor: true },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  )
}

/** Numbers as they are pasted from a spreadsheet or a letter: whatever stands between them. */
export const numbersOf = (text: string) => [...new Set(text.split(/[^0-9A-Za-z]+/).filter(Boolean))]

function NewPopulation({ onMade }: { onMade: (made: Population) => void }) {
  const { t, word } = useWords()
  const cache = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<string>('regional')
  const [source, setSource] = useState('')
  const [frozen, setFrozen] = useState('')
  const [text, setText] = useState('')
  const numbers = numbersOf(text)
  const freeze = useMutation({
    mutationFn: client.freezePopulation,
    onSuccess: async (made) => {
      await cache.invalidateQueries({ queryKey: ['registry', 'populations'] })
      setName('')
      setSource('')
      setText('')
      onMade(made)
    },
  })
  return (
    <form
      className="stack"
      style={{ maxWidth: '46rem' }}
      onSubmit={(event) => {
        event.preventDefault()
        freeze.mutate({ name, kind, source, frozen, numbers })
      }}
    >
      <TextInput label={t('ui.column.name')} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select label={t('ui.populations.kind')} allowDeselect={false} data={kinds.map((one) => ({ value: one, label: word('ui.population_kind', one) }))} value={kind} onChange={(chosen) => setKind(chosen ?? 'regional')} />
      <TextInput label={t('ui.populations.source')} description={t('ui.populations.source.what')} required maxLength={500} value={source} onChange={(event) => setSource(event.currentTarget.value)} />
      <TextInput type="date" label={t('ui.populations.frozen')} required value={frozen} onChange={(event) => setFrozen(event.currentTarget.value)} />
      <Textarea label={t('ui.populations.numbers')} description={t('ui.populations.numbers.count', { count: numbers.length })} required autosize minRows={4} maxRows={16} spellCheck={false} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {freeze.error ? <ErrorState inline error={freeze.error} /> : null}
      <div className="row">
        <Button type="submit" loading={freeze.isPending} disabled={numbers.length === 0}>{t('ui.populations.freeze')}</Button>
        <span className="small quiet">{t('ui.populations.frozen_for_good')}</span>
      </div>
    </form>
  )
}

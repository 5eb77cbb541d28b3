// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { client, type PlanView } from '@/api/client'
import { keepPlan, queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { SideDrawer } from '@/ui/side-drawer'
import { EditFailure, ErrorState } from '@/ui/states'
import { GapList } from './gap-list'
import { ItemForm } from './item-form'
import { fieldText, ItemText, titleOf } from './item-text'
import { blank, itemsOf, shapes, type Item, type Part } from './parts'

interface Props { facility: string; plan: PlanView; part: Part; editable: boolean; root: string }

/** One part: its items in a table, one of them open beside it, and what is missing here. */
export function PartPage({ facility, plan, part, editable, root }: Props) {
  const words = useWords()
  const { t } = words
  const [search, setSearch] = useSearchParams()
  const { document } = plan
  const items = itemsOf(document, part)
  const asked = search.get('item') ?? ''
  const open = asked === 'new' ? blank(part) : items.find(({ id }) => id === asked)
  const go = (item: string) => setSearch((now) => {
    if (item) now.set('item', item)
    else now.delete('item')
    return now
  }, { replace: true })
  const here = plan.findings.filter(({ place }) => place?.split('/')[0] === part)
  const columns = shapes[part].fields.filter(({ column }) => column)
  return (
    <div className="stack">
      {part === 'contacts' && plan.withheld ? <p>{t('ui.plan.withheld')}</p> : null}
      {part === 'services' && editable && here.some(({ message }) => message.code === 'plan.service_without_sheet') ? <AddServices facility={facility} /> : null}
      {part === 'frame' ? (
        editable ? <Editor {...{ facility, plan, part }} item={items[0] as Item} onDone={() => {}} /> : <ItemText part={part} item={items[0] as Item} document={document} />
      ) : (
        <>
          <DataTable
            caption={t(`ui.plan.part.${part}`)}
            rows={items}
            rowKey={(one) => one.id ?? ''}
            onOpen={(one) => go(one.id ?? '')}
            selected={asked}
            search={items.length > 8}
            exportName={`plan-${part}`}
            empty={t('ui.plan.part.empty')}
            tools={editable ? <Button size="sm" variant="default" onClick={() => go('new')}>{t(`ui.plan.new.${part}`)}</Button> : undefined}
            columns={columns.map((field) => ({
              key: field.name,
              head: t(`ui.plan.field.${field.name}`),
              minor: field.minor,
              cell: (one: Item) => fieldText(field, one[field.name], document, words) || '—',
              value: (one: Item) => (field.kind === 'number' ? Number(one[field.name]) : fieldText(field, one[field.name], document, words)),
            }))}
          />
          <SideDrawer opened={open !== undefined} onClose={() => go('')} title={open && asked !== 'new' ? titleOf(part, open, document, words) : t(`ui.plan.new.${part}`)}>
            {open === undefined ? null : editable ? (
              <Editor key={asked} {...{ facility, plan, part }} item={open} onDone={() => go('')} />
            ) : (
              <ItemText part={part} item={open} document={document} />
            )}
          </SideDrawer>
        </>
      )}
      {here.length > 0 ? (
        <section className="section no-print">
          <h2>{t('ui.plan.gaps.here')}</h2>
          <GapList findings={here} root={root} />
        </section>
      ) : null}
    </div>
  )
}

/** What was typed and not saved, by item: a drawer closed by mistake loses nothing while the page is open. */
const unsaved = new Map<string, Item>()

interface EditorProps { facility: string; plan: PlanView; part: Part; item: Item; onDone: () => void }

function Editor({ facility, plan, part, item, onDone }: EditorProps) {
  const { t } = useWords()
  const cache = useQueryClient()
  const key = `${facility} ${part} ${item.id ?? 'new'}`
  const [begun, setBegun] = useState(() => unsaved.get(key) ?? item)
  const done = (view: PlanView) => {
    unsaved.delete(key)
    keepPlan(cache, facility, view)
    onDone()
  }
  const save = useMutation({
    mutationFn: (wanted: Item) => client.putPlanItem(facility, { [shapes[part].edit]: wanted }),
    onSuccess: (view, wanted) => {
      done(view)
      if (part === 'frame') setBegun({ ...wanted, revision: view.document.frame.revision })
    },
  })
  const remove = useMutation({ mutationFn: (seen?: number | null) => client.removePlanItem(facility, part, item.id ?? '', seen), onSuccess: done })
  const theirs = async () => {
    unsaved.delete(key)
    save.reset()
    remove.reset()
    await cache.invalidateQueries({ queryKey: queries.plan(facility).queryKey })
    onDone()
  }
  const failed = save.error ?? remove.error
  return (
    <div className="stack">
      {begun !== item && unsaved.has(key) ? <p className="small quiet">{t('ui.plan.item.unsaved')}</p> : null}
      <ItemForm
        key={String(begun.revision ?? '')}
        {...{ part, document: plan.document }}
        item={begun}
        busy={save.isPending || remove.isPending}
        onTyped={(typed) => unsaved.set(key, typed)}
        onSave={(wanted) => save.mutate(wanted)}
        onRemove={item.id ? () => remove.mutate(item.revision) : undefined}
      />
      {failed ? (
        <EditFailure
          error={failed}
          onTheirs={() => void theirs()}
          onYours={() => (save.error ? save.mutate({ ...(unsaved.get(key) ?? begun), revision: null }) : remove.mutate(null))}
        />
      ) : null}
      {part === 'frame' && save.isSuccess ? <p role="status">{t('ui.plan.saved')}</p> : null}
    </div>
  )
}

function AddServices({ facility }: { facility: string }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const add = useMutation({ mutationFn: () => client.addPlanServices(facility), onSuccess: (view) => keepPlan(cache, facility, view) })
  return (
    <div className="row">
      <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>{t('ui.plan.services.add')}</Button>
      {add.error ? <ErrorState inline error={add.error} /> : null}
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { client, type PlanView } from '@/api/client'
import { keepPlan, queries } from '@/api/queries'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { MoveButtons } from '@/ui/move-buttons'
import { Refusal } from '@/ui/refusal'
import { SideDrawer } from '@/ui/side-drawer'
import { EditFailure, ErrorState } from '@/ui/states'
import { useCheckedToday } from './checked-today'
import { ContactsFile } from './contacts-file'
import { GapList } from './gap-list'
import { ItemForm } from './item-form'
import { fieldText, ItemText, titleOf } from './item-text'
import { blank, itemsOf, shapes, type Item, type Part } from './parts'

/** The column whose worth a check dates: it is there on a narrow screen too. */
const dated_beside: Partial<Record<Part, string>> = { contacts: 'phone', kits: 'checked' }

interface Props { facility: string; plan: PlanView; part: Part; editable: boolean; root: string }

/** One part: its items in a table, one of them open beside it, and what is missing here. */
export function PartPage({ facility, plan, part, editable, root }: Props) {
  const words = useWords()
  const { t } = words
  const cache = useQueryClient()
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
  const checked = useCheckedToday(facility, plan, editable)
  const [fromFile, setFromFile] = useState(false)
  const place = useMutation({ mutationFn: ({ id, before }: { id: string; before: string }) => client.movePlanItem(facility, part, id, before), onSuccess: (view) => keepPlan(cache, facility, view) })
  // A directory is looked up by name, services by theirs: only what is read in its order is moved.
  const move = editable && part !== 'contacts' && part !== 'services'
    ? (one: Item, by: -1 | 1) => {
      const at = items.indexOf(one)
      if (at + by < 0 || at + by >= items.length || place.isPending) return
      place.mutate({ id: one.id ?? '', before: items[by < 0 ? at - 1 : at + 2]?.id ?? '' })
    }
    : undefined
  const columns = shapes[part].fields.filter(({ column }) => column)
  return (
    <div className="stack">
      {part === 'contacts' && plan.withheld ? <p>{t('ui.plan.withheld')}</p> : null}
      {part === 'services' && editable && here.some(({ message }) => message.code === 'plan.service_without_sheet') ? <AddServices facility={facility} /> : null}
      {part === 'frame' ? (
        editable ? <Editor {...{ facility, plan, part }} item={items[0] as Item} onDone={() => {}} /> : <ItemText part={part} item={items[0] as Item} document={document} />
      ) : (
        <>
          {part === 'contacts' && editable && fromFile ? <ContactsFile facility={facility} /> : null}
          <div>
            {checked.line}
            <Refusal error={place.error} />
            <DataTable
              caption={t(`ui.plan.part.${part}`)}
              rows={items}
              rowKey={(one) => one.id ?? ''}
              onOpen={(one) => go(one.id ?? '')}
              keys={editable ? { v: (one) => checked.date(part, one.id ?? '') } : undefined}
              onMove={move}
              selected={asked}
              search={items.length > 8}
              exportName={`plan-${part}`}
              empty={t('ui.plan.part.empty')}
              tools={editable ? (
                <>
                  {part === 'contacts' ? <Button size="sm" variant="default" aria-expanded={fromFile} onClick={() => setFromFile(!fromFile)}>{t('ui.plan.contacts.file')}</Button> : null}
                  <Button size="sm" variant="default" onClick={() => go('new')}>{t(`ui.plan.new.${part}`)}</Button>
                </>
              ) : undefined}
              columns={columns.map((field) => ({
                key: field.name,
                head: t(`ui.plan.field.${field.name}`),
                minor: field.minor,
                cell: (one: Item) => <>{fieldText(field, one[field.name], document, words) || '—'} {field.name === dated_beside[part] ? checked.button(part, one.id ?? '') : null}</>,
                value: (one: Item) => (field.kind === 'number' ? Number(one[field.name]) : fieldText(field, one[field.name], document, words)),
              }))}
            />
          </div>
          <SideDrawer opened={open !== undefined} onClose={() => go('')} title={open && asked !== 'new' ? titleOf(part, open, document, words) : t(`ui.plan.new.${part}`)}>
            {open === undefined ? null : editable ? (
              <div className="stack">
                {move && asked !== 'new' && items.length > 1 ? (
                  <p className="row small quiet">
                    <MoveButtons name={titleOf(part, open, document, words)} first={open === items[0]} last={open === items.at(-1)} onMove={(by) => move(open, by)} />
                    {t('ui.plan.item.place', { n: items.indexOf(open) + 1, total: items.length })}
                  </p>
                ) : null}
                <Editor key={asked} {...{ facility, plan, part }} item={open} onDone={() => go('')} />
              </div>
            ) : (
              <ItemText part={part} item={open} document={document} />
            )}
          </SideDrawer>
        </>
      )}
      {here.length > 0 ? (
        <section className="section no-print">
          <h2>{t('ui.plan.gaps.here')}</h2>
          <GapList findings={here} root={root} remedy={checked.ofFinding} />
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
  /** Of the version that the refusal told of: "keep mine" replaces that one, and none that came after it. */
  const [overtook, setOvertook] = useState<number | null>(null)
  const onError = async (error: unknown) => {
    if (failureOf(error).said.code !== 'edit.changed_meanwhile') return
    const there = await client.planVersion(facility, plan.version.number).catch(() => null)
    setOvertook((there ? itemsOf(there.document, part).find(({ id }) => id === item.id) : begun)?.revision ?? null)
  }
  const save = useMutation({
    onError,
    mutationFn: (wanted: Item) => client.putPlanItem(facility, { [shapes[part].edit]: wanted }),
    onSuccess: (view, wanted) => {
      done(view)
      if (part === 'frame') setBegun({ ...wanted, revision: view.document.frame.revision })
    },
  })
  const remove = useMutation({ mutationFn: (seen?: number | null) => client.removePlanItem(facility, part, item.id ?? '', seen), onSuccess: done, onError })
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
        onRemove={item.id ? () => remove.mutate(begun.revision) : undefined}
      />
      {failed ? (
        <EditFailure
          error={failed}
          onTheirs={() => void theirs()}
          onYours={() => (save.error ? save.mutate({ ...(unsaved.get(key) ?? begun), revision: overtook }) : remove.mutate(overtook))}
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

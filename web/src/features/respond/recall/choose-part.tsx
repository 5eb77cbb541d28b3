// SPDX-License-Identifier: EUPL-1.2
// Whom to call, and what is said. The first button is for 2 a.m.; nothing leaves before it was shown.
import { Button, Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { client, type CalloutOrder, type CalloutPreview, type RoomRow } from '@/api/client'
import { queries } from '@/api/queries'
import { Refusal } from '@/ui/refusal'
import { useWords } from '@/lib/i18n'
import { useDebounced } from '@/lib/use-debounced'
import { uuid7 } from '@/lib/uuid7'
import { PreviewPart } from './preview-part'
import style from './recall.module.css'

const default_minutes = 10
type Group = NonNullable<NonNullable<CalloutOrder['selection']>['groups']>[number]

/** `then`: where it is seen who comes. */
export function ChoosePart({ facility, room, then }: { facility: string; room: RoomRow; then: string }) {
  const { t } = useWords()
  const cache = useQueryClient()
  const go = useNavigate()
  const { data: choices } = useSuspenseQuery(queries.callChoices(facility))
  const [message, setMessage] = useState(t('ui.recall.default_message'))
  const [place, setPlace] = useState('')
  const [minutes, setMinutes] = useState<number | null>(default_minutes)
  const [roles, setRoles] = useState<string[]>([])
  const [groups, setGroups] = useState<Group[]>([])
  const [staff, setStaff] = useState<{ id: string; name: string }[]>([])
  const [shown, setShown] = useState<{ order: CalloutOrder; preview: CalloutPreview } | null>(null)

  const preview = useMutation({
    mutationFn: async (usual: boolean) => {
      const selection = usual ? { usual } : { roles, groups, staff: staff.map(({ id }) => id) }
      const order: CalloutOrder = { id: uuid7(), message, place, selection, deputies_after: minutes }
      return { order, preview: await client.previewCallout(facility, room.id, order) }
    },
    onSuccess: setShown,
  })
  const send = useMutation({
    mutationFn: (order: CalloutOrder) => client.callOut(facility, room.id, order),
    onSuccess: async (view) => {
      cache.setQueryData(queries.recalled(facility, room.id).queryKey, view)
      await go(then)
    },
  })
  if (shown) return <PreviewPart room={room} preview={shown.preview} busy={send.isPending} error={send.error} onSend={() => send.mutate(shown.order)} onBack={() => setShown(null)} />

  const toggle = (role: string, on: boolean) => setRoles((all) => (on ? [...all, role] : all.filter((one) => one !== role)))
  const cells = [...new Set(choices.roles.map(({ cell }) => cell))]
  return (
    <div className="stack">
      <section className={style.first}>
        <h2 className="h2">{t('ui.recall.usual')}</h2>
        {choices.usual.length > 0 ? (
          <>
            <p>{choices.usual.map(({ person }) => person).join(', ')}</p>
            <Button size="xl" loading={preview.isPending} onClick={() => preview.mutate(true)}>{t('ui.recall.usual.call', { count: choices.usual.length })}</Button>
          </>
        ) : <p>{t(choices.has_plan ? 'ui.recall.usual.nobody' : 'ui.recall.usual.no_plan')}</p>}
      </section>
      <Refusal error={preview.error} />
      <div className="stack">
        <Textarea label={t('ui.recall.message')} autosize minRows={2} maxLength={500} value={message} onChange={(event) => setMessage(event.currentTarget.value)} />
        <TextInput label={t('ui.recall.place')} maxLength={200} value={place} onChange={(event) => setPlace(event.currentTarget.value)} />
        <div className="row">
          <Checkbox label={t('ui.recall.deputies')} checked={minutes !== null} onChange={(event) => setMinutes(event.currentTarget.checked ? default_minutes : null)} />
          {minutes === null ? null : (
            <NumberInput w="7rem" min={1} max={1440} aria-label={t('ui.recall.deputies.minutes')} suffix=" min" value={minutes} onChange={(value) => setMinutes(Number(value) || default_minutes)} />
          )}
        </div>
      </div>
      {cells.map((cell) => (
        <fieldset key={cell} className={style.choice}>
          <legend>{cell}</legend>
          <div className={style.roles}>
            {choices.roles.filter((one) => one.cell === cell).map((one) => (
              <Checkbox key={one.role} label={`${one.name} · ${one.holder || t('ui.recall.role.nobody')}`} disabled={one.holder === ''} checked={roles.includes(one.role)} onChange={(event) => toggle(one.role, event.currentTarget.checked)} />
            ))}
          </div>
        </fieldset>
      ))}
      <StaffChoice facility={facility} groups={groups} onGroups={setGroups} staff={staff} onStaff={setStaff} />
      <div>
        <Button size="lg" disabled={roles.length + groups.length + staff.length === 0} loading={preview.isPending} onClick={() => preview.mutate(false)}>{t('ui.recall.look')}</Button>
      </div>
    </div>
  )
}

interface StaffProps {
  facility: string
  groups: Group[]
  onGroups: (groups: Group[]) => void
  staff: { id: string; name: string }[]
  onStaff: (staff: { id: string; name: string }[]) => void
}

/** A whole unit, site or skill at once, or people by name. */
function StaffChoice({ facility, groups, onGroups, staff, onStaff }: StaffProps) {
  const { t } = useWords()
  const [filter, setFilter] = useState({ q: '', site: '', unit: '', skill: '' })
  const q = useDebounced(filter.q, 250)
  const { data: page } = useQuery(queries.staff(facility, { ...filter, q, size: 20 }))
  if (page === undefined) return null
  if (page.directory === null) return <p className="quiet">{t('ui.recall.no_directory')}</p>
  const chosen = (id: string) => staff.some((one) => one.id === id)
  const asked = Object.values(filter).some((value) => value !== '')
  const names = (group: Group) => [group.q, group.unit, group.skill, group.site].filter(Boolean).join(' · ')
  return (
    <fieldset className={style.choice}>
      <legend>{t('ui.recall.staff')}</legend>
      <div className="row">
        <TextInput type="search" label={t('ui.recall.search')} value={filter.q} onChange={(event) => setFilter({ ...filter, q: event.currentTarget.value })} />
        {(['unit', 'skill', 'site'] as const).map((key) => (
          <NativeSelect key={key} label={t(`ui.recall.by.${key}`)} value={filter[key]} onChange={(event) => setFilter({ ...filter, [key]: event.currentTarget.value })}
            data={[{ value: '', label: t('ui.recall.any') }, ...page[`${key}s`].map(({ name, people }) => ({ value: name, label: `${name} (${people})` }))]} />
        ))}
      </div>
      {asked ? (
        <>
          <div>
            <Button variant="default" disabled={page.found === 0} onClick={() => onGroups([...groups, filter])}>{t('ui.recall.add_all', { count: page.found })}</Button>
          </div>
          <div className={style.roles}>
            {page.items.map((one) => (
              <Checkbox key={one.id} label={[one.name, one.post, one.unit].filter(Boolean).join(' · ')} checked={chosen(one.id)}
                onChange={(event) => onStaff(event.currentTarget.checked ? [...staff, one] : staff.filter(({ id }) => id !== one.id))} />
            ))}
          </div>
        </>
      ) : null}
      {groups.length + staff.length > 0 ? (
        <ul className="row" aria-label={t('ui.recall.chosen')}>
          {groups.map((group, i) => <li key={i}><Button size="compact-sm" variant="default" onClick={() => onGroups(groups.filter((other) => other !== group))}>{names(group)} ✕</Button></li>)}
          {staff.map((one) => <li key={one.id}><Button size="compact-sm" variant="default" onClick={() => onStaff(staff.filter(({ id }) => id !== one.id))}>{one.name} ✕</Button></li>)}
        </ul>
      ) : null}
    </fieldset>
  )
}

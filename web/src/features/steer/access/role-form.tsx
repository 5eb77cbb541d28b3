// SPDX-License-Identifier: EUPL-1.2
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation, Role } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import style from './access.module.css'
import { PlaceSelect, type ChosenPlace } from './place-select'

interface Props {
  /** Also who it is: for an invitation. */
  person?: boolean
  held: Role['held'][]
  action: string
  busy: boolean
  onGiven: (given: Invitation) => void
}

/** A role, where and whether also below, until when. */
export function RoleForm({ person = false, held, action, busy, onGiven }: Props) {
  const { t } = useWords()
  const roles = useQuery(queries.roles())
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [contact, setContact] = useState('')
  const [role, setRole] = useState<string | null>(null)
  const [place, setPlace] = useState<ChosenPlace | null>(null)
  const [below, setBelow] = useState(true)
  const [exceptions, setExceptions] = useState<ChosenPlace[]>([])
  const [ends, setEnds] = useState('')
  const known = (roles.data?.roles ?? []).filter((one) => held.includes(one.held))
  const dated = known.find(({ id }) => id === role)?.held === 'dated'
  return (
    <form
      className={style.wide}
      onSubmit={(event) => {
        event.preventDefault()
        if (role === null || place === null) return
        onGiven({ name, login, contact, role, place: place.id, ...(place.hierarchy && below ? { hierarchy: place.hierarchy, recursive: true, exceptions: exceptions.map(({ id }) => id) } : {}), ...(ends ? { ends: new Date(ends).toISOString() } : {}) })
      }}
    >
      {person ? (
        <>
          <TextInput label={t('ui.column.name')} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t('ui.sign_in.login')} required maxLength={100} autoCapitalize="none" value={login} onChange={(event) => setLogin(event.currentTarget.value)} />
          <TextInput label={t('ui.people.contact')} maxLength={300} value={contact} onChange={(event) => setContact(event.currentTarget.value)} />
        </>
      ) : null}
      <Select label={t('ui.people.role')} required searchable allowDeselect={false} data={known.map(({ id }) => ({ value: id, label: t(`access.role.${id}`) }))} value={role} onChange={setRole} />
      <PlaceSelect
        value={place}
        onChange={(chosen) => {
          setPlace(chosen)
          setExceptions([])
        }}
      />
      {place?.hierarchy ? <Checkbox label={t(`ui.people.below.${place.hierarchy}`)} checked={below} onChange={(event) => setBelow(event.currentTarget.checked)} /> : null}
      {place?.hierarchy && below ? <Exceptions value={exceptions} onChange={setExceptions} /> : null}
      <TextInput type="datetime-local" label={t(dated ? 'ui.people.ends' : 'ui.people.ends.perhaps')} required={dated} value={ends} onChange={(event) => setEnds(event.currentTarget.value)} />
      <div><Button type="submit" loading={busy}>{action}</Button></div>
    </form>
  )
}

/** Places below that the role does not reach. */
function Exceptions({ value, onChange }: { value: ChosenPlace[]; onChange: (places: ChosenPlace[]) => void }) {
  const { t } = useWords()
  return (
    <div className="stack">
      <PlaceSelect
        key={value.length} label={t('ui.people.except')} required={false} value={null}
        onChange={(chosen) => chosen.id && !value.some(({ id }) => id === chosen.id) && onChange([...value, chosen])}
      />
      {value.length > 0 ? (
        <div className="row">
          {value.map((one) => (
            <Button key={one.id} size="compact-sm" variant="default" aria-label={t('ui.people.except.remove', { name: one.name })} onClick={() => onChange(value.filter(({ id }) => id !== one.id))}>
              {one.name} ×
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// Where each patient is, by the local number: the board that is lost with the computers. Never a name.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Contested } from './contested'
import { DeedForm } from './deed-form'
import { limits } from './limits'
import type { Held } from './lists'
import { useNames } from './names'
import style from './panels.module.css'
import { useRoom, useRoomNow } from './room-context'

const states = ['here', 'to_move', 'moved', 'gone'] as const

export function BedsPart() {
  const { t, f, word } = useWords()
  const { lists, writer, closed, view } = useRoom()
  const names = useNames()
  const now = useRoomNow(60_000)
  const [editing, setEditing] = useState<string | null>(null)
  const known = lists.placement.find(({ what }) => what.number === editing)?.what
  return (
    <section className={style.panel} aria-label={t('ui.room.beds')}>
      <div className={style.head}>
        <h2 className="h2">{t('ui.room.beds')}</h2>
        <div className="row no-print">
          {closed ? null : <Button size="sm" onClick={() => setEditing(editing === null ? '' : null)} aria-expanded={editing !== null}>{t('ui.room.bed.new')}</Button>}
          <Button size="sm" variant="default" onClick={() => print()}>{t('ui.print')}</Button>
        </div>
      </div>
      <p className="quiet small">{t('ui.room.beds.what')} <span className="print-only">{view.room.name} · {f.instant(new Date(now).toISOString())}</span></p>
      {editing === null ? null : (
        <DeedForm
          key={editing}
          fields={[
            { name: 'number', kind: 'line', required: true, max: limits.placement.number }, { name: 'service', kind: { offered: names.services }, max: limits.placement.service },
            { name: 'bed', kind: 'line', max: limits.placement.bed }, { name: 'destination', kind: { offered: names.services }, max: limits.placement.destination },
            { name: 'placement', kind: { choice: 'placement_state', values: states } },
          ]}
          initial={{ number: known?.number ?? '', service: known?.service ?? '', bed: known?.bed ?? '', destination: known?.destination ?? '', placement: known?.state ?? 'here' }}
          submit={t('ui.room.bed.add')} onCancel={() => setEditing(null)}
          onSend={(values) => {
            writer.write({ kind: 'information', deed: { placement: { number: values['number'] ?? '', service: values['service'] ?? '', bed: values['bed'] ?? '', destination: values['destination'] ?? '', state: values['placement'] as (typeof states)[number] } } })
            setEditing(editing === '' ? '' : null)
          }}
        />
      )}
      <Contested of={lists.placement} />
      <ByService placements={lists.placement.map(({ what }) => what)} />
      <DataTable
        caption={t('ui.room.beds')} rows={lists.placement} rowKey={(one) => one.subject} onOpen={closed ? undefined : (one) => setEditing(one.what.number)} exportName="releve-localisation" empty={t('ui.room.beds.none')}
        columns={[
          { key: 'number', head: t('ui.room.field.number'), cell: ({ what }) => what.number, value: ({ what }) => what.number },
          { key: 'service', head: t('ui.room.field.service'), cell: ({ what }) => what.service, value: ({ what }) => what.service },
          { key: 'bed', head: t('ui.room.field.bed'), cell: ({ what }) => what.bed, value: ({ what }) => what.bed },
          { key: 'state', head: t('ui.room.field.placement'), cell: ({ what }) => word('room.words.placement_state', what.state), value: ({ what }) => word('room.words.placement_state', what.state) },
          { key: 'destination', head: t('ui.room.field.destination'), cell: ({ what }) => what.destination, value: ({ what }) => what.destination },
          { key: 'since', head: t('ui.room.bed.since'), cell: ({ row }) => f.moment(row.line.happened, now), value: ({ row }) => row.line.happened, minor: true },
        ]}
      />
    </section>
  )
}

const occupying = ['here', 'to_move'] as const

/** How many beds each service has occupied, and how many of these patients have to move. */
function ByService({ placements }: { placements: Held<'placement'>['what'][] }) {
  const { f, word } = useWords()
  const services = [...new Set(placements.map(({ service }) => service))].filter(Boolean).sort((a, b) => a.localeCompare(b)).flatMap((service) => {
    const counts = occupying.map((state) => [state, placements.filter((one) => one.service === service && one.state === state).length] as const).filter(([, n]) => n > 0)
    return counts.length > 0 ? [{ service, counts: counts.map(([state, n]) => `${f.whole(n)} ${word('room.words.placement_state', state)}`).join(' · ') }] : []
  })
  if (services.length === 0) return null
  return <ul className="tight">{services.map(({ service, counts }) => <li key={service}><b>{service}</b> {counts}</li>)}</ul>
}

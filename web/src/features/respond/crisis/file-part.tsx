// SPDX-License-Identifier: EUPL-1.2
// The journal as a file: to keep elsewhere, to check, to take in that of another post; and the end of the room.
import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { recall, remember } from '@/lib/keep'
import { DataTable } from '@/ui/data-table'
import { PickFile } from '@/ui/pick-file'
import { ErrorState } from '@/ui/states'
import { SureLink } from '@/ui/sure-link'
import { Criteria } from './level'
import { queueIn, type QueueFile } from './line-queue'
import { limits } from './limits'
import style from './panels.module.css'
import { useRoom } from './room-context'

export function FilePart() {
  const { t, f } = useWords()
  const { facility, view, closed, writer } = useRoom()
  const { id } = view.room
  const merge = useMutation({ mutationFn: (file: File) => client.mergeJournal(facility, id, file, () => {}).done })
  const [queue, setQueue] = useState<QueueFile | null>(null)
  const pick = async (file: File) => {
    const found = await queueIn(file)
    setQueue(found)
    merge.reset()
    if (!found) merge.mutate(file)
    else if (found.room === id) writer.take(found.lines)
  }
  return (
    <section className={style.panel} aria-label={t('ui.room.file')}>
      <h2 className="h2">{t('ui.room.file')}</h2>
      <p className="prose">{t('ui.room.file.what')}</p>
      <div className="row no-print">
        <Button component="a" href={client.journalUrl(facility, id)} download>{t('ui.room.file.save')}</Button>
        <Button component="a" variant="default" href={client.journalTextUrl(facility, id)} target="_blank" rel="noreferrer">{t('ui.room.file.text')}</Button>
        <PickFile loading={merge.isPending} onPick={(file) => void pick(file)}>{t('ui.room.file.merge')}</PickFile>
      </div>
      {queue && queue.room !== id ? <p role="alert">▲ {t('ui.room.file.other_room', { name: queue.name })}</p> : null}
      {queue?.room === id ? <p role="status">{t('ui.room.file.queued', { n: f.whole(queue.lines.length) })}</p> : null}
      {merge.data ? <p role="status">{t('ui.room.file.merged', { n: f.whole(merge.data.lines), known: f.whole(merge.data.known) })}</p> : null}
      {merge.data ? <Apart head={t('ui.room.file.left_out')} items={merge.data.left_out} /> : null}
      {merge.data ? <Apart head={t('ui.room.file.missing')} items={merge.data.missing_files} /> : null}
      {merge.error ? <ErrorState inline error={merge.error} /> : null}
      <DataTable
        caption={t('ui.room.chains')} rows={view.chains} rowKey={(one) => one.id} search={false}
        columns={[
          { key: 'node', head: t('ui.room.chain.node'), cell: (one) => `${one.node}${one.own ? ` (${t('ui.room.chain.own')})` : ''}` },
          { key: 'lines', head: t('ui.room.chain.lines'), cell: (one) => f.whole(one.lines), number: true },
          { key: 'head', head: t('ui.room.head'), cell: (one) => <span className="tabular" title={one.head}>{one.short_head}</span> },
        ]}
      />
      {closed ? <Reopen /> : <CloseRoom />}
    </section>
  )
}

/** What a merge could not bring; nothing is passed over in silence. */
function Apart({ head, items }: { head: string; items: string[] }) {
  if (items.length === 0) return null
  return <div role="alert"><p>▲ {head}</p><ul>{items.map((one) => <li key={one}>{one}</li>)}</ul></div>
}

/** Closed too soon: the closing is taken back by a line, as everything here; each, where several people closed at once. What another node closed is its own. */
function Reopen() {
  const { t } = useWords()
  const { writer, lists, lines, view } = useRoom()
  const corrected = new Set(lines.map(({ line }) => line.corrects))
  const elsewhere = new Set(view.chains.filter(({ here }) => !here).map(({ id }) => id))
  const standing = [...lines, ...lists.closing.map(({ row }) => row)].filter(({ line, chain }) => line.deed?.closing && !corrected.has(line.id) && !elsewhere.has(chain))
  const closings = [...new Set(standing.map(({ line }) => line.id))]
  if (closings.length === 0) return null
  const reopen = () => closings.forEach((corrects) => writer.write({ kind: 'decision', text: t('ui.room.reopen.line'), corrects }))
  return <p className="no-print"><SureLink sure={t('ui.room.reopen.sure')} onSure={reopen}>{t('ui.room.reopen')}</SureLink></p>
}

/** What leaves the room is said exactly before it does. */
export function CloseRoom() {
  const { t } = useWords()
  const { writer, view } = useRoom()
  const kept = `closing/${view.room.id}`
  const [lessons, setLessons] = useState(() => recall(kept) ?? '')
  const [sure, setSure] = useState(false)
  return (
    <section className="section">
      <h2>{t('ui.room.close')}</h2>
      <Criteria kind="lift" levels={view.room.level === 'plan_blanc' ? ['plan_blanc', 'internal_mobilisation'] : ['internal_mobilisation']} />
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!sure) return setSure(true)
          writer.write({ kind: 'decision', deed: { closing: { lessons: lessons.trim() } } })
          remember(kept, null)
        }}
      >
        <Textarea
          label={t('ui.room.close.lessons')} rows={5} maxLength={limits.closing.lessons} value={lessons}
          onChange={(event) => {
            setLessons(event.currentTarget.value)
            remember(kept, event.currentTarget.value || null)
          }}
        />
        {sure ? <p role="alert"><b>{t('ui.room.close.what', { name: view.room.name })}</b></p> : null}
        <div className="row">
          <Button type="submit" variant={sure ? 'filled' : 'default'}>{t(sure ? 'ui.room.close.sure' : 'ui.room.close.button')}</Button>
          {sure ? <Button variant="default" onClick={() => setSure(false)}>{t('ui.cancel')}</Button> : null}
        </div>
      </form>
    </section>
  )
}

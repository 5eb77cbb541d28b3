// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { Tabs } from '@/ui/tabs'
import { About } from './about'
import { ChannelsPart } from './channels-part'
import { DataTables } from './data-tables'
import { FacilityNames } from './facility-names'
import { Preferences } from './preferences'

const all_parts = ['display', 'facility', 'tables', 'channels', 'about'] as const

export function SettingsView() {
  const { t } = useWords()
  const { part: asked } = useParams()
  const { data: session } = useQuery(queries.session())
  const parts = all_parts.filter((one) => one !== 'channels' || session?.everywhere.includes('steer'))
  const part = parts.find((one) => one === asked) ?? 'display'
  return (
    <>
      <Tabs label={t('ui.settings.parts')} tabs={parts.map((one) => ({ to: `/settings/${one}`, label: t(`ui.settings.${one}`), current: one === part }))} />
      {part === 'display' ? <Preferences /> : null}
      {part === 'facility' ? <FacilityNames /> : null}
      {part === 'tables' ? <DataTables /> : null}
      {part === 'channels' ? <ChannelsPart /> : null}
      {part === 'about' ? <About /> : null}
    </>
  )
}

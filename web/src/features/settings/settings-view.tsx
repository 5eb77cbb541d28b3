// SPDX-License-Identifier: EUPL-1.2
import { useParams } from 'react-router'
import { useWords } from '@/lib/i18n'
import { Tabs } from '@/ui/tabs'
import { About } from './about'
import { DataTables } from './data-tables'
import { FacilityNames } from './facility-names'
import { Preferences } from './preferences'

const parts = ['display', 'facility', 'tables', 'about'] as const

export function SettingsView() {
  const { t } = useWords()
  const { part: asked } = useParams()
  const part = parts.find((one) => one === asked) ?? 'display'
  return (
    <>
      <Tabs label={t('ui.settings.parts')} tabs={parts.map((one) => ({ to: `/settings/${one}`, label: t(`ui.settings.${one}`), current: one === part }))} />
      {part === 'display' ? <Preferences /> : null}
      {part === 'facility' ? <FacilityNames /> : null}
      {part === 'tables' ? <DataTables /> : null}
      {part === 'about' ? <About /> : null}
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { changeLanguage, useWords } from '@/lib/i18n'
import { recall, remember } from '@/lib/keep'

export function Preferences() {
  const { t, language } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [single, setSingle] = useState(recall('single-keys') !== 'off')
  return (
    <div className="stack" style={{ maxWidth: '40rem' }}>
      <p className="quiet">{t('ui.settings.display.what')}</p>
      <Choice label={t('ui.settings.language')}>
        {(labelled) => (
          <SegmentedControl
            aria-labelledby={labelled}
            value={language}
            onChange={(chosen) => void changeLanguage(chosen === 'en' ? 'en' : 'fr')}
            data={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]}
          />
        )}
      </Choice>
      <Choice label={t('ui.settings.theme')}>
        {(labelled) => (
          <SegmentedControl
            aria-labelledby={labelled}
            value={colorScheme}
            onChange={(chosen) => setColorScheme(chosen as 'light' | 'dark' | 'auto')}
            data={(['auto', 'light', 'dark'] as const).map((one) => ({ value: one, label: t(`ui.settings.theme.${one}`) }))}
          />
        )}
      </Choice>
      <Switch
        checked={single}
        label={t('ui.settings.keys')}
        description={t('ui.settings.keys.what')}
        onChange={(event) => {
          setSingle(event.currentTarget.checked)
          remember('single-keys', event.currentTarget.checked ? null : 'off')
        }}
      />
    </div>
  )
}

function Choice({ label, children }: { label: string; children: (labelled: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="tight" style={{ alignItems: 'flex-start' }}>
      <span id={id} className="h3">{label}</span>
      {children(id)}
    </div>
  )
}

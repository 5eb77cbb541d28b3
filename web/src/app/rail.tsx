// SPDX-License-Identifier: EUPL-1.2
import { Button, Select, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NavLink, useNavigate } from 'react-router'
import { queries } from '@/api/queries'
import { onlyHere } from '@/features/respond/crisis/use-writer'
import { changeLanguage, useWords } from '@/lib/i18n'
import { useLeave } from './leave'
import style from './rail.module.css'
import { addressOf, screensFor, type Space } from './screens'

interface Props { facility: string; onPalette: () => void; onKeys: () => void }
const later = ['exercise'] as const

export function Rail({ facility, onPalette, onKeys }: Props) {
  const { t } = useWords()
  const session = useQuery(queries.session())
  const here = facility || session.data?.facility || ''
  const shown = screensFor(session.data, here)
  const look = ({ isActive }: { isActive: boolean }) => (isActive ? `${style.item} ${style.here}` : style.item)
  const space = (name: Space) => (
    <li key={name}>
      <p className={style.space}>{t(`ui.space.${name}`)}</p>
      <ul>
        {shown.filter((screen) => screen.space === name).map((screen) => (
          <li key={screen.id}>
            <NavLink to={addressOf(screen, here)} className={look}>{t(screen.title)}</NavLink>
          </li>
        ))}
      </ul>
    </li>
  )
  return (
    <div className={style.rail}>
      <p className={style.product}>{t('ui.product')}</p>
      {session.data?.somewhere.includes('view') ? <FacilityChooser facility={here} /> : null}
      <Button size="sm" variant="default" fullWidth justify="space-between" onClick={onPalette} rightSection={<span className="small quiet">Ctrl K</span>}>
        {t('ui.palette.open')}
      </Button>
      <nav aria-label={t('ui.spaces')}>
        <ul className={style.spaces}>
          {space('prepare')}
          {later.map((name) => (
            <li key={name}>
              <Tooltip label={t(`ui.space.${name}.later`)} position="right" multiline w={240} events={{ hover: true, focus: true, touch: true }}>
                <button type="button" aria-disabled="true" aria-description={t(`ui.space.${name}.later`)} className={style.later}>
                  {t(`ui.space.${name}`)}
                </button>
              </Tooltip>
            </li>
          ))}
          {(['respond', 'steer', 'instance'] as const).map(space)}
        </ul>
      </nav>
      <Preferences onKeys={onKeys} />
    </div>
  )
}

function FacilityChooser({ facility }: { facility: string }) {
  const { t } = useWords()
  const go = useNavigate()
  const facilities = useQuery(queries.facilities())
  const options = (facilities.data?.items ?? []).filter(({ open }) => open).map(({ id, name, fictional }) => ({
    value: id,
    label: fictional ? t('ui.facility.fictional', { name }) : name,
  }))
  return (
    <Select
      size="sm"
      searchable
      title={options.find(({ value }) => value === facility)?.label}
      styles={{ input: { textOverflow: 'ellipsis' } }}
      label={t('ui.facility.choose')}
      placeholder={t('ui.facility.search')}
      nothingFoundMessage={t('ui.facility.none')}
      allowDeselect={false}
      data={[...options, { value: '', label: t('ui.facility.new') }]}
      value={options.some(({ value }) => value === facility) ? facility : null}
      onChange={(chosen) => chosen !== null && void go(chosen ? `/facilities/${encodeURIComponent(chosen)}/overview` : '/new')}
    />
  )
}

function Preferences({ onKeys }: { onKeys: () => void }) {
  const { t, f, language } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const leave = useLeave()
  const cache = useQueryClient()
  const [lost, setLost] = useState(0)
  const scheme = useComputedColorScheme('light')
  const other = language === 'fr' ? 'en' : 'fr'
  const signOut = () => {
    const lines = onlyHere(cache)
    if (lines > lost) setLost(lines)
    else void leave()
  }
  return (
    <div className={style.preferences}>
      <button type="button" className={style.item} lang={other} onClick={() => void changeLanguage(other)}>
        {t('ui.language.other')}
      </button>
      <button type="button" className={style.item} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
        {t(scheme === 'dark' ? 'ui.theme.to_light' : 'ui.theme.to_dark')}
      </button>
      <button type="button" className={style.item} onClick={onKeys}>
        {t('ui.keys.title')}
      </button>
      <button type="button" className={style.item} onBlur={() => setLost(0)} onClick={signOut}>
        {lost > 0 ? `▲ ${t('ui.sign_out.sure', { count: lost, n: f.whole(lost) })}` : t('ui.sign_out')}
      </button>
    </div>
  )
}

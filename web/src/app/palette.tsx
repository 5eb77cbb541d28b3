// SPDX-License-Identifier: EUPL-1.2
import { Modal, TextInput, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type KeyboardEvent } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { queries } from '@/api/queries'
import { changeLanguage, useWords } from '@/lib/i18n'
import { sortRows } from '@/ui/table-logic'
import style from './palette.module.css'
import { addressOf, screensFor } from './screens'

interface Command { id: string; label: string; kind: string; to?: string; run?: () => void }

/** Everything that can be reached or done, by typing a few of its letters. */
export function Palette({ opened, onClose, facility }: { opened: boolean; onClose: () => void; facility: string }) {
  const { t } = useWords()
  const { pathname } = useLocation()
  const go = useNavigate()
  // Closed without a choice, the hands are where they were; led somewhere, they are on that page (shell.tsx).
  const [leading, setLeading] = useState(false)
  if (opened && leading) setLeading(false)
  const lead = (to: string) => {
    setLeading(to !== pathname)
    void go(to, { state: { lands: true } })
  }
  return (
    <Modal returnFocus={!leading} opened={opened} onClose={onClose} title={<span className="small quiet">{t('ui.palette.title')}</span>} closeButtonProps={{ 'aria-label': t('ui.close') }} size="lg" yOffset="10vh">
      {opened ? <Commands onClose={onClose} onLead={lead} facility={facility} /> : null}
    </Modal>
  )
}

function useCommands(here: string): Command[] {
  const { t, language } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const session = useQuery(queries.session())
  const facilities = useQuery({ ...queries.facilities(), enabled: session.data?.somewhere.includes('view') ?? false })
  const facility = here || session.data?.facility || ''
  const other = language === 'fr' ? 'en' : 'fr'
  return [
    ...screensFor(session.data, facility).map((screen) => ({
      id: screen.id, label: t(screen.title), kind: t('ui.palette.screen'), to: addressOf(screen, facility),
    })),
    ...(facilities.data?.items ?? []).map(({ id, name }) => ({
      id: `facility-${id}`, label: name, kind: t('ui.palette.facility'), to: `/facilities/${encodeURIComponent(id)}/overview`,
    })),
    { id: 'new', label: t('ui.new_facility.title'), kind: t('ui.palette.action'), to: '/new' },
    { id: 'language', label: t('ui.language.other'), kind: t('ui.palette.action'), run: () => void changeLanguage(other) },
    {
      id: 'theme', label: t(scheme === 'dark' ? 'ui.theme.to_light' : 'ui.theme.to_dark'), kind: t('ui.palette.action'),
      run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
    },
  ]
}

function Commands({ onClose, onLead, facility }: { onClose: () => void; onLead: (to: string) => void; facility: string }) {
  const { t } = useWords()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const found = sortRows(useCommands(facility), [{ key: 'label', value: ({ label }) => label }], null, query)
  const chosen = Math.min(at, found.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    if (command.to) onLead(command.to)
    else command.run?.()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && found.length > 0) {
      event.preventDefault()
      setAt((chosen + step + found.length) % found.length)
    }
    if (event.key === 'Enter') run(found[chosen])
  }
  return (
    <div className={style.palette}>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        placeholder={t('ui.palette.hint')}
        aria-label={t('ui.palette.title')}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[chosen] ? `${listId}-${found[chosen].id}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <ul id={listId} role="listbox" aria-label={t('ui.palette.title')} className={style.list}>
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            aria-selected={i === chosen}
            className={i === chosen ? style.chosen : style.option}
            onMouseEnter={() => setAt(i)}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            <span className={style.kind}>{command.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className={style.none}>{t('ui.palette.none')}</p> : null}
    </div>
  )
}

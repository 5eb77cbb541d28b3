// SPDX-License-Identifier: EUPL-1.2
import { Button, Drawer } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation, useParams } from 'react-router'
import { followEvents } from '@/api/events'
import { queries } from '@/api/queries'
import { onReach, onSignedOut, signedOutSince, unreachedSince, useSignedOutSince } from '@/api/reach'
import { RoomBanner } from '@/features/respond/crisis/room-banner'
import { NightNotice } from '@/features/steer/access/night-notice'
import { failureOf } from '@/lib/failure'
import { useWords } from '@/lib/i18n'
import { recall } from '@/lib/keep'
import { HelpKeys } from './help-keys'
import { useLeaving } from './leave'
import { Palette } from './palette'
import { Rail } from './rail'
import { screenAt } from './screens'
import style from './shell.module.css'
import { SignedOutStrip } from './signed-out-strip'
import { useKeys } from './use-keys'

const asked_again = 15_000 // whether somebody has signed in again, in another tab

/** The frame of every screen. On a narrow screen the rail waits behind a button. */
export function Shell() {
  const { t, language } = useWords()
  const { facility = '' } = useParams()
  const { pathname, key, state } = useLocation()
  const [overlay, setOverlay] = useState<'palette' | 'keys' | 'menu' | null>(null)
  const close = () => setOverlay(null)
  const signedOut = useSignedOutSince()
  const session = useQuery({ ...queries.session(), refetchInterval: signedOut ? asked_again : false })
  const cache = useQueryClient()
  const { frame, space } = screenAt(pathname)
  useLeaving()
  useKeys({ palette: () => setOverlay('palette'), keys: () => setOverlay('keys') })
  // To a stranger nothing is told: the door, a personal link or an invitation ask for no stream.
  const known = !session.isPending && failureOf(session.error).status !== 401 && signedOut === null
  useEffect(() => {
    return known ? followEvents(cache) : undefined
  }, [known, cache])
  // With the server away a copy said who is here; somebody else may have signed in since.
  useEffect(() => {
    return onReach(() => {
      if (unreachedSince() === null) void cache.invalidateQueries({ queryKey: queries.session().queryKey })
    })
  }, [cache])
  // Signed in again: what happened meanwhile was told to nobody here.
  useEffect(() => {
    return onSignedOut(() => {
      if (signedOutSince() === null) void cache.invalidateQueries()
    })
  }, [cache])
  // What the server worded is asked again in the other language.
  const spoken = useRef(language)
  useEffect(() => {
    if (spoken.current === language) return
    spoken.current = language
    void cache.invalidateQueries()
  }, [language, cache])
  // Whoever was led here by the palette goes on in the page, not at the top of the rail.
  const lands = (state as { lands?: boolean } | null)?.lands
  useEffect(() => {
    if (lands) document.getElementById('content')?.focus()
  }, [key, lands])
  // The menu closes by itself once it has led somewhere.
  const [menuAt, setMenuAt] = useState(pathname)
  if (menuAt !== pathname) {
    setMenuAt(pathname)
    if (overlay === 'menu') setOverlay(null)
  }

  // Whoever has left is not let back in by the browser's own way back, while the server could not be told yet.
  if (recall('leaving')) return <Navigate replace to="/sign-in" />
  // To whoever comes as a stranger the screen itself shows the door.
  const strip = signedOut && session.data ? <SignedOutStrip since={signedOut} /> : null
  if (frame === 'wall') return <main id="content" className={style.wall}>{strip}<Outlet /></main>
  return (
    <div className={style.shell} data-frame={frame}>
      <a href="#content" className={style.skip}>{t('ui.skip')}</a>
      <header className={`${style.top} no-print`}>
        <Button size="sm" variant="default" onClick={() => setOverlay('menu')} aria-haspopup="dialog">
          {t('ui.menu')}
        </Button>
        <b>{t('ui.product')}</b>
        <Button size="sm" variant="default" onClick={() => setOverlay('palette')}>
          {t('ui.palette.open')}
        </Button>
      </header>
      <aside className={`${style.rail} no-print`} aria-label={t('ui.rail')}>
        <Rail facility={facility} onPalette={() => setOverlay('palette')} onKeys={() => setOverlay('keys')} />
      </aside>
      <div className={style.page}>
        {strip}
        <RoomBanner facility={session.data?.somewhere.includes('crisis') ? facility || session.data.facility : ''} />
        <main id="content" tabIndex={-1} className={style.content} data-space={space}>
          <NightNotice />
          <Outlet />
        </main>
      </div>
      <Drawer opened={overlay === 'menu'} onClose={close} title={t('ui.menu')} size={300} closeButtonProps={{ 'aria-label': t('ui.close') }}>
        <Rail facility={facility} onPalette={() => setOverlay('palette')} onKeys={() => setOverlay('keys')} />
      </Drawer>
      <Palette opened={overlay === 'palette'} onClose={close} facility={facility} />
      <HelpKeys opened={overlay === 'keys'} onClose={close} />
    </div>
  )
}

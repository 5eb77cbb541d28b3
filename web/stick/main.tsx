// SPDX-License-Identifier: EUPL-1.2
// The page of the USB stick: the plan in force and a room of one post, in one file that asks no server.
import '@/app/styles'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { HashRouter } from 'react-router'
import { Look } from '@/app/look'
import { startWords } from '@/lib/i18n'
import { recoverLasting } from '@/lib/lasting'
import { readPack } from './pack'
import { StickPage } from './stick-page'

const root = document.getElementById('page')
if (!root) throw new Error('index.html has lost #page')

const pack = readPack()
// A room is not gone on with before all of it is there: its lines have their places for names.
await Promise.all([startWords(pack?.language ?? 'fr'), recoverLasting(30_000)])
if (pack) document.title = `${pack.name} – Relève`
createRoot(root).render(
  <StrictMode>
    <Look>
      <HashRouter>{pack ? <StickPage pack={pack} /> : null}</HashRouter>
    </Look>
  </StrictMode>,
)

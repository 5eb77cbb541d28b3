// SPDX-License-Identifier: EUPL-1.2
import './styles'
import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { recall } from '@/lib/keep'
import { preferredLanguage, startWords } from '@/lib/i18n'
import { recoverLasting } from '@/lib/lasting'
import { styleNonce } from '@/lib/style-nonce'
import { createCache } from './cache'
import { tellLeaving } from './leave'
import { Look } from './look'
import { routes } from './routes'

const root = document.getElementById('page')
if (!root) throw new Error('index.html has lost #page')

setNonce(styleNonce) // for what locks scrolling under a drawer or a modal
// Whoever signed out while the server was away is signed out before anything is shown; a server that does not answer holds nothing up.
if (recall('leaving')) await tellLeaving()
const cache = createCache()
await Promise.all([startWords(preferredLanguage()), recoverLasting(2_000, () => dispatchEvent(new StorageEvent('storage', { key: null })))])
// Only where the browser trusts the address: not over plain HTTP on a switch, where the page lives in its tab.
if ('serviceWorker' in navigator && window.isSecureContext && import.meta.env.PROD) void navigator.serviceWorker.register('/offline-worker.js').catch(() => undefined)
createRoot(root).render(
  <QueryClientProvider client={cache}>
    <Look>
      <RouterProvider router={createBrowserRouter(routes)} />
    </Look>
  </QueryClientProvider>,
)

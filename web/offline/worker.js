// SPDX-License-Identifier: EUPL-1.2
// The page without the server: its files are kept when it is first seen, and come from here when the network does not
// answer. What the page has read of a hospital is not kept here but by the page itself, which says how old it is.
const files = [/* FILES */]
const kept = 'releve-/* VERSION */'
const patience = 4_000 // milliseconds for the server to answer, before the kept page is shown
const served_only = ['/api/', '/bulletin/', '/enter', '/oidc/', '/health/', '/metrics', '/.well-known/']

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(['/', ...files])).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const former = (await caches.keys()).filter((name) => name.startsWith('releve-') && name !== kept)
    await Promise.all(former.map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(forget())
})

const inTime = (answer) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('no answer')), patience)
  answer.then(resolve, reject)
})

/** What a proxy says when nobody is behind it, and the server itself only while it stops or has no room left. */
const nobody = [502, 503, 504]

/** The page of the server, with a style nonce of its own; else the one that was kept. */
const page = async (request) => {
  const answer = await inTime(fetch(request)).catch(() => null)
  if (answer && !nobody.includes(answer.status)) return answer
  return (await caches.match('/', { cacheName: kept })) ?? answer ?? Response.error()
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || served_only.some((path) => pathname.startsWith(path))) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (files.includes(pathname)) event.respondWith(caches.match(request, { cacheName: kept }).then((found) => found ?? fetch(request)))
})

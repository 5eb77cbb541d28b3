// SPDX-License-Identifier: EUPL-1.2
// Writes offline-worker.js with the names of all built files in it: they carry a hash, so the list is the version.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

export function offlineWorker(): Plugin {
  return {
    name: 'releve-offline-worker',
    apply: 'build',
    generateBundle: {
      order: 'post', // Vite takes chunks of styles alone out again before
      handler(_, bundle) {
        const files = Object.keys(bundle).filter((name) => !name.endsWith('.html')).map((name) => `/${name}`).sort()
        const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
        const source = readFileSync(new URL('./worker.js', import.meta.url), 'utf8')
          .replace('/* FILES */', files.map((name) => JSON.stringify(name)).join(','))
          .replace('/* VERSION */', version)
        this.emitFile({ type: 'asset', fileName: 'offline-worker.js', source })
      },
    },
  }
}

// SPDX-License-Identifier: EUPL-1.2
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { browsers } from './browsers.ts'
import { offlineWorker } from './offline/plugin.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(async ({ mode }) => ({
  plugins: [
    react(),
    offlineWorker(),
    // Imported only in this mode: the fictional server can never reach the production bundle.
    ...(mode === 'fake' ? [(await import('./dev/fake_server.ts')).fakeServer()] : []),
  ],
  resolve: { alias: { '@i18n': here('../i18n'), '@': here('./src') } },
  server: {
    fs: { allow: [here('..')] },
    proxy: mode === 'fake' ? undefined : { '/api': 'http://127.0.0.1:8080', '/enter': 'http://127.0.0.1:8080' },
  },
  build: {
    target: browsers,
    assetsDir: 'assets',
    assetsInlineLimit: 0, // nothing as data: or inline, so that the page lives under script-src 'self'
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'stick/**/*.test.ts'],
    globalSetup: ['./test/oldest.mjs'],
    setupFiles: ['./test/take_away.mjs', './test/setup.ts'],
    testTimeout: 120_000, // a bound for a busy machine, not an expectation
    maxWorkers: 2,
    css: false,
  },
}))

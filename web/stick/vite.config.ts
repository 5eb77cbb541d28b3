// SPDX-License-Identifier: EUPL-1.2
// Everything in one HTML file: the server puts a plan into it (src/respond/pack/stick.cpp).
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'
import { browsers } from '../browsers.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  plugins: [react(), viteSingleFile()],
  resolve: { alias: { '@i18n': here('../../i18n'), '@': here('../src') } },
  build: { target: browsers, outDir: here('dist'), emptyOutDir: true, assetsInlineLimit: Number.MAX_SAFE_INTEGER, reportCompressedSize: false },
})

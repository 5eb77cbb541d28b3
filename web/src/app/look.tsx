// SPDX-License-Identifier: EUPL-1.2
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { styleNonce } from '@/lib/style-nonce'
import { resolveTokens, theme } from '@/ui/theme'

const manager = localStorageColorSchemeManager({ key: 'releve.theme' })

export function Look({ children, env }: { children: ReactNode; env?: 'test' }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveTokens} colorSchemeManager={manager} defaultColorScheme="auto" env={env} getStyleNonce={() => styleNonce}>
      {children}
    </MantineProvider>
  )
}

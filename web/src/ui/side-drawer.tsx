// SPDX-License-Identifier: EUPL-1.2
import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '@/lib/i18n'

interface Props { opened: boolean; onClose: () => void; title: ReactNode; children: ReactNode; /** Something is being written in it: a click beside it closes nothing. */ keeps?: boolean }

/** Details at the right, so that the list stays. Escape closes. */
export function SideDrawer({ opened, onClose, title, children, keeps = false }: Props) {
  const { t } = useWords()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={!keeps}
      title={title}
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      attributes={{ header: { role: 'presentation' } }} // or it would be a second banner beside the page's own
      styles={{ title: { fontWeight: 700, fontSize: '1.15rem' }, body: { overflowWrap: 'anywhere' } }}
    >
      {children}
    </Drawer>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { Kbd, Modal } from '@mantine/core'
import { useWords } from '@/lib/i18n'

const keys: [string[], string][] = [
  [['/', 'Ctrl K'], 'ui.keys.palette'],
  [['?'], 'ui.keys.help'],
  [['↑', '↓'], 'ui.keys.rows'],
  [['←', '→'], 'ui.keys.time'],
  [['Home', 'End'], 'ui.keys.ends'],
  [['Enter'], 'ui.keys.enter'],
  [['Esc'], 'ui.keys.escape'],
  [['N', 'F'], 'ui.keys.room.fact'],
  [['N', 'D'], 'ui.keys.room.decision'],
  [['N', 'T'], 'ui.keys.room.task'],
  [['N', 'A'], 'ui.keys.room.call'],
  [['N', 'E'], 'ui.keys.room.declare'],
  [['P'], 'ui.keys.room.report'],
  [['V'], 'ui.keys.plan.checked'],
  [['Alt ↑', 'Alt ↓'], 'ui.keys.plan.move'],
]

export function HelpKeys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Modal opened={opened} onClose={onClose} title={<b>{t('ui.keys.title')}</b>} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '0.6rem 1.2rem' }}>
        {keys.map(([names, code]) => (
          <div key={code} style={{ display: 'contents' }}>
            <dt className="row" style={{ gap: '0.3rem' }}>
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{t(code)}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet" style={{ marginTop: '1rem' }}>{t('ui.keys.off')}</p>
    </Modal>
  )
}

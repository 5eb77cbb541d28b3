// SPDX-License-Identifier: EUPL-1.2
import { Button, Progress as Bar } from '@mantine/core'
import { useWords } from '@/lib/i18n'

interface Props { label: string; share: number; detail?: string; onCancel?: () => void; cancelling?: boolean }

/** Long work: where it stands in words and figures, and how to stop it. */
export function Progress({ label, share, detail, onCancel, cancelling = false }: Props) {
  const { t, f } = useWords()
  return (
    <div className="tight" style={{ maxWidth: '46rem' }}>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span className="break">
          {label} · <span className="figure">{f.percent(share)}</span>
          {detail ? <span className="quiet"> — {detail}</span> : null}
        </span>
        {onCancel ? (
          <Button size="compact-sm" variant="default" onClick={onCancel} disabled={cancelling}>
            {t(cancelling ? 'ui.cancelling' : 'ui.cancel')}
          </Button>
        ) : null}
      </div>
      <Bar value={Math.round(share * 100)} aria-label={label} color="var(--act)" size="md" transitionDuration={200} />
    </div>
  )
}

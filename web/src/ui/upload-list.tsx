// SPDX-License-Identifier: EUPL-1.2
import { useWords } from '@/lib/i18n'
import type { Sending } from '@/lib/use-uploads'
import { Progress } from './progress'
import { ErrorState } from './states'
import style from './uploads.module.css'

interface Props { uploads: Sending[]; onCancel: (key: number) => void; onDismiss: (key: number) => void }

export function UploadList({ uploads, onCancel, onDismiss }: Props) {
  const { t, f } = useWords()
  if (uploads.length === 0) return null
  return (
    <ul className={style.uploads} aria-label={t('ui.imports.sending')}>
      {uploads.map((one) => (
        <li key={one.key}>
          {one.error ? (
            <div className="tight">
              <ErrorState inline error={one.error} />
              <span className="row small">
                <span className="break">{one.name}</span>
                <button type="button" className="link" onClick={() => onDismiss(one.key)}>{t('ui.dismiss')}</button>
              </span>
            </div>
          ) : (
            <Progress label={one.name} detail={f.bytes(one.size)} share={one.share} onCancel={() => onCancel(one.key)} />
          )}
        </li>
      ))}
    </ul>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { groupBy } from '@/lib/group'
import { useWords, type Said } from '@/lib/i18n'
import style from './findings.module.css'

export interface Finding { severity: 'note' | 'warning' | 'error'; message: Said; file?: string; line?: number; place?: string }

const glyphs = { note: 'i', warning: '△', error: '▲' } as const
const gravity = { error: 0, warning: 1, note: 2 } as const
const at_once = 5

/** Remarks grouped by what to do about them, the gravest first. */
export function Findings({ findings }: { findings: Finding[] }) {
  const { t, has, say } = useWords()
  const groups = groupBy(
    [...findings].sort((a, b) => gravity[a.severity] - gravity[b.severity]),
    (finding) => finding.message.code,
  )
  return (
    <ul className={style.list}>
      {groups.map(({ key, items }) => {
        const first = items[0]
        if (!first) return null
        const mend = `${key}.mend`
        return (
          <li key={key} className={style.group}>
            <span className={first.severity === 'note' ? `${style.glyph} ${style.note}` : style.glyph} aria-hidden="true">{glyphs[first.severity]}</span>
            <div className={style.body}>
              <p>
                <b>{t(`ui.severity.${first.severity}`)}</b> · {say(first.message)}
                {items.length > 1 ? <span className="quiet"> {t('ui.findings.times', { count: items.length })}</span> : null}
              </p>
              {has(mend) ? <p className={style.mend}>{say({ code: mend, params: first.message.params })}</p> : null}
              <Places items={items} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Places({ items }: { items: Finding[] }) {
  const { t, say } = useWords()
  const located = items.filter((item) => item.file || item.place || item.line)
  if (located.length === 0) return null
  const where = (item: Finding) =>
    [item.file, item.line ? t('ui.findings.line', { line: item.line }) : '', item.place].filter(Boolean).join(' · ')
  if (located.length === 1 && located[0]) return <p className="small quiet break">{where(located[0])}</p>
  return (
    <details className="small">
      <summary>{t('ui.findings.where', { count: located.length })}</summary>
      <ul className={style.places}>
        {located.slice(0, at_once * 10).map((item, i) => (
          <li key={i} className="break">
            {where(item)} <span className="quiet">— {say(item.message)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

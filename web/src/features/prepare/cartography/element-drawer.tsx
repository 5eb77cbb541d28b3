// SPDX-License-Identifier: EUPL-1.2
import { useQuery } from '@tanstack/react-query'
import type { Element, Link } from '@/api/client'
import { queries } from '@/api/queries'
import { kindWords } from '@/lib/vocabulary'
import { useWords } from '@/lib/i18n'
import { SideDrawer } from '@/ui/side-drawer'
import { Loaded } from '@/ui/states'
import style from './cartography.module.css'
import { FactList } from './fact-list'

interface Props { facility: string; element: string | null; onClose: () => void; onFocus: (id: string) => void }

/** Everything known of one element, and from whom. */
export function ElementDrawer({ facility, element, onClose, onFocus }: Props) {
  const { t } = useWords()
  const asked = useQuery({ ...queries.element(facility, element ?? ''), enabled: element !== null })
  return (
    <SideDrawer opened={element !== null} onClose={onClose} title={asked.data?.name ?? t('ui.loading')}>
      <Loaded asked={asked}>{(shown) => <Details facility={facility} element={shown} onFocus={onFocus} />}</Loaded>
    </SideDrawer>
  )
}

function Details({ facility, element, onFocus }: { facility: string; element: Element; onFocus: (id: string) => void }) {
  const { t, f, word } = useWords()
  return (
    <div className={style.details}>
      <p className="quiet">{word('ui.layer', element.layer)} · {word(kindWords(element.layer), element.kind)}</p>
      <section>
        <h3 className="h3">{t('ui.details.facts')}</h3>
        <FactList facility={facility} element={element} />
      </section>
      <Links title={t('ui.details.needs')} links={element.needs} onFocus={onFocus} />
      <Links title={t('ui.details.needed_by')} links={element.needed_by} onFocus={onFocus} />
      {element.weaknesses.length > 0 ? (
        <section>
          <h3 className="h3">{t('ui.details.weaknesses')}</h3>
          <ul className={style.lines_list}>
            {element.weaknesses.map((one) => (
              <li key={one.id}>
                <b>{one.title}</b>
                <p className="small quiet">{[t('ui.details.severity', { n: f.number(one.severity) }), one.port, ...one.cves].filter(Boolean).join(' · ')}</p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {element.sightings.length > 0 || element.layer === 'infrastructure' ? (
        <section>
          <h3 className="h3">{t('ui.details.sightings')}</h3>
          {element.sightings.length > 0 ? (
            <ul className={style.lines_list}>
              {element.sightings.map((one, i) => (
                <li key={i}>
                  {t('ui.details.seen_as', { name: one.seen_as, source: one.source })}
                  <p className="small quiet">{t('ui.details.matched_by', { how: word('ui.match', one.matched_by), format: word('ui.source', one.format) })}</p>
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">{t('ui.details.no_sighting')}</p>
          )}
        </section>
      ) : null}
    </div>
  )
}

const shown_links = 40

function Links({ title, links, onFocus }: { title: string; links: Link[]; onFocus: (id: string) => void }) {
  const { t, f, word } = useWords()
  if (links.length === 0) return null
  return (
    <section>
      <h3 className="h3">{title}</h3>
      <ul className={style.lines_list}>
        {links.slice(0, shown_links).map((link) => (
          <li key={`${link.id}-${link.dependency_kind}`}>
            <button type="button" className="link" onClick={() => onFocus(link.id)}>{link.name}</button>
            <p className="small quiet">
              {[
                word('ui.dependency', link.dependency_kind),
                link.autonomy_h ? t('ui.picture.lasts', { hours: f.hours(link.autonomy_h) }) : '',
                link.least_state ? t('ui.details.least_state', { state: word('ui.least_state', link.least_state) }) : '',
                link.alternative ? t('ui.details.alternative', { group: link.alternative }) : '',
              ].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {links.length > shown_links ? <p className="quiet small">{t('ui.picture.others', { count: links.length - shown_links })}</p> : null}
    </section>
  )
}

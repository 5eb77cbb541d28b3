// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { Layer } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { layers } from '@/lib/vocabulary'
import { Tabs } from '@/ui/tabs'
import style from './cartography.module.css'
import { ElementDrawer } from './element-drawer'
import { ElementTable } from './element-table'
import { PicturePanel } from './picture-panel'

/** The table of a layer, and beside it the picture of one element among what it needs and what needs it. */
export function CartographyView() {
  const { t, word } = useWords()
  const { facility = '', layer: asked } = useParams()
  const [search, setSearch] = useSearchParams()
  const [details, setDetails] = useState<string | null>(null)
  const { data } = useSuspenseQuery(queries.facility(facility))
  const layer: Layer = layers.find((one) => one === asked) ?? 'care'
  const focus = search.get('focus')
  const root = `/facilities/${encodeURIComponent(facility)}/cartography`
  const look = (id: string) => setSearch({ focus: id }, { preventScrollReset: true })

  return (
    <>
      <Tabs
        label={t('ui.cartography.layers')}
        tabs={layers.map((one) => ({ to: `${root}/${one}${focus ? `?focus=${encodeURIComponent(focus)}` : ''}`, label: word('ui.layer', one), current: one === layer }))}
      />
      {focus ? null : <p className="quiet no-print" style={{ marginBottom: '0.8rem' }}>{t('ui.cartography.choose')}</p>}
      <div className={focus ? style.beside : undefined}>
        <div className={style.table}>
          <ElementTable key={layer} facility={facility} layer={layer} focus={focus} onFocus={look} />
        </div>
        {focus ? <PicturePanel facility={facility} counts={data.counts} focus={focus} onFocus={look} onDetails={setDetails} onClose={() => setSearch({})} /> : null}
      </div>
      <ElementDrawer
        facility={facility}
        element={details}
        onClose={() => setDetails(null)}
        onFocus={(id) => {
          setDetails(null)
          look(id)
        }}
      />
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { Layer } from '@/api/client'
import { queries } from '@/api/queries'
import { useWords } from '@/lib/i18n'
import { useNamed } from '@/lib/use-named'
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
  const [focus, setFocus] = useNamed('focus', '')
  const [details, setDetails] = useState<string | null>(null)
  const { data } = useSuspenseQuery(queries.facility(facility))
  const layer: Layer = layers.find((one) => one === asked) ?? 'care'
  const root = `/facilities/${encodeURIComponent(facility)}/cartography`

  return (
    <>
      <Tabs
        label={t('ui.cartography.layers')}
        tabs={layers.map((one) => ({ to: `${root}/${one}${focus ? `?focus=${encodeURIComponent(focus)}` : ''}`, label: word('ui.layer', one), current: one === layer }))}
      />
      {focus ? null : <p className="quiet no-print" style={{ marginBottom: '0.8rem' }}>{t('ui.cartography.choose')}</p>}
      <div className={focus ? style.beside : undefined}>
        <div className={style.table}>
          <ElementTable key={layer} facility={facility} layer={layer} focus={focus || null} onFocus={setFocus} />
        </div>
        {focus ? <PicturePanel facility={facility} counts={data.counts} focus={focus} onFocus={setFocus} onDetails={setDetails} onClose={() => setFocus('')} /> : null}
      </div>
      <ElementDrawer
        facility={facility}
        element={details}
        onClose={() => setDetails(null)}
        onFocus={(id) => {
          setDetails(null)
          setFocus(id)
        }}
      />
    </>
  )
}

// SPDX-License-Identifier: EUPL-1.2
// A page of the server's own inside this one, with its own style and none of ours: neither reaches the other.
import { useEffect, useRef } from 'react'
import style from './panels.module.css'

export function PublicPage({ html, label }: { html: string; label: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' })
    if (!root) return
    // Its style is taken out before: a parsed document has our policy, which refuses style elements.
    const styles: string[] = []
    const body = html.replaceAll(/<style>([^<]*)<\/style>/g, (_, text: string) => {
      styles.push(text)
      return ''
    })
    const page = new DOMParser().parseFromString(body, 'text/html')
    // One page has one main part: ours.
    for (const main of page.querySelectorAll('main')) main.replaceWith(...main.childNodes)
    if ('adoptedStyleSheets' in root) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(styles.join('\n'))
      root.adoptedStyleSheets = [sheet]
    }
    root.replaceChildren(...page.body.childNodes)
  }, [html])
  return <div ref={host} role="group" aria-label={label} className={style.public_page} />
}

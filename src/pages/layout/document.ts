import { html, raw } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { cspHash } from './csp-hash.ts'

/** One whole page: its HTML, and the hashes (`sha256-…`, unquoted) that its CSP has to list. */
export type Rendered = {
  readonly html: string
  readonly styleHashes: readonly string[]
  readonly scriptHashes: readonly string[]
}

export type DocumentParts = {
  readonly title: string
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  /** The surface's stylesheet: a constant, inlined in the page's only <style> element. */
  readonly styles: string
  /** Constant scripts, inlined at the end of the body. The page has to work without them. */
  readonly scripts?: readonly string[]
  /**
   * Seconds until a browser without script loads the page again. It stands in <noscript>: with script, the page
   * changes in place and nobody's focus or reading position is lost (WCAG 2.2, 2.2.1).
   */
  readonly refreshSeconds?: number
  readonly children: JSX.Element
}

/** Puts a page together: no external file, no inline handler or style attribute, hashes for what is inlined. */
export function document(parts: DocumentParts): Rendered {
  const scripts = parts.scripts ?? []
  const refresh =
    parts.refreshSeconds === undefined
      ? ''
      : `<noscript><meta http-equiv="refresh" content="${Math.max(5, Math.round(parts.refreshSeconds))}"></noscript>`
  const page = html`<!doctype html><html lang="${parts.lang}" dir="${parts.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex,nofollow"><meta name="format-detection" content="telephone=no"><link rel="icon" href="data:,"><title>${parts.title}</title>${raw(refresh)}<style>${raw(parts.styles)}</style></head><body>${raw(String(parts.children))}${raw(scripts.map((script) => `<script>${script}</script>`).join(''))}</body></html>`
  return {
    html: String(page),
    styleHashes: [cspHash(parts.styles)],
    scriptHashes: scripts.map(cspHash),
  }
}

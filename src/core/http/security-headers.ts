export type PageSecurity = {
  readonly styleHashes: readonly string[]
  readonly scriptHashes: readonly string[]
  /** The page's own script loads another one from this host once the page is painted. */
  readonly loadsOwnScript?: boolean
  /** Origins that a form of the page may lead to, by redirect too: Teams, the EHR, Microsoft's sign-in. */
  readonly formTargets?: readonly string[]
  /** Origins that may show the page in a frame: the site's EHR, for the one page that only offers a way out. */
  readonly frameAncestors?: readonly string[]
  readonly https: boolean
}

/** Headers of every answer: nothing is cached, sniffed, framed, or told to other sites. */
export function baseHeaders(https: boolean): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Not no-referrer: a form would then be sent with the Origin "null", and its check with it.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}

/** Headers of a page: a policy (CSP level 3) that lets nothing run or load but what the page itself brought, by hash. */
export function pageHeaders(page: PageSecurity): Record<string, string> {
  const hashes = (list: readonly string[]) => list.map((hash) => ` '${hash}'`).join('')
  const ancestors = origins(page.frameAncestors)
  const targets = origins(page.formTargets)
  const policy = [
    "default-src 'none'",
    `style-src${hashes(page.styleHashes) || " 'none'"}`,
    `script-src${page.loadsOwnScript ? " 'self'" : ''}${hashes(page.scriptHashes) || (page.loadsOwnScript ? '' : " 'none'")}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    ["form-action 'self'", ...targets].join(' '),
    `frame-ancestors ${ancestors.join(' ') || "'none'"}`,
  ]
  return {
    ...baseHeaders(page.https),
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=()',
    ...(ancestors.length > 0 ? {} : { 'x-frame-options': 'DENY' }),
  }
}

/** Only plain origins: anything else could end the directive and begin another. */
function origins(list: readonly string[] | undefined): string[] {
  return (list ?? []).filter((origin) => URL.canParse(origin) && new URL(origin).origin === origin)
}

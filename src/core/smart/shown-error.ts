/** An OAuth error as a server sends it, in a redirect (RFC 6749 §4.1.2.1) or a body (§5.2). */
export type OAuthError = {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
  readonly error_uri?: string | undefined
}

const LONGEST = { error: 60, error_description: 400, error_uri: 500 } as const

/**
 * What a page may quote of an OAuth error: plain text on one line, cut to length, without control characters and
 * without the invisible ones that turn the direction of text; `error_uri` only as an https address without
 * credentials. The page still escapes it.
 */
export function shownError(error: OAuthError): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {}
  for (const name of ['error', 'error_description'] as const) {
    const text = plainText(error[name] ?? '', LONGEST[name])
    if (text) shown[name] = text
  }
  const uri = httpsAddress(error.error_uri)
  if (uri) shown.error_uri = uri
  return shown
}

export function plainText(text: string, longest: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu, ' ').replace(/\s+/g, ' ')
  const trimmed = clean.trim()
  const letters = [...trimmed]
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : trimmed
}

function httpsAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST.error_uri || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' && !url.username && !url.password ? url.href : undefined
}

export type Lifetime = { readonly least: number; readonly most: number; readonly otherwise: number }

/** An hour where the server says nothing; never so short that every launch fetches, never beyond a day. */
export const DOCUMENT_LIFETIME: Lifetime = { least: 60, most: 86_400, otherwise: 3_600 }

/** Until when a document may be kept: Cache-Control (RFC 9111 §5.2.2) within our own bounds, in seconds. */
export function keepUntil(headers: Headers, lifetime: Lifetime, now: Date): Date {
  const control = headers.get('cache-control')?.toLowerCase() ?? ''
  const maxAge = /(?:^|[\s,])max-age="?(\d{1,10})/.exec(control)?.[1]
  const asked = /no-store|no-cache/.test(control)
    ? 0
    : maxAge === undefined
      ? lifetime.otherwise
      : Number(maxAge)
  const seconds = Math.min(Math.max(asked, lifetime.least), lifetime.most)
  return new Date(now.getTime() + seconds * 1000)
}

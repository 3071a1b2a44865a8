import type { HttpRequest } from '@azure/functions'

const FRAMES = new Set(['iframe', 'frame', 'embed', 'object'])

/** Fetch Metadata (W3C): the browser itself says that it loads the page into a frame. */
export function isFramed({ headers }: HttpRequest): boolean {
  return FRAMES.has(headers.get('sec-fetch-dest') ?? '')
}

/** The request's own address without the host, which may be another one behind a proxy. */
export function ownPath({ url }: HttpRequest): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}

/**
 * Whether a request was made by the console's own page. Browsers say so themselves and no page can forge it: by Origin
 * ("Fetch Standard", `Origin` header), and by Sec-Fetch-Site where Origin was left out ("Fetch Metadata Request
 * Headers").
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin')
  if (origin === null) return request.headers.get('sec-fetch-site') === 'same-origin'
  return origin === new URL(request.url).origin
}

/** So many addresses are tried, and no more: each is a request to somebody's server. */
const MOST = 4

const OTHER_VERSION = /^(base)?(dstu[12]|d?stu3|r[235])$/i
const R4 = /^(base)?r4b?$/i

/**
 * Addresses on the same host under which an R4 server may be, where the given one has none: another version's name in
 * the path, or none at all. The likeliest first. Pure; whether there is a server, only asking tells.
 * @param base a FHIR base URL without query, fragment and trailing slash
 */
export function likelyUrls(base: string): string[] {
  const { origin, pathname } = new URL(base)
  const segments = pathname.split('/').filter(Boolean)
  const with_ = (parts: readonly string[]) => `${origin}${parts.map((part) => `/${part}`).join('')}`
  const at = segments.findIndex((part) => OTHER_VERSION.test(part))
  const found: string[] = []
  // The address of a resource type: /r4/{tenant}/Patient.
  if (/^[A-Z][A-Za-z]+$/.test(segments.at(-1) ?? '')) found.push(with_(segments.slice(0, -1)))
  if (at >= 0) {
    const given = segments[at] ?? ''
    const named = /^base/i.test(given) ? 'baseR4' : given === given.toUpperCase() ? 'R4' : 'r4'
    found.push(with_(segments.with(at, named)))
  } else if (!segments.some((part) => R4.test(part))) {
    const last = segments.at(-1)
    // Oracle Health: /r4/{tenant}. Epic: /api/FHIR/R4. HAPI and others: /fhir, /baseR4.
    if (last !== undefined && /^[0-9a-f-]{36}$/i.test(last))
      found.push(with_([...segments.slice(0, -1), 'r4', last]))
    found.push(with_([...segments, 'R4']), with_([...segments, 'r4']))
    if (last === undefined) found.push(with_(['fhir']), with_(['baseR4']))
    else if (!/^fhir$/i.test(last)) found.push(with_([...segments, 'fhir', 'R4']))
  }
  return [...new Set(found)].filter((url) => url !== base).slice(0, MOST)
}

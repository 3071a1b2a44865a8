import { isLoopback } from '../config.ts'

/**
 * Whether an endpoint may be used: https, or http on loopback where that is allowed, without credentials and without
 * a fragment (RFC 6749 §3.1, §3.2; SMART App Launch 2.2.0 §App protection: secrets travel over TLS only).
 * @returns the reason why not, fit for a log, or undefined.
 */
export function endpointProblem(endpoint: string, httpAllowed: boolean): string | undefined {
  if (!URL.canParse(endpoint)) return 'is not a URL'
  const url = new URL(endpoint)
  if (url.username || url.password) return 'carries credentials'
  if (url.hash || endpoint.includes('#')) return 'carries a fragment'
  if (url.protocol === 'https:') return undefined
  if (url.protocol === 'http:' && httpAllowed && isLoopback(url.hostname)) return undefined
  return 'is not https'
}

/** http is for a development EHR on this machine; a site on https never leads to an endpoint on http. */
export function httpAllowed(fhirBaseUrl: string, allowHttp: boolean | undefined): boolean {
  return allowHttp === true && URL.canParse(fhirBaseUrl) && new URL(fhirBaseUrl).protocol === 'http:'
}

import { fail, ok } from '../result.ts'
import { type Answer, getDocument, jsonOf, retryAfterSeconds } from './answer.ts'
import { parseCapabilityStatement } from './capability-statement.ts'
import { httpAllowed } from './endpoint.ts'
import { createExpiringCache, type Kept } from './expiring-cache.ts'
import type { SmartFailureCode, SmartResult } from './failures.ts'
import { DOCUMENT_LIFETIME, keepUntil } from './lifetime.ts'
import { openidJwksUri } from './openid-configuration.ts'
import { parseSmartConfiguration } from './smart-configuration.ts'
import type { Outbound, SmartConfiguration, SmartSite } from './types.ts'

/**
 * Discovers a site's authorization server: `{base}/.well-known/smart-configuration` (SMART App Launch 2.2.0
 * §Conformance), and only where that document does not exist and the site allows it the CapabilityStatement. A
 * document that is there and wrong is a failure: falling back from it would let PKCE be taken away.
 *
 * The caller has checked the base against the configured sites before: nothing is fetched for an unknown issuer.
 */
export async function discover(
  site: SmartSite,
  outbound: Outbound,
  now: Date,
): Promise<SmartResult<SmartConfiguration>> {
  const found = await load(site, outbound, now)
  return found.ok ? ok(found.value.value) : found
}

export type DiscoveryCache = {
  discover(site: SmartSite, outbound: Outbound, now: Date): Promise<SmartResult<SmartConfiguration>>
  /** The next launch reads the site's configuration again. */
  forget(site: SmartSite): void
}

/** Configurations are kept for an hour or as Cache-Control says, in bounds; failures are never kept. */
export function createDiscoveryCache(): DiscoveryCache {
  const cache = createExpiringCache<SmartConfiguration, SmartFailureCode>()
  return {
    discover: (site, outbound, now) => cache.get(keyOf(site), now, () => load(site, outbound, now)),
    forget: (site) => cache.forget(keyOf(site)),
  }
}

/** Two tenants may describe one base differently: all that shapes the result is in the key. */
function keyOf(site: SmartSite): string {
  return JSON.stringify([site.fhirBaseUrl, site.allowCapabilityFallback, site.allowedIssuers])
}

async function load(
  site: SmartSite,
  outbound: Outbound,
  now: Date,
): Promise<SmartResult<Kept<SmartConfiguration>>> {
  const base = site.fhirBaseUrl.replace(/\/+$/, '')
  const http = httpAllowed(site.fhirBaseUrl, outbound.allowHttp)
  const first = await getDocument(`${base}/.well-known/smart-configuration`, 'application/json', outbound)
  const absent = first.kind === 'answered' && (first.status === 404 || first.status === 410)
  const fallback = absent && site.allowCapabilityFallback
  const answer = fallback
    ? await getDocument(`${base}/metadata`, 'application/fhir+json, application/json', outbound)
    : first
  const body = bodyOf(answer, now)
  if (!body.ok) return body
  const parsed = fallback
    ? parseCapabilityStatement(body.value.json, http)
    : parseSmartConfiguration(body.value.json, http, base)
  if (!parsed.ok) return parsed
  const until = keepUntil(body.value.headers, DOCUMENT_LIFETIME, now)
  const issuer = parsed.value.issuer ?? site.allowedIssuers[0]
  if (parsed.value.jwksUri !== undefined || issuer === undefined) return ok({ value: parsed.value, until })
  // A server that names no keys is asked for them the way OpenID Connect has it, at an issuer that is expected.
  const jwksUri = await openidJwksUri(issuer, outbound, http)
  return ok({ value: { ...parsed.value, jwksUri }, until: jwksUri === undefined ? now : until })
}

function bodyOf(answer: Answer, now: Date): SmartResult<{ json: unknown; headers: Headers }> {
  if (answer.kind === 'silent') return fail('smart_discovery_unreachable', { detail: answer.why })
  if (answer.status !== 200) {
    const wait = retryAfterSeconds(answer.headers, now)
    return fail(answer.status === 429 ? 'smart_throttled' : 'smart_discovery_unreachable', {
      detail: `status ${answer.status}`,
      ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    })
  }
  const json = jsonOf(answer.text)
  if (json === undefined) return fail('smart_discovery_invalid', { detail: 'not JSON' })
  return ok({ json, headers: answer.headers })
}

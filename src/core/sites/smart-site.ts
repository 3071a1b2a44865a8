import { calculateJwkThumbprint, type JWK } from 'jose'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import type { Result } from '../result.ts'
import type { AssertionKey } from '../smart/public-jwks.ts'
import type { ClientAuth, SmartClient, SmartSite } from '../smart/types.ts'
import type { Site, SiteClient } from './site.ts'

/** Our key for client assertions; its id is the thumbprint (RFC 7638), so that it says itself who it is. */
export async function assertionKey(json: string): Promise<AssertionKey> {
  const key = JSON.parse(json) as JWK
  if (key.d === undefined || (key.kty !== 'EC' && key.kty !== 'RSA'))
    throw new Error('CLIENT_ASSERTION_KEY must be a private JWK: EC P-384 (ES384) or RSA (RS384)')
  return {
    key,
    kid: (await calculateJwkThumbprint(key)).slice(0, 16),
    alg: key.kty === 'EC' ? 'ES384' : 'RS384',
  }
}

/** A site as the SMART client needs it, its secret opened. Throws where a sealed secret does not open: a lost key. */
export function smartSite(site: Site, key: AssertionKey, fieldKeys: KeyRing): SmartSite {
  const clientOf = (client: SiteClient): SmartClient => ({
    clientId: client.clientId,
    clientAuth: auth(site, client, key, fieldKeys),
    scopes: client.scopes,
  })
  return {
    ...clientOf(site.launch),
    fhirBaseUrl: site.fhirBaseUrl,
    allowedIssuers: site.allowedIssuers,
    allowCapabilityFallback: site.allowCapabilityFallback,
    ...(site.system ? { system: clientOf(site.system) } : {}),
  }
}

/** An EHR's client secret is written and used, never shown again. */
export function sealClientSecret(
  fieldKeys: KeyRing,
  site: { tenantId: string; siteId: string },
  secret: string,
): string {
  return seal(fieldKeys, secretContext(site), secret)
}

export function openClientSecret(
  fieldKeys: KeyRing,
  site: { tenantId: string; siteId: string },
  sealed: string,
): Result<string, 'seal_invalid'> {
  return unseal(fieldKeys, secretContext(site), sealed)
}

function auth(
  site: Site,
  { auth: given }: SiteClient,
  { key, kid, alg }: AssertionKey,
  fieldKeys: KeyRing,
): ClientAuth {
  if (given.method === 'none') return { method: 'none' }
  if (given.method === 'private_key_jwt') return { method: 'private_key_jwt', key, kid, alg }
  const secret = openClientSecret(fieldKeys, site, given.sealedSecret)
  if (!secret.ok)
    throw new Error(`the client secret of site ${site.siteId} does not open with the present field keys`)
  return { method: 'client_secret_basic', secret: secret.value }
}

function secretContext(site: { tenantId: string; siteId: string }): string {
  return `sites|${site.tenantId}|${site.siteId}|client-secret`
}

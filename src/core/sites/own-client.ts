import { fail, ok, type Result } from '../result.ts'
import type { SmartClient, SmartConfiguration } from '../smart/types.ts'
import type { Owner } from './site-index.ts'
import type { SiteStore } from './site-store.ts'

/**
 * Whether a client may be used by this site. Only clients that prove themselves with the deployment's key are looked
 * at: a secret is known to its tenant alone, and a public client proves nothing.
 * @returns `smart_client_rejected` where another tenant uses the client at this token endpoint.
 */
export async function ownClient(
  sites: Pick<SiteStore, 'claimClient'>,
  { tenantId, siteId }: Owner,
  client: SmartClient,
  config: Pick<SmartConfiguration, 'tokenEndpoint'>,
): Promise<Result<void, 'smart_client_rejected'>> {
  if (client.clientAuth.method !== 'private_key_jwt') return ok(undefined)
  const claimed = await sites.claimClient({ tenantId, siteId }, config.tokenEndpoint, client.clientId)
  return claimed.ok ? claimed : fail('smart_client_rejected', { detail: claimed.failure.code })
}

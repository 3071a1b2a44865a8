import type { App } from '../app.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { isCurrent } from '../keys/seal.ts'
import type { Site, SiteClient } from './site.ts'
import { openClientSecret, sealClientSecret } from './smart-site.ts'

export type Resealed = {
  /** Sites whose client secrets were sealed again with the current key. */
  readonly sites: number
  /** Sites with a secret that no present key opens: it has to be entered again. */
  readonly unreadable: number
}

/**
 * Seals the EHR client secrets that were sealed with the previous field key again with the current one, so that a rotation
 * can be ended without anybody typing them anew. A site that somebody changed meanwhile is left for the next time.
 * Doing it twice does nothing.
 */
export async function resealSecrets({ sites, keys }: Pick<App, 'sites' | 'keys'>): Promise<Resealed> {
  let [done, unreadable] = [0, 0]
  for (const site of await sites.all()) {
    if (!clientsOf(site).some((client) => isOld(client, keys.field))) continue
    const read = await sites.read(site.tenantId, site.siteId)
    if (!read) continue
    const next = resealed(read.value, keys.field)
    if (!next) unreadable++
    else if ((await sites.save(next, read.version)).ok) done++
  }
  return { sites: done, unreadable }
}

function clientsOf({ launch, system }: Site): SiteClient[] {
  return system ? [launch, system] : [launch]
}

function isOld({ auth }: SiteClient, ring: KeyRing): boolean {
  return auth.method === 'client_secret_basic' && !isCurrent(ring, auth.sealedSecret)
}

/** @returns undefined where a secret does not open. */
function resealed(site: Site, ring: KeyRing): Site | undefined {
  const again = (client: SiteClient): SiteClient | undefined => {
    const { auth } = client
    if (auth.method !== 'client_secret_basic' || !isOld(client, ring)) return client
    const secret = openClientSecret(ring, site, auth.sealedSecret)
    return secret.ok
      ? { ...client, auth: { ...auth, sealedSecret: sealClientSecret(ring, site, secret.value) } }
      : undefined
  }
  const [launch, system] = [again(site.launch), site.system && again(site.system)]
  if (!launch || (site.system && !system)) return undefined
  return { ...site, launch, ...(system ? { system } : {}) }
}

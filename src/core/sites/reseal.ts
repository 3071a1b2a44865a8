import type { App } from '../app.ts'
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
  for (const { tenantId, siteId } of await sites.all()) {
    const read = await sites.read(tenantId, siteId)
    if (!read) continue
    const next = resealed(read.value, keys.field)
    if (next === 'unreadable') unreadable++
    else if (next !== 'current' && (await sites.save(next, read.version)).ok) done++
  }
  return { sites: done, unreadable }
}

function resealed(site: Site, ring: App['keys']['field']): Site | 'current' | 'unreadable' {
  const clients = [site.launch, ...(site.system ? [site.system] : [])]
  const old = clients.filter(
    ({ auth }) => auth.method === 'client_secret_basic' && !isCurrent(ring, auth.sealedSecret),
  )
  if (old.length === 0) return 'current'
  const again = (client: SiteClient): SiteClient | undefined => {
    const { auth } = client
    if (auth.method !== 'client_secret_basic' || !old.includes(client)) return client
    const secret = openClientSecret(ring, site, auth.sealedSecret)
    return secret.ok
      ? { ...client, auth: { ...auth, sealedSecret: sealClientSecret(ring, site, secret.value) } }
      : undefined
  }
  const [launch, system] = [again(site.launch), site.system && again(site.system)]
  if (!launch || (site.system && !system)) return 'unreadable'
  return { ...site, launch, ...(system ? { system } : {}) }
}

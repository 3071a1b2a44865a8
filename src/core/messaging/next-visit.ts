import type { IdentityKeys } from '../keys/identity.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import type { Visit } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { visitsTexted } from './numbers.ts'

const MINUTE = 60_000

/**
 * The visit that somebody means who asks for their link: of those that this number was texted about lately, the one that
 * comes next, or is running.
 */
export async function nextVisit(
  {
    store,
    identity,
    visits,
    now,
  }: {
    readonly store: Pick<Store, 'tables'>
    readonly identity: IdentityKeys
    readonly visits: Pick<VisitStore, 'find'>
    readonly now: () => Date
  },
  sites: readonly Site[],
  phone: string,
): Promise<Visit | undefined> {
  const found = new Map<string, Visit>()
  for (const tenantId of new Set(sites.map((site) => site.tenantId)))
    for (const { siteId, visitKey } of await visitsTexted(store, identity, tenantId, phone, now())) {
      if (found.has(visitKey) || !sites.some((site) => site.siteId === siteId && site.tenantId === tenantId))
        continue
      const visit = await visits.find({ tenantId, siteId, visitKey })
      if (visit) found.set(visitKey, visit)
    }
  const end = ({ row }: Visit) => Date.parse(row.start) + row.minutes * MINUTE
  return [...found.values()]
    .filter((visit) => !visit.row.cancelled && visit.row.video && end(visit) > now().getTime())
    .sort((a, b) => (a.row.start < b.row.start ? -1 : 1))[0]
}

import type { IdentityKeys } from '../keys/identity.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import type { VisitRef } from '../visits/visit.ts'
import { type Caps, unwantedTexts } from './caps.ts'
import type { NumberBook } from './numbers.ts'

export type LinkCapPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly identity: IdentityKeys
  readonly numbers: NumberBook
  readonly caps: Caps
  readonly now: () => Date
}

/** Why a text that somebody asks for by hand is not to go out. */
export type LinkCap = 'link_opted_out' | 'link_number_cap' | 'link_tenant_cap'

/**
 * Counts a text that is sent by hand among all texts of the last 24 hours, or refuses it: a form is as good a way as any to
 * make us text numbers that earn by it. The site's own cap for one patient, which is meant for what we send unasked, does
 * not hold it. The same form again is the same text.
 */
export async function countLinkText(
  { store, identity, numbers, caps, now }: LinkCapPorts,
  { tenantId, siteId }: Pick<Site, 'tenantId' | 'siteId'>,
  { visitKey }: Pick<VisitRef, 'visitKey'>,
  to: string,
  form: string,
): Promise<Result<void, LinkCap>> {
  const id = identity
    .repeatabilityId(tenantId, `counted link ${visitKey} ${form}`)
    .replaceAll('-', '')
    .slice(-12)
  const text = { id, to, visitKey }
  const lately = await numbers.lately(store, tenantId, now())
  const [reason] = unwantedTexts([text], lately, caps, caps.number)
  if (reason === 'opted_out') return fail('link_opted_out')
  if (reason === 'daily_cap') return fail('link_number_cap')
  if (reason !== undefined) return fail('link_tenant_cap')
  if (!lately.isCounted(id)) await numbers.note(store, { tenantId, siteId }, [text], now())
  return ok(undefined)
}

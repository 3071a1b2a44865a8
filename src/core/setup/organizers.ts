import type { Site } from '../sites/site.ts'
import type { Tenant } from '../sites/tenant.ts'

/**
 * Meetings of one account in a month that we plan with: Graph stops at 2,000 (Microsoft Graph service-specific
 * throttling limits, "Online meetings"); the rest is for visits that are opened and never held.
 */
export const VISITS_PER_ACCOUNT = 1_800

/** How many organizer accounts so many visits in a month need. Pure. */
export function accountsNeeded(visitsPerMonth: number): number {
  return Math.max(1, Math.ceil(visitsPerMonth / VISITS_PER_ACCOUNT))
}

const USER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An Entra object id as forms carry it, in lower case; undefined where it is none. */
export function userIdOf(given: string | null): string | undefined {
  const id = given?.trim().toLowerCase() ?? ''
  return USER_ID.test(id) ? id : undefined
}

/** As many as the tenant's configuration holds. */
export const MOST_ORGANIZERS = 500

export function withOrganizer(tenant: Tenant, userId: string): Tenant {
  return tenant.organizers.includes(userId)
    ? tenant
    : { ...tenant, organizers: [...tenant.organizers, userId] }
}

export function withoutOrganizer(tenant: Tenant, userId: string): Tenant {
  return { ...tenant, organizers: tenant.organizers.filter((id) => id !== userId) }
}

/**
 * The sites that an organizer still works for. Such an account stays: visits that are booked have their meeting with it,
 * and a site without any organizer opens none.
 */
export function sitesOf(
  userId: string,
  sites: readonly Pick<Site, 'siteId' | 'name' | 'organizers'>[],
): readonly { readonly siteId: string; readonly name: string }[] {
  return sites
    .filter(({ organizers }) => organizers.includes(userId))
    .map(({ siteId, name }) => ({ siteId, name }))
}

/** The number of visits as it was typed, thousands separated or not; undefined where it is none. */
export function visitsOf(typed: string | null): number | undefined {
  const digits = (typed ?? '').replace(/[\s,.’']/g, '')
  const visits = /^\d{1,8}$/.test(digits) ? Number(digits) : 0
  return visits >= 1 && visits <= 10_000_000 ? visits : undefined
}

import type { EntraTenant, EntraUser } from '../contracts.ts'

/** Path segments that stand for "any organization" (Microsoft identity platform and OpenID Connect protocol). */
const ANY = new Set(['organizations', 'common'])

/** A user together with the tenant they belong to. */
export type Member = { readonly tenant: EntraTenant; readonly user: EntraUser }

/** What a path's tenant segment stands for: one tenant or any. */
export type Scope =
  | { readonly kind: 'one'; readonly segment: string; readonly tenant: EntraTenant }
  | { readonly kind: 'any'; readonly segment: string }

/** Finds the tenant of a path segment: an id, a verified domain, `organizations` or `common`; undefined if unknown. */
export function scopeOf(tenants: readonly EntraTenant[], segment: string): Scope | undefined {
  const wanted = segment.toLowerCase()
  if (ANY.has(wanted)) return { kind: 'any', segment: wanted }
  const tenant = tenants.find((one) => one.id === wanted || domainsOf(one).has(wanted))
  return tenant && { kind: 'one', segment: wanted, tenant }
}

/** The tenants whose people may sign in under a scope. */
export function tenantsIn(tenants: readonly EntraTenant[], scope: Scope): readonly EntraTenant[] {
  return scope.kind === 'one' ? [scope.tenant] : tenants
}

/** Finds a user by object id among the given tenants. */
export function memberById(tenants: readonly EntraTenant[], userId: string): Member | undefined {
  return find(tenants, (user) => user.id === userId)
}

/** Finds a user by sign-in name among the given tenants. */
export function memberByName(tenants: readonly EntraTenant[], upn: string): Member | undefined {
  return find(tenants, (user) => user.upn.toLowerCase() === upn.toLowerCase())
}

/** Domains that a tenant's sign-in names end in. */
export function domainsOf(tenant: EntraTenant): Set<string> {
  return new Set(tenant.users.map((user) => user.upn.split('@')[1]?.toLowerCase() ?? ''))
}

function find(tenants: readonly EntraTenant[], wanted: (user: EntraUser) => boolean): Member | undefined {
  for (const tenant of tenants) {
    const user = tenant.users.find(wanted)
    if (user) return { tenant, user }
  }
  return undefined
}

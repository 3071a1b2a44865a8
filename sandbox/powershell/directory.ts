import type { EntraTenant } from '../contracts.ts'

/** What a Teams administrator has set in one organization. */
export type TenantPolicies = {
  readonly tenant: EntraTenant
  /** Application access policies by identity, in the letter case that they were made in. */
  readonly policies: Map<string, AccessPolicy>
  /** Which policy a user has been given; `Global` stands for everybody without one of their own. */
  readonly grants: Map<string, string>
  readonly meeting: { allowAnonymousUsersToJoinMeeting: boolean }
}

export type AccessPolicy = { readonly identity: string; appIds: readonly string[]; description: string }

export const GLOBAL = 'Global'

/** As an organization begins: no access policy, and anonymous people may join, which is the vendor's default. */
export function newPolicies(tenant: EntraTenant): TenantPolicies {
  return {
    tenant,
    policies: new Map(),
    grants: new Map(),
    meeting: { allowAnonymousUsersToJoinMeeting: true },
  }
}

/** Policies are found whatever their letter case, and with or without the `Tag:` that they are listed under. */
export function policyNamed(policies: TenantPolicies, name: string): AccessPolicy | undefined {
  const wanted = name.replace(/^tag:/i, '').toLowerCase()
  return [...policies.policies.values()].find(({ identity }) => identity.toLowerCase() === wanted)
}

/** Object ids of everybody whose policy names the application. */
export function holders(policies: TenantPolicies, appId: string): Set<string> {
  const names = (policy: string | undefined) =>
    policy !== undefined && policyNamed(policies, policy)?.appIds.includes(appId) === true
  const everybody = policies.grants.get(GLOBAL)
  return new Set(
    policies.tenant.users.map(({ id }) => id).filter((id) => names(policies.grants.get(id) ?? everybody)),
  )
}

import type { Tenant } from '../sites/tenant.ts'

/** Raised when the words of a consent change (pages/portal/texts/consents.tsx): who agreed to others agrees anew. */
export const CONSENT_WORDING = 1

export const consentKinds = ['sending', 'recipients'] as const
export type ConsentKind = (typeof consentKinds)[number]

/** Whether patients may be texted for the tenant: both consents were given, whatever a form says. Pure. */
export function hasConsents({ smsConsents }: Pick<Tenant, 'smsConsents'>): boolean {
  return consentKinds.every((kind) => smsConsents[kind] !== undefined)
}

/** The tenant with both consents; one that was given to these words before stays as it was. Pure. */
export function consented(tenant: Tenant, by: string, now: Date): Tenant {
  const given = { at: now.toISOString(), by, wording: CONSENT_WORDING }
  const kept = consentKinds.map((kind) => {
    const before = tenant.smsConsents[kind]
    return [kind, before?.wording === CONSENT_WORDING ? before : given] as const
  })
  return { ...tenant, smsConsents: Object.fromEntries(kept) }
}

/** The tenant without consents: no patient may be texted any more. Pure. */
export function withdrawn(tenant: Tenant): Tenant {
  return { ...tenant, smsConsents: {} }
}

/** What is asked of an EHR unless an administrator says otherwise; SMART v1 spelling, which v2 servers take too. */
export const PROVIDER_SCOPES =
  'launch openid fhirUser user/Appointment.read user/Encounter.read user/Patient.read user/Practitioner.read user/Location.read'
export const SYSTEM_SCOPES =
  'system/Appointment.read system/Encounter.read system/Patient.read system/Location.read'
export const PATIENT_SCOPES =
  'launch openid fhirUser patient/Appointment.read patient/Encounter.read patient/Patient.read'

export type SiteScopes = { readonly launch: string; readonly system: string; readonly patient: string }

/**
 * The scopes to register, in the spelling that an authorization server takes: version 1 unless it names version 2 alone
 * (SMART App Launch 2.2.0 §Scopes for requesting FHIR Resources; Oracle Health asks applications for version 1).
 * @param capabilities of its smart-configuration; none where it said nothing.
 */
export function scopesFor(capabilities: readonly string[]): SiteScopes {
  const second = capabilities.includes('permission-v2') && !capabilities.includes('permission-v1')
  const spelled = (scopes: string) => (second ? scopes.replace(/\.read\b/g, '.rs') : scopes)
  return {
    launch: spelled(PROVIDER_SCOPES),
    system: spelled(SYSTEM_SCOPES),
    patient: spelled(PATIENT_SCOPES),
  }
}

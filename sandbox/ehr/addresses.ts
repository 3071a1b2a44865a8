/**
 * Where the stand-in answers. Oracle Health serves SMART and FHIR from several hosts (authorization.cerner.com,
 * fhir-ehr.cerner.com); here one origin serves all, with the vendor's paths kept so that nobody can hard-code them.
 */
export type EhrAddresses = {
  readonly origin: string
  readonly tenant: string
  /** FHIR base of the provider persona: the `iss` of a launch and the `aud` of an authorize request. */
  readonly fhirBaseUrl: string
  readonly authorizePath: string
  /** FHIR base of the patient persona: the patient portal launches from it. Oracle Health has another host for it. */
  readonly patientBaseUrl: string
  readonly patientAuthorizePath: string
  readonly tokenPath: string
  readonly jwksPath: string
  /** Under this path an `error_uri` leads somewhere. */
  readonly errorsPath: string
  /** `issuer` of smart-configuration. */
  readonly issuer: string
  /** `iss` of the id_tokens: Oracle Health's differs from the `issuer` in smart-configuration. */
  readonly idTokenIssuer: string
}

/** The EHR tenants of the two synthetic clinics. */
export const CLINIC_TENANT = '7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41'
export const WOODGROVE_TENANT = 'c4e80a17-92b6-4f3d-8b25-d17f6a0e5b94'

export function ehrAddresses(origin: string, tenant: string): EhrAddresses {
  const profile = 'protocols/oauth2/profiles/smart-v1'
  const fhirBaseUrl = `${origin}/r4/${tenant}`
  return {
    origin,
    tenant,
    fhirBaseUrl,
    authorizePath: `/tenants/${tenant}/${profile}/personas/provider/authorize`,
    patientBaseUrl: `${origin}/myrecord/r4/${tenant}`,
    patientAuthorizePath: `/tenants/${tenant}/${profile}/personas/patient/authorize`,
    tokenPath: `/tenants/${tenant}/hosts/fhir-ehr/${profile}/token`,
    jwksPath: '/jwk',
    errorsPath: '/errors',
    issuer: fhirBaseUrl,
    idTokenIssuer: `${origin}/tenants/${tenant}/oidc/idsps/${tenant}/`,
  }
}

import type { EhrAddresses } from './addresses.ts'

/** The same of the patient persona: another base and authorize address, and scopes that end at the patient. */
export function patientSmartConfiguration(addresses: EhrAddresses): Record<string, unknown> {
  return {
    ...smartConfiguration(addresses),
    issuer: addresses.patientBaseUrl,
    authorization_endpoint: `${addresses.origin}${addresses.patientAuthorizePath}`,
    scopes_supported: [
      'openid',
      'profile',
      'fhirUser',
      'launch',
      'patient/Appointment.read',
      'patient/Encounter.read',
      'patient/Patient.read',
    ],
    capabilities: [
      'launch-ehr',
      'client-public',
      'client-confidential-symmetric',
      'client-confidential-asymmetric',
      'sso-openid-connect',
      'context-ehr-patient',
      'permission-patient',
      'permission-v1',
      'permission-v2',
    ],
  }
}

/** `.well-known/smart-configuration` as Oracle Health serves it. SMART App Launch 2.2, "Conformance". */
export function smartConfiguration(addresses: EhrAddresses): Record<string, unknown> {
  return {
    issuer: addresses.issuer,
    jwks_uri: `${addresses.origin}${addresses.jwksPath}`,
    authorization_endpoint: `${addresses.origin}${addresses.authorizePath}`,
    token_endpoint: `${addresses.origin}${addresses.tokenPath}`,
    grant_types_supported: ['authorization_code', 'client_credentials'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    scopes_supported: [
      'openid',
      'profile',
      'fhirUser',
      'launch',
      'online_access',
      'user/Appointment.read',
      'user/Appointment.write',
      'user/Encounter.read',
      'user/Location.read',
      'user/Patient.read',
      'user/Practitioner.read',
      'user/RelatedPerson.read',
      'system/Appointment.read',
      'system/Appointment.write',
      'system/Encounter.read',
      'system/Location.read',
      'system/Patient.read',
      'system/Practitioner.read',
      'system/RelatedPerson.read',
    ],
    capabilities: [
      'launch-ehr',
      'client-public',
      'client-confidential-symmetric',
      'client-confidential-asymmetric',
      'sso-openid-connect',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-banner',
      'context-style',
      'permission-online',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
  }
}

/** The OpenID configuration under the id_token's issuer, from which a relying party may find the keys as well. */
export function openidConfiguration(addresses: EhrAddresses): Record<string, unknown> {
  return {
    issuer: addresses.idTokenIssuer,
    jwks_uri: `${addresses.origin}${addresses.jwksPath}`,
    authorization_endpoint: `${addresses.origin}${addresses.authorizePath}`,
    token_endpoint: `${addresses.origin}${addresses.tokenPath}`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

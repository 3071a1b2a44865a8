import type { JWK } from 'jose'

/** How one client proves itself at the token endpoint (SMART App Launch 2.2.0 §Client Authentication). */
export type ClientAuth =
  | { readonly method: 'none' }
  | {
      readonly method: 'private_key_jwt'
      /** A private key; a JWK is imported for each assertion, a CryptoKey is used as it is. */
      readonly key: JWK | CryptoKey
      /** The `kid` that our published JWKS carries for this key. */
      readonly kid: string
      readonly alg: 'RS384' | 'ES384'
    }
  | { readonly method: 'client_secret_basic'; readonly secret: string }

export type SmartClient = {
  readonly clientId: string
  readonly clientAuth: ClientAuth
  /** Space-separated scopes, SMART v1 (`user/Appointment.read`) or v2 (`user/Appointment.rs`). */
  readonly scopes: string
}

/** What SMART needs to know of a site. The client of the launch is the site's own, the system account's may differ. */
export type SmartSite = SmartClient & {
  /** FHIR base URL as the EHR sends it in `iss`; `aud` repeats it. */
  readonly fhirBaseUrl: string
  /** Issuers of id_tokens besides the discovered one; exact strings, a trailing slash counts. */
  readonly allowedIssuers: readonly string[]
  /** The CapabilityStatement's oauth-uris may be used where the EHR has no smart-configuration. */
  readonly allowCapabilityFallback: boolean
  /** The system account (SMART Backend Services) of sweeps. */
  readonly system?: SmartClient
}

/** The way out. `fetch` is the app's guarded one: it refuses redirects and private addresses, caps size and time. */
export type Outbound = {
  readonly fetch: typeof fetch
  /** Development only: endpoints on http loopback are accepted where the FHIR base itself is one. */
  readonly allowHttp?: boolean
}

/** An EHR's authorization server as discovered, parsed and checked. */
export type SmartConfiguration = {
  readonly source: 'smart_configuration' | 'capability_statement'
  readonly issuer: string | undefined
  readonly jwksUri: string | undefined
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  /** What the server says it can do; empty where it did not say. */
  readonly capabilities: readonly string[]
  readonly grantTypes: readonly string[]
  readonly tokenEndpointAuthMethods: readonly string[]
  readonly scopes: readonly string[]
  /** The server promises `iss` in every authorization response (RFC 9207 §3). */
  readonly sendsIssuer: boolean
}

/** One item of `fhirContext` (SMART App Launch 2.2.0 §fhirContext). */
export type FhirContextItem = {
  readonly reference: string
  readonly type?: string
  readonly role?: string
}

/** A token response that was parsed; what Cerner, Epic and the specification put into it, under one set of names. */
export type TokenResponse = {
  readonly accessToken: string
  readonly expiresAt: Date
  /** Granted scopes, space-separated; the asked ones where the server did not say (RFC 6749 §5.1). */
  readonly scope: string
  /** Asked access that was not granted, as it was asked. */
  readonly missingScopes: readonly string[]
  readonly refreshToken?: string
  /** Unverified; see id-token.ts. */
  readonly idToken?: string
  /** False only where the EHR says that its own banner already shows the patient. */
  readonly needPatientBanner: boolean
  readonly patient?: string
  readonly encounter?: string
  readonly appointment?: string
  readonly location?: string
  /** Epic's login department, as sent. */
  readonly loginDepartment?: string
  readonly fhirContext: readonly FhirContextItem[]
  readonly intent?: string
  /** Cerner: bare Practitioner id, sign-in name and EHR tenant. Unsigned: never a reason to trust anyone. */
  readonly user?: string
  readonly username?: string
  readonly tenant?: string
}

/** The key of an EHR user: `issuer` and `subject` together are stable and unique (OpenID Connect Core §5.7). */
export type EhrUser = {
  readonly issuer: string
  readonly subject: string
  readonly practitionerId?: string
}

import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { SmartConfiguration, SmartSite } from '../../../src/core/smart/types.ts'

export const NOW = new Date('2025-03-04T10:00:00Z')
export const BASE = 'https://ehr.example.org/r4/clinic'
export const AUTH = 'https://login.ehr.example.org'

export const later = (seconds: number, from = NOW) => new Date(from.getTime() + seconds * 1000)

export const site: SmartSite = {
  fhirBaseUrl: BASE,
  clientId: 'client-1',
  clientAuth: { method: 'none' },
  scopes: 'openid fhirUser user/Appointment.read user/Patient.read',
  allowedIssuers: [`${AUTH}/tenants/clinic/`],
  allowCapabilityFallback: false,
}

export const config: SmartConfiguration = {
  source: 'smart_configuration',
  issuer: AUTH,
  jwksUri: `${AUTH}/jwk`,
  authorizationEndpoint: `${AUTH}/authorize`,
  tokenEndpoint: `${AUTH}/token`,
  capabilities: ['launch-ehr'],
  grantTypes: ['authorization_code'],
  tokenEndpointAuthMethods: ['private_key_jwt'],
  scopes: [],
  sendsIssuer: false,
}

/** The document as Cerner publishes it, in the fields that matter here. */
export const smartDocument = {
  issuer: AUTH,
  jwks_uri: `${AUTH}/jwk`,
  authorization_endpoint: `${AUTH}/authorize`,
  token_endpoint: `${AUTH}/token`,
  capabilities: ['launch-ehr', 'sso-openid-connect'],
  grant_types_supported: ['authorization_code', 'client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
  code_challenge_methods_supported: ['S256'],
}

export type Sent = {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: URLSearchParams
}
export type Handler = (sent: Sent) => Response | Promise<Response>

/** A fetch that speaks the wire: what is not routed does not exist; what was sent is kept. */
export function wire(routes: Record<string, Handler>) {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const one = {
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: new URLSearchParams(await request.text()),
    }
    sent.push(one)
    const handler = routes[request.url]
    return handler ? handler(one) : new Response('', { status: 404 })
  }
  return { fetch, sent, routes }
}

export const json =
  (body: unknown, init: ResponseInit = {}) =>
  () =>
    Response.json(body, init)
export const down = () => {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}

export type Signer = {
  readonly privateKey: CryptoKey
  readonly jwk: JWK
  readonly kid: string
  readonly alg: string
}

export async function signer(kid: string, alg = 'RS256'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }, kid, alg }
}

export function idToken(by: Signer, claims: Record<string, unknown>): Promise<string> {
  const seconds = Math.floor(NOW.getTime() / 1000)
  return new SignJWT({
    iss: `${AUTH}/tenants/clinic/`,
    sub: 'user-7',
    aud: 'client-1',
    iat: seconds - 1,
    exp: seconds + 570,
    nonce: 'nonce-1',
    fhirUser: `${BASE}/Practitioner/4122622`,
    ...claims,
  })
    .setProtectedHeader({ alg: by.alg, kid: by.kid })
    .sign(by.privateKey)
}

/** The code of a failure, or `ok`. */
export function codeOf(result: { ok: true } | { ok: false; failure: { code: string } }): string {
  return result.ok ? 'ok' : result.failure.code
}

import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import type { EhrClient } from '../../../sandbox/contracts.ts'
import { type SandboxEhr, startEhr } from '../../../sandbox/ehr/ehr.ts'

export const LAUNCH_URL = 'http://localhost:7071/launch/provider'
export const REDIRECT_URI = 'http://localhost:7071/launch/callback'
export const USER_SCOPE =
  'launch openid fhirUser profile online_access user/Appointment.read user/Appointment.write user/Patient.read user/Encounter.read'
export const SYSTEM_SCOPE =
  'system/Appointment.read system/Appointment.write system/Patient.read system/Location.read'

/** A clock that a test moves; it starts at the machine's time, because the client library looks at that one. */
export function movableClock(): { now: () => Date; advance: (ms: number) => void } {
  let offset = 0
  return {
    now: () => new Date(Date.now() + offset),
    advance(ms) {
      offset += ms
    },
  }
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>> & { readonly kid: string; readonly alg: string }

async function keyPair(alg: 'RS384' | 'ES384' | 'RS256', kid: string): Promise<KeyPair> {
  return { ...(await generateKeyPair(alg, { extractable: true })), kid, alg }
}

async function publicJwk(pair: KeyPair): Promise<JWK> {
  return { ...(await exportJWK(pair.publicKey)), kid: pair.kid, use: 'sig' }
}

/** An EHR with four registered clients, and what each needs to speak with it. */
export type EhrWithApps = {
  readonly ehr: SandboxEhr
  readonly as: oauth.AuthorizationServer
  readonly tokenEndpoint: string
  readonly rs384: KeyPair
  readonly es384: KeyPair
  readonly rs256: KeyPair
  readonly clock: ReturnType<typeof movableClock>
}

export async function ehrWithApps(): Promise<EhrWithApps> {
  const clock = movableClock()
  const ehr = await startEhr({ port: 0, now: clock.now })
  const [rs384, es384, rs256] = await Promise.all([
    keyPair('RS384', 'app-rsa'),
    keyPair('ES384', 'app-ec'),
    keyPair('RS256', 'app-rs256'),
  ])
  const keys = (await Promise.all([rs384, es384, rs256].map(publicJwk))) as Record<string, unknown>[]
  const interactive = {
    redirectUris: [REDIRECT_URI],
    scope: USER_SCOPE,
    grants: ['authorization_code'] as const,
  }
  const clients: EhrClient[] = [
    { ...interactive, clientId: 'app-key', kind: 'private_key_jwt', jwks: { keys } },
    { ...interactive, clientId: 'app-secret', kind: 'client_secret_basic', secret: 'the-app-secret' },
    { ...interactive, clientId: 'app-public', kind: 'public', scope: `${USER_SCOPE} patient/Patient.read` },
    {
      clientId: 'app-system',
      kind: 'private_key_jwt',
      jwks: { keys },
      redirectUris: [],
      scope: SYSTEM_SCOPE,
      grants: ['client_credentials'],
    },
  ]
  for (const client of clients) ehr.register(client)
  const found = await fetch(`${ehr.fhirBaseUrl}/.well-known/smart-configuration`)
  const as = (await found.json()) as oauth.AuthorizationServer
  return { ehr, as, tokenEndpoint: as.token_endpoint ?? '', rs384, es384, rs256, clock }
}

/** What a launch starts with, and the address to open. Changes to the parameters make a wrong launch. */
export async function authorizeUrl(
  apps: EhrWithApps,
  clientId: string,
  change: Record<string, string | undefined> = {},
  launchAddress = launchOf(apps),
): Promise<{ url: URL; verifier: string; state: string; nonce: string }> {
  const opened = new URL(launchAddress)
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    scope: USER_SCOPE,
    state,
    nonce,
    aud: opened.searchParams.get('iss') ?? '',
    launch: opened.searchParams.get('launch') ?? '',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...change,
  }
  const url = new URL(apps.as.authorization_endpoint ?? '')
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return { url, verifier, state, nonce }
}

/** A launch from the first upcoming video visit on the board. */
export function launchOf(
  apps: EhrWithApps,
  context?: 'appointment' | 'encounter' | 'patient' | 'none',
): string {
  const row = apps.ehr.board().find((candidate) => candidate.video && candidate.status === 'booked')
  if (!row) throw new Error('the seed has no booked video visit')
  const { practitionerId, appointmentId } = row
  return apps.ehr.launchUrl(LAUNCH_URL, { practitionerId, appointmentId }, context)
}

/** Follows redirects by hand, with a small cookie jar, until the application's own address comes. */
export async function browse(start: URL): Promise<URL> {
  const jar = new Map<string, string>()
  let url = start
  for (let hop = 0; hop < 10; hop += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`${response.status} without redirect: ${await response.text()}`)
    url = new URL(location, url)
    if (url.href.startsWith(REDIRECT_URI)) return url
  }
  throw new Error('too many redirects')
}

export type AssertionChange = {
  readonly key?: KeyPair
  readonly header?: Record<string, unknown>
  readonly claims?: Record<string, unknown>
}

/** A client assertion by hand, so that a test can make it wrong. */
export function assertion(
  apps: EhrWithApps,
  clientId: string,
  change: AssertionChange = {},
): Promise<string> {
  const key = change.key ?? apps.rs384
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: apps.tokenEndpoint,
    jti: crypto.randomUUID(),
    exp: now + 240,
    ...change.claims,
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...change.header })
    .sign(key.privateKey)
}

/** The token endpoint, raw. */
export function postToken(
  apps: EhrWithApps,
  body: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(apps.tokenEndpoint, { method: 'POST', headers, body: new URLSearchParams(body) })
}

/** Asks for a system token with an assertion. */
export async function postSystemToken(apps: EhrWithApps, change: AssertionChange = {}, scope = SYSTEM_SCOPE) {
  return postToken(apps, {
    grant_type: 'client_credentials',
    scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(apps, 'app-system', change),
  })
}

export async function systemToken(apps: EhrWithApps, scope = SYSTEM_SCOPE): Promise<string> {
  const response = await postSystemToken(apps, {}, scope)
  const { access_token } = (await response.json()) as { access_token?: string }
  if (!access_token) throw new Error(`no system token: ${response.status}`)
  return access_token
}

/** A nonce may be sent with the scope openid only. */
function nonceOnly(scope: string): { nonce?: undefined } {
  return scope.split(' ').includes('openid') ? {} : { nonce: undefined }
}

/** Goes through a launch as the public client up to the code, for tests of the token endpoint. */
export async function codeOf(
  apps: EhrWithApps,
  clientId = 'app-public',
  scope = USER_SCOPE,
  launch?: string,
) {
  const { url, verifier } = await authorizeUrl(apps, clientId, { scope, ...nonceOnly(scope) }, launch)
  const code = (await browse(url)).searchParams.get('code') ?? ''
  return {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  }
}

/** A FHIR request with a token, below the base. */
export function fhir(
  apps: EhrWithApps,
  token: string,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(`${apps.ehr.fhirBaseUrl}/${path}`, {
    ...init,
    headers: { accept: 'application/fhir+json', authorization: `Bearer ${token}`, ...init.headers },
  })
}

/** The four operations of a link patch. */
export function linkOps(op: 'add' | 'replace', link = 'https://example.com/provider') {
  return [
    { op, path: '/contained/0/telecom/0/value', value: link },
    { op, path: '/contained/1/telecom/0/value', value: 'https://example.com/patient' },
    { op, path: '/contained/0/telecom/0/period/start', value: '2030-01-01T08:00:00.000Z' },
    { op, path: '/contained/0/telecom/0/period/end', value: '2030-01-01T08:30:00.000Z' },
  ]
}

export function patch(
  apps: EhrWithApps,
  token: string,
  id: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fhir(apps, token, `Appointment/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json-patch+json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { certificateFor } from '../../../sandbox/certificates/authority.ts'
import { trustingFetch } from '../../../sandbox/certificates/trusting-fetch.ts'
import { startEntra } from '../../../sandbox/entra/entra.ts'
import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'

export const CLIENT = '5b9d0c3e-2f47-4a81-b6d9-8e1f70c24a10'
export const OTHER_CLIENT = '5b9d0c3e-2f47-4a81-b6d9-8e1f70c24a11'
export const REDIRECT_URI = 'http://localhost:7071/signin/callback'
export const KEY_ID = 'assertion-key'
export const VERIFIER = 'a-verifier-of-the-length-that-rfc-7636-asks-for'
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const shared = certificateFor(undefined)

/** A running stand-in with a clock that the test moves, one registered application and the raw requests of a client. */
export async function entraWorld() {
  const clock = { at: new Date('2026-03-10T15:00:00Z') }
  const certificate = await shared
  const entra = await startEntra({ httpsPort: 0, httpPort: 0, certificate, now: () => clock.at })
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const assertionJwks = { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID }] }
  for (const clientId of [CLIENT, OTHER_CLIENT]) {
    entra.register({ clientId, redirectUris: [REDIRECT_URI], assertionJwks })
  }
  const secureFetch = trustingFetch(certificate.ca)

  const authorizeUrl = (tenant: string, changes: Record<string, string | undefined> = {}) => {
    const url = new URL(`${entra.signInUrl}/${tenant}/oauth2/v2.0/authorize`)
    const usual = {
      client_id: CLIENT,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid profile',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      state: 'the state',
      nonce: 'the nonce',
    }
    for (const [name, value] of Object.entries({ ...usual, ...changes })) {
      if (value !== undefined) url.searchParams.set(name, value)
    }
    return url.href
  }
  const open = (url: string, cookie?: string) =>
    fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} })
  const submit = (url: string, form: Record<string, string>, cookie?: string) =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
      headers: cookie ? { cookie } : {},
    })

  /** Chooses an account in the picker; gives the code and the browser's session cookie. */
  const signIn = async (
    account: string = ACCOUNTS.northwind.familyDoctor,
    tenant = NORTHWIND_HEALTH,
    changes = {},
  ) => {
    const response = await submit(authorizeUrl(tenant, changes), { account })
    const location = new URL(response.headers.get('location') ?? 'about:blank')
    return {
      code: location.searchParams.get('code') ?? '',
      location,
      cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
    }
  }

  const assertion = (claims: JWTPayload = {}, header: Record<string, string> = {}, key = privateKey) => {
    const iat = Math.floor(clock.at.getTime() / 1000)
    const usual = { iss: CLIENT, sub: CLIENT, aud: tokenUrl(), jti: randomUUID(), nbf: iat, exp: iat + 300 }
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, ...header })
      .sign(key)
  }
  const tokenUrl = (tenant = NORTHWIND_HEALTH) => `${entra.authority}/${tenant}/oauth2/v2.0/token`

  /** Posts to the token endpoint as the registered client; `undefined` leaves a field out. */
  const token = async (form: Record<string, string | undefined>, tenant = NORTHWIND_HEALTH) => {
    const usual = {
      client_id: CLIENT,
      client_assertion_type: JWT_BEARER,
      client_assertion: 'client_assertion' in form ? undefined : await assertion({ aud: tokenUrl(tenant) }),
    }
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...usual, ...form })) {
      if (value !== undefined) body.set(name, value)
    }
    return secureFetch(tokenUrl(tenant), { method: 'POST', body })
  }
  const codeForm = (code: string) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  })
  const credentialsForm = (scope: string) => ({ grant_type: 'client_credentials', scope })

  return {
    entra,
    clock,
    certificate,
    privateKey,
    secureFetch,
    authorizeUrl,
    open,
    submit,
    signIn,
    assertion,
    tokenUrl,
    token,
    codeForm,
    credentialsForm,
  }
}

export type EntraWorld = Awaited<ReturnType<typeof entraWorld>>

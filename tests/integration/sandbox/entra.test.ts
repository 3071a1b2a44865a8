import { networkInterfaces } from 'node:os'
import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startEntra } from '../../../sandbox/entra/entra.ts'
import {
  ACCOUNTS,
  GLOBAL_ADMINISTRATOR,
  MEMBER,
  NORTHWIND_HEALTH,
  WOODGROVE_CLINICS,
} from '../../../sandbox/entra/tenants.ts'
import { GRAPH } from '../../../sandbox/entra/tokens.ts'
import { CLIENT, type EntraWorld, entraWorld, KEY_ID, OTHER_CLIENT, REDIRECT_URI } from './entra-world.ts'

let world: EntraWorld
beforeEach(async () => {
  world = await entraWorld()
})
afterEach(() => world.entra.close())

describe('a sign-in', () => {
  test('an unmodified OpenID Connect client signs a person in and verifies the id_token', async () => {
    const issuer = new URL(`${world.entra.authority}/${NORTHWIND_HEALTH}/v2.0`)
    const options = {
      [oauth.customFetch]: (
        url: string,
        { method, headers, body }: oauth.CustomFetchOptions<string, unknown>,
      ) => world.secureFetch(url, { method, headers, ...(body instanceof URLSearchParams && { body }) }),
    }
    const found = await oauth.discoveryRequest(issuer, options)
    const server = await oauth.processDiscoveryResponse(issuer, found)
    // oauth4webapi reads the machine's clock; the stand-in must live in the same time for this one test.
    world.clock.at = new Date()
    const client: oauth.Client = { client_id: CLIENT }
    const verifier = oauth.generateRandomCodeVerifier()
    const nonce = oauth.generateRandomNonce()
    const { location } = await world.signIn(ACCOUNTS.northwind.administrator, NORTHWIND_HEALTH, {
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      scope: 'openid profile email',
      nonce,
    })
    const parameters = oauth.validateAuthResponse(server, client, location, 'the state')
    const authentication = oauth.PrivateKeyJwt({ key: world.privateKey, kid: KEY_ID })
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      REDIRECT_URI,
      verifier,
      options,
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(server, response, options)
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({
      iss: issuer.href,
      aud: CLIENT,
      tid: NORTHWIND_HEALTH,
      oid: ACCOUNTS.northwind.administrator,
      name: 'Ana Ruiz',
      preferred_username: 'ana.ruiz@northwindhealth.example',
      email: 'ana.ruiz@northwindhealth.example',
      wids: [GLOBAL_ADMINISTRATOR, MEMBER],
    })
  })

  test('a browser that is signed in comes back at once, until another account is asked for', async () => {
    const { cookie } = await world.signIn()
    const location = async (changes: Record<string, string>, tenant = NORTHWIND_HEALTH) =>
      (await world.open(world.authorizeUrl(tenant, changes), cookie)).headers.get('location')
    expect(await location({})).toContain('code=')
    expect(await location({}, 'organizations')).toContain('code=')
    expect(await location({ prompt: 'none' })).toContain('code=')
    expect(await location({ login_hint: 'maya.okafor@northwindhealth.example' })).toContain('code=')
    expect(await location({ login_hint: 'liam.chen@northwindhealth.example' })).toBeNull()
    expect(await location({ prompt: 'select_account' })).toBeNull()
    expect(await location({ prompt: 'login' })).toBeNull()
    expect(await location({}, WOODGROVE_CLINICS)).toBeNull()
  })

  test('a session ends after a day and at sign-out', async () => {
    const { cookie } = await world.signIn()
    const account = { tenantId: NORTHWIND_HEALTH, userId: ACCOUNTS.northwind.familyDoctor }
    expect(world.entra.accountOf(`other=1; ${cookie}`)).toEqual(account)
    world.clock.at = new Date(world.clock.at.getTime() + 24 * 3_600_000)
    expect(world.entra.accountOf(cookie)).toBeUndefined()

    const { cookie: second } = await world.signIn()
    const logout = `${world.entra.signInUrl}/${NORTHWIND_HEALTH}/oauth2/v2.0/logout`
    const back = `${logout}?post_logout_redirect_uri=${encodeURIComponent(REDIRECT_URI)}&state=s`
    const answer = await world.open(back, second)
    expect(answer.headers.get('location')).toBe(`${REDIRECT_URI}?state=s`)
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(world.entra.accountOf(second)).toBeUndefined()
    const elsewhere = await world.open(`${logout}?post_logout_redirect_uri=https://elsewhere.example/`)
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([200, null])
    expect(world.entra.accountOf(undefined)).toBeUndefined()
  })

  test('the picker offers the people of the tenant that the address names', async () => {
    const pageOf = async (tenant: string, changes = {}) =>
      (await world.open(world.authorizeUrl(tenant, changes))).text()
    const offered = (page: string) =>
      [...page.matchAll(/name="account" value="([^"]+)"/g)].map(([, id]) => id)
    const northwind = Object.values(ACCOUNTS.northwind)
    const woodgrove = Object.values(ACCOUNTS.woodgrove)
    expect(offered(await pageOf(NORTHWIND_HEALTH))).toEqual(northwind)
    expect(offered(await pageOf('woodgroveclinics.example'))).toEqual(woodgrove)
    expect(offered(await pageOf('organizations'))).toEqual([...northwind, ...woodgrove])
    const narrowed = await pageOf('organizations', { domain_hint: 'woodgroveclinics.example' })
    expect(offered(narrowed)).toEqual(woodgrove)
    const hinted = await pageOf('organizations', { login_hint: 'tom.becker@northwindhealth.example' })
    expect(offered(hinted)[0]).toBe(ACCOUNTS.northwind.frontDesk)
  })

  test('no page lets itself be framed', async () => {
    for (const url of [world.authorizeUrl(NORTHWIND_HEALTH), world.authorizeUrl('nobody')]) {
      const { headers } = await world.open(url)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
  })

  test('an answer can be posted or put into the fragment', async () => {
    const account = ACCOUNTS.northwind.familyDoctor
    const answer = (response_mode: string) =>
      world.submit(world.authorizeUrl(NORTHWIND_HEALTH, { response_mode }), { account })
    const posted = await (await answer('form_post')).text()
    expect(posted).toContain(`action="${REDIRECT_URI}"`)
    expect(posted).toMatch(/name="code" value="1\.[\w-]+"/)
    expect(posted).toContain('name="state" value="the state"')
    const fragment = (await answer('fragment')).headers.get('location')
    expect(fragment).toMatch(new RegExp(`^${REDIRECT_URI}#code=1\\.[\\w-]+&`))
  })

  test("a sign-in through organizations yields the token of the person's own tenant", async () => {
    const { code } = await world.signIn(ACCOUNTS.woodgrove.clinician, 'organizations')
    const response = await world.token(world.codeForm(code), 'organizations')
    const { id_token } = (await response.json()) as { id_token: string }
    expect(decodeJwt(id_token)).toMatchObject({
      iss: `${world.entra.authority}/${WOODGROVE_CLINICS}/v2.0`,
      tid: WOODGROVE_CLINICS,
      nonce: 'the nonce',
      wids: [MEMBER],
    })
  })

  test('the subject differs between applications and stays within one; profile claims need the scope', async () => {
    const claimsOf = async (client_id: string, scope: string) => {
      const { code } = await world.signIn(undefined, undefined, { client_id, scope })
      const client_assertion = await world.assertion({ iss: client_id, sub: client_id })
      const response = await world.token({ ...world.codeForm(code), client_id, client_assertion })
      const { id_token } = (await response.json()) as { id_token: string }
      return decodeJwt(id_token)
    }
    const first = await claimsOf(CLIENT, 'openid profile')
    const again = await claimsOf(CLIENT, 'openid')
    const other = await claimsOf(OTHER_CLIENT, 'openid profile')
    expect(again.sub).toBe(first.sub)
    expect(other.sub).not.toBe(first.sub)
    expect(other.oid).toBe(first.oid)
    expect(again).not.toHaveProperty('oid')
    expect(again).not.toHaveProperty('preferred_username')
    expect(again.tid).toBe(NORTHWIND_HEALTH)
  })
})

describe('the stand-in', () => {
  test('serves discovery for a tenant by id and domain, and by pattern for organizations and common', async () => {
    const issuerFor = async (tenant: string) => {
      const address = `${world.entra.authority}/${tenant}/v2.0/.well-known/openid-configuration`
      return ((await (await world.secureFetch(address)).json()) as { issuer: string }).issuer
    }
    const own = `${world.entra.authority}/${NORTHWIND_HEALTH}/v2.0`
    expect(await issuerFor(NORTHWIND_HEALTH)).toBe(own)
    expect(await issuerFor('northwindhealth.example')).toBe(own)
    expect(await issuerFor('organizations')).toBe(`${world.entra.authority}/{tenantid}/v2.0`)
    expect(await issuerFor('common')).toBe(`${world.entra.authority}/{tenantid}/v2.0`)
  })

  test('keeps a ledger of what reached it', async () => {
    await world.token(world.credentialsForm(`${GRAPH}/.default`))
    expect(world.entra.ledger.at(-1)).toMatchObject({
      at: world.clock.at.toISOString(),
      method: 'POST',
      path: `/${NORTHWIND_HEALTH}/oauth2/v2.0/token`,
      status: 200,
      body: { grant_type: 'client_credentials', client_id: CLIENT },
    })
  })

  test('answers on both loopback addresses where the machine has two', async () => {
    const { port } = new URL(world.entra.signInUrl)
    const loopback = (networkInterfaces().lo ?? []).map((one) => one.address)
    for (const host of ['127.0.0.1', ...(loopback.includes('::1') ? ['[::1]'] : [])]) {
      expect((await fetch(`http://${host}:${port}/x/y`)).status).toBe(404)
    }
  })

  test('a port that is taken is an error that says so', async () => {
    const httpPort = Number(new URL(world.entra.signInUrl).port)
    const second = startEntra({
      httpsPort: 0,
      httpPort,
      certificate: world.certificate,
      now: () => world.clock.at,
    })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', port: httpPort })
  })

  test('a request that is too large is refused', async () => {
    const large = await world.submit(world.authorizeUrl(NORTHWIND_HEALTH), { account: 'x'.repeat(70_000) })
    expect(large.status).toBe(413)
  })
})

import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { decodeJwt, exportPKCS8 } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { APPLICATION_PERMISSIONS } from '../../../sandbox/entra/permissions.ts'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { COMMUNICATION, GRAPH } from '../../../sandbox/entra/tokens.ts'
import { CLIENT, type EntraWorld, entraWorld, KEY_ID } from './entra-world.ts'

let world: EntraWorld
beforeEach(async () => {
  world = await entraWorld()
})
afterEach(() => world.entra.close())

describe('an application token', () => {
  const claims = async (scope: string, tenant: string) => {
    const response = await world.token(world.credentialsForm(scope), tenant)
    return decodeJwt(((await response.json()) as { access_token: string }).access_token)
  }

  test('carries the permissions consented to in that tenant, and none for Communication Services', async () => {
    expect(await claims(`${GRAPH}/.default`, NORTHWIND_HEALTH)).toMatchObject({
      aud: GRAPH,
      appid: CLIENT,
      azp: CLIENT,
      tid: NORTHWIND_HEALTH,
      roles: APPLICATION_PERMISSIONS,
    })
    const communication = await claims(`${COMMUNICATION}//.default`, NORTHWIND_HEALTH)
    expect(communication).toMatchObject({ aud: COMMUNICATION, tid: NORTHWIND_HEALTH })
    expect(communication).not.toHaveProperty('roles')
  })

  test('carries no role where somebody signed in but nobody consented', async () => {
    await world.signIn(ACCOUNTS.woodgrove.clinician, WOODGROVE_CLINICS)
    const token = await claims(`${GRAPH}/.default`, WOODGROVE_CLINICS)
    expect(token.tid).toBe(WOODGROVE_CLINICS)
    expect(token).not.toHaveProperty('roles')
  })

  test('is verified by signature, time and audience, also after the signing key was changed', async () => {
    const get = async () => {
      const response = await world.token(world.credentialsForm(`${GRAPH}/.default`))
      return ((await response.json()) as { access_token: string }).access_token
    }
    const old = await get()
    const { verify } = world.entra
    expect(await verify(old, `${GRAPH}/`)).toMatchObject({ tid: NORTHWIND_HEALTH, appid: CLIENT })
    await expect(verify(old, COMMUNICATION)).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    })
    await expect(verify(`${old.slice(0, -8)}AAAAAAAA`, GRAPH)).rejects.toThrow()

    await world.entra.rotateKeys()
    const fresh = await get()
    const keys = await world.secureFetch(`${world.entra.authority}/common/discovery/v2.0/keys`)
    expect(((await keys.json()) as { keys: unknown[] }).keys).toHaveLength(2)
    await verify(old, GRAPH)
    await verify(fresh, GRAPH)
    await world.entra.rotateKeys({ forget: true })
    await expect(verify(fresh, GRAPH)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })

    const last = await get()
    world.clock.at = new Date(world.clock.at.getTime() + 3_600_000)
    await expect(verify(last, GRAPH)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' })
  })

  test('the unmodified @azure/identity gets one, trusting the authority by NODE_EXTRA_CA_CERTS', async () => {
    world.clock.at = new Date()
    const script = `${world.certificate.caFile}.mjs`
    writeFileSync(script, IDENTITY_SCRIPT)
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: world.certificate.caFile,
      AUTHORITY: world.entra.authority,
      TENANT: NORTHWIND_HEALTH,
      CLIENT,
      KEY_ID,
      KEY: await exportPKCS8(world.privateKey),
      SCOPES: `${GRAPH}/.default ${COMMUNICATION}//.default`,
      MODULES: import.meta.url,
    }
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env })
    const [graph = '', communication = ''] = stdout.trim().split('\n')
    expect(await world.entra.verify(graph, GRAPH)).toMatchObject({ roles: APPLICATION_PERMISSIONS })
    expect(await world.entra.verify(communication, COMMUNICATION)).toMatchObject({ appid: CLIENT })
  })
})

/** Run by a process of its own: an extra authority is read from the environment only when a process starts. */
const IDENTITY_SCRIPT = `
import { createRequire } from 'node:module'
import { createPrivateKey, randomUUID, sign } from 'node:crypto'
const { AUTHORITY, TENANT, CLIENT, KEY, KEY_ID, SCOPES, MODULES } = process.env
const { ClientAssertionCredential } = createRequire(MODULES)('@azure/identity')
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const assertion = async () => {
  const iat = Math.floor(Date.now() / 1000)
  const aud = AUTHORITY + '/' + TENANT + '/oauth2/v2.0/token'
  const claims = { iss: CLIENT, sub: CLIENT, aud, jti: randomUUID(), nbf: iat, exp: iat + 300 }
  const input = part({ alg: 'RS256', typ: 'JWT', kid: KEY_ID }) + '.' + part(claims)
  return input + '.' + sign('RSA-SHA256', Buffer.from(input), createPrivateKey(KEY)).toString('base64url')
}
const options = { authorityHost: AUTHORITY, disableInstanceDiscovery: true }
const credential = new ClientAssertionCredential(TENANT, CLIENT, assertion, options)
for (const scope of SCOPES.split(' ')) console.log((await credential.getToken(scope)).token)
`

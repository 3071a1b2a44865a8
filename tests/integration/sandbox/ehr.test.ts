import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, createRemoteJWKSet, exportJWK, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeServer } from '../../../sandbox/close-server.ts'
import {
  assertion,
  authorizeUrl,
  browse,
  codeOf,
  type EhrWithApps,
  ehrWithApps,
  fhir,
  launchOf,
  postSystemToken,
  postToken,
  REDIRECT_URI,
  SYSTEM_SCOPE,
  USER_SCOPE,
} from './ehr-app.ts'

let apps: EhrWithApps

beforeAll(async () => {
  apps = await ehrWithApps()
})
afterAll(() => apps.ehr.close())

const insecure = { [oauth.allowInsecureRequests]: true }

/** A launch from the click on the board to the token response, by a real client library. */
async function launch(
  auth: oauth.ClientAuth,
  clientId: string,
  context?: 'appointment' | 'encounter' | 'patient' | 'none',
) {
  const start = await authorizeUrl(apps, clientId, {}, launchOf(apps, context))
  const back = await browse(start.url)
  const client = { client_id: clientId }
  const parameters = oauth.validateAuthResponse(apps.as, client, back, start.state)
  const response = await oauth.authorizationCodeGrantRequest(
    apps.as,
    client,
    auth,
    parameters,
    REDIRECT_URI,
    start.verifier,
    insecure,
  )
  return {
    nonce: start.nonce,
    tokens: (await response.json()) as Record<string, unknown> & { access_token: string },
  }
}

describe('a SMART launch', () => {
  it('a client with a key gets a token, the context and a verifiable id_token', async () => {
    const { privateKey: key, kid } = apps.rs384
    // SMART wants the token endpoint as audience and a typ, where the library writes the issuer and none.
    const auth = oauth.PrivateKeyJwt(
      { key, kid },
      {
        [oauth.modifyAssertion]: (header, payload) => {
          header.typ = 'JWT'
          payload.aud = apps.tokenEndpoint
        },
      },
    )
    const { nonce, tokens } = await launch(auth, 'app-key')
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 570,
      tenant: apps.ehr.ehrTenant,
      need_patient_banner: true,
    })
    expect(String(tokens.scope).split(' ').sort()).toEqual(USER_SCOPE.split(' ').sort())
    expect(tokens.appointment).toBeUndefined()
    const encounter = await (await fhir(apps, tokens.access_token, `Encounter/${tokens.encounter}`)).json()
    expect((encounter as fhir4.Encounter).subject?.reference).toBe(`Patient/${tokens.patient}`)

    const jwks = createRemoteJWKSet(new URL(apps.as.jwks_uri ?? ''))
    const { payload } = await jwtVerify(String(tokens.id_token), jwks, {
      issuer: apps.ehr.idTokenIssuer,
      audience: 'app-key',
      algorithms: ['RS256'],
    })
    expect(apps.ehr.idTokenIssuer).not.toBe(apps.as.issuer)
    expect(payload).toMatchObject({
      nonce,
      sub: tokens.username,
      fhirUser: `${apps.ehr.fhirBaseUrl}/Practitioner/${tokens.user}`,
    })
  })

  it.each(['appointment', 'encounter', 'patient', 'none'] as const)(
    'context %s carries just that',
    async (context) => {
      const { tokens } = await launch(oauth.None(), 'app-public', context)
      expect({
        appointment: tokens.appointment !== undefined,
        encounter: tokens.encounter !== undefined,
        patient: tokens.patient !== undefined,
      }).toEqual({
        appointment: context === 'appointment',
        encounter: context === 'encounter',
        patient: context !== 'none',
      })
    },
  )

  it('a client with a secret gets a token', async () => {
    const { tokens } = await launch(oauth.ClientSecretBasic('the-app-secret'), 'app-secret')
    expect(tokens.access_token).toBeTruthy()
  })

  it('a scope that is not registered, unknown or switched off is dropped silently', async () => {
    apps.ehr.faults.dropScopes = ['user/Patient.read']
    const body = await codeOf(
      apps,
      'app-public',
      `${USER_SCOPE} user/Observation.read user/Patient.write nonsense`,
    )
    apps.ehr.faults.dropScopes = []
    const { scope } = (await (await postToken(apps, body)).json()) as { scope: string }
    expect(scope.split(' ')).not.toContain('user/Patient.read')
    expect(scope.split(' ')).toContain('user/Appointment.read')
    expect(scope).not.toMatch(/Observation|Patient\.write|nonsense/)
  })

  it('the context is left out when the EHR has none to give', async () => {
    apps.ehr.faults.withoutContext = true
    const { tokens } = await launch(oauth.None(), 'app-public', 'appointment')
    apps.ehr.faults.withoutContext = false
    expect(tokens).not.toHaveProperty('patient')
    expect(tokens).not.toHaveProperty('appointment')
    expect(tokens).toHaveProperty('user')
  })

  it('an error on demand comes once, with an error_uri', async () => {
    apps.ehr.faults.authorizeError = 'access_denied'
    const first = await browse((await authorizeUrl(apps, 'app-public')).url)
    expect(first.searchParams.get('error')).toBe('access_denied')
    expect(first.searchParams.get('error_uri')).toContain(`${new URL(apps.ehr.fhirBaseUrl).origin}/errors/`)
    const second = await browse((await authorizeUrl(apps, 'app-public')).url)
    expect(second.searchParams.get('code')).toBeTruthy()
  })

  it('a refresh gives a new access token and no new refresh token', async () => {
    const { refresh_token } = (await (await postToken(apps, await codeOf(apps))).json()) as {
      refresh_token: string
    }
    const response = await postToken(apps, {
      grant_type: 'refresh_token',
      client_id: 'app-public',
      refresh_token,
    })
    const refreshed = (await response.json()) as Record<string, unknown>
    expect(refreshed.access_token).toBeTruthy()
    expect(refreshed.patient).toBeTruthy()
    expect(refreshed).not.toHaveProperty('refresh_token')
  })

  it('after a rotation a new key signs and the one before stays published', async () => {
    const before = await launch(oauth.None(), 'app-public')
    await apps.ehr.rotateKeys()
    const after = await launch(oauth.None(), 'app-public')
    const jwks = createLocalJWKSet((await (await fetch(apps.as.jwks_uri ?? '')).json()) as never)
    const [old, fresh] = await Promise.all(
      [before, after].map(({ tokens }) => jwtVerify(String(tokens.id_token), jwks)),
    )
    expect(old?.protectedHeader.kid).not.toBe(fresh?.protectedHeader.kid)
  })
})

describe('the system account', () => {
  it('gets a token by an ES384 assertion and only its registered scopes', async () => {
    const response = await postSystemToken(
      apps,
      { key: apps.es384 },
      'system/Appointment.rs system/Observation.read',
    )
    expect(await response.json()).toMatchObject({ expires_in: 570, scope: 'system/Appointment.rs' })
  })

  it('is known by the keys that its jwks_uri publishes', async () => {
    const { kid, publicKey } = apps.es384
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig' }] }
    const server = createServer((_req, res) => {
      res.setHeader('content-type', 'application/json')
      res.end(JSON.stringify(keys))
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const jwksUri = `http://localhost:${(server.address() as AddressInfo).port}/jwks`
    apps.ehr.register({
      clientId: 'app-published',
      kind: 'private_key_jwt',
      jwksUri,
      redirectUris: [],
      scope: SYSTEM_SCOPE,
      grants: ['client_credentials'],
    })
    const response = await postToken(apps, {
      grant_type: 'client_credentials',
      scope: SYSTEM_SCOPE,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(apps, 'app-published', { key: apps.es384 }),
    })
    await closeServer(server)
    expect(await response.json()).toMatchObject({ scope: SYSTEM_SCOPE })
  })
})

describe('the ledger', () => {
  it('holds no code, launch or state', () => {
    const paths = apps.ehr.ledger.map(({ path }) => path).join('\n')
    expect(paths).toContain('launch=…')
    expect(paths).not.toMatch(/(launch|state|code|nonce)=[^…&\n]/)
  })
})

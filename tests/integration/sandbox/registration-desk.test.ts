import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startConsole } from '../../../sandbox/console/console.ts'
import { type Application, admitApplication, MOST_SCOPES } from '../../../sandbox/ehr/registration-desk.ts'
import { supportedScopes } from '../../../sandbox/ehr/scopes.ts'
import { fakeParts } from './console.fixture.ts'

const documents: Record<string, unknown> = { '/none': { keys: [] }, '/text': 'no keys' }
let origin: string
const server = createServer((request, response) => {
  const document = documents[request.url ?? '']
  response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(document ?? {}))
})

beforeAll(async () => {
  const es384 = await generateKeyPair('ES384', { extractable: true })
  const es256 = await generateKeyPair('ES256', { extractable: true })
  documents['/jwks'] = { keys: [await exportJWK(es384.publicKey)] }
  documents['/private'] = { keys: [await exportJWK(es384.privateKey)] }
  documents['/p256'] = { keys: [await exportJWK(es256.publicKey)] }
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const good = (): Application => ({
  name: 'Teams visits',
  persona: 'provider',
  kind: 'private_key_jwt',
  launchUrl: 'https://visits.example.org/launch/provider',
  redirectUrls: 'https://visits.example.org/launch/callback',
  jwksUrl: `${origin}/jwks`,
  scopes: 'launch openid fhirUser user/Appointment.read',
})

describe('the registration desk', () => {
  it('gives an application a client id, and a system account no redirect URL', async () => {
    const first = await admitApplication(good())
    expect(first).toMatchObject({ client: { grants: ['authorization_code'], jwksUri: `${origin}/jwks` } })
    const system = { ...good(), persona: 'system' as const, scopes: 'system/Appointment.read', launchUrl: '' }
    const second = await admitApplication(system)
    expect(second).toMatchObject({ client: { grants: ['client_credentials'], redirectUris: [] } })
    expect(first).not.toEqual(second)
  })

  it('makes up a secret where the client has one', async () => {
    const made = await admitApplication({ ...good(), kind: 'client_secret_basic', jwksUrl: '' })
    expect('client' in made && made.client.secret).toMatch(/^[\w-]{43}$/)
  })

  it.each<[string, keyof Application, Partial<Application>, string]>([
    ['no launch URL', 'launchUrl', { launchUrl: '' }, 'missing'],
    ['a launch URL that is none', 'launchUrl', { launchUrl: 'visits' }, 'not a web address'],
    [
      'a redirect URL over http',
      'redirectUrls',
      { redirectUrls: 'http://visits.example.org/cb' },
      'must begin with https',
    ],
    [
      'a redirect URL with a fragment',
      'redirectUrls',
      { redirectUrls: 'https://visits.example.org/#cb' },
      'fragment',
    ],
    [
      'a redirect URL with a user name',
      'redirectUrls',
      { redirectUrls: 'https://a@visits.example.org/' },
      'user name',
    ],
    ['no redirect URL', 'redirectUrls', { redirectUrls: ' ' }, 'missing'],
    ['no scope', 'scopes', { scopes: '' }, 'At least one'],
    [
      'an unknown scope',
      'scopes',
      { scopes: 'launch user/Schedule.read' },
      'user/Schedule.read is not a scope',
    ],
    ['a wildcard', 'scopes', { scopes: 'user/*.read' }, 'wildcards are not supported'],
    ['a scope of another kind', 'scopes', { scopes: 'launch system/Patient.read' }, 'takes user/ scopes'],
    [
      'launch for a system account',
      'scopes',
      { persona: 'system', scopes: 'launch' },
      'not for system accounts',
    ],
    [
      'a public system account',
      'kind',
      { persona: 'system', kind: 'public', scopes: 'system/Patient.read' },
      'proves who it is',
    ],
    ['no JWKS URL', 'jwksUrl', { jwksUrl: '' }, 'missing'],
    ['keys over http', 'jwksUrl', { jwksUrl: 'http://visits.example.org/jwks' }, 'must begin with https'],
    ['keys that are not there', 'jwksUrl', { jwksUrl: '/gone' }, 'answered 404'],
    ['a key set without keys', 'jwksUrl', { jwksUrl: '/none' }, 'not a key set'],
    ['something else than keys', 'jwksUrl', { jwksUrl: '/text' }, 'not a key set'],
    ['a private key', 'jwksUrl', { jwksUrl: '/private' }, 'private key'],
    ['keys of another algorithm', 'jwksUrl', { jwksUrl: '/p256' }, 'RS384 or ES384'],
    ['keys where nobody answers', 'jwksUrl', { jwksUrl: 'http://localhost:9/jwks' }, 'could not be loaded'],
  ])('refuses %s', async (_what, field, wrong, words) => {
    const form = { ...good(), ...wrong }
    if (form.jwksUrl.startsWith('/')) form.jwksUrl = `${origin}${form.jwksUrl}`
    const answer = await admitApplication(form)
    expect('refused' in answer ? Object.keys(answer.refused) : []).toEqual([field])
    expect('refused' in answer && answer.refused[field]).toContain(words)
  })

  it('refuses more scopes than it allows', async () => {
    const many = supportedScopes().filter((scope) => scope.startsWith('user/') && !scope.includes('*'))
    const answer = await admitApplication({ ...good(), scopes: many.slice(0, MOST_SCOPES + 1).join(' ') })
    expect('refused' in answer && answer.refused.scopes).toContain('41 scopes are too many')
  })
})

describe('the desk in the console', () => {
  it('shows the client id, keeps what was typed where it refuses, and opens what was registered', async () => {
    const parts = fakeParts()
    const console = await startConsole({ port: 0, parts, timeZone: 'UTC' })
    const post = (path: string, fields: Record<string, string>, from = console.url) =>
      fetch(`${console.url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: from },
      })
    const refused = await post('/desk', { ...good(), scopes: 'user/Schedule.read' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toMatch(/aria-invalid="true"[^>]*>user\/Schedule\.read<\/textarea>/)
    expect((await post('/desk', good(), 'http://evil.example')).status).toBe(403)
    expect(parts.ehr.clients()).toHaveLength(1)

    const made = await (await post('/desk', { ...good(), kind: 'client_secret_basic' })).text()
    const clientId = /id="client-id">([^<]+)/.exec(made)?.[1] ?? ''
    const secret = /id="client-secret">([^<]+)/.exec(made)?.[1]
    expect(parts.ehr.clients().at(-1)).toMatchObject({ clientId, secret })
    expect(await (await fetch(`${console.url}/desk`)).text()).not.toContain(secret)
    const again = await (await post('/desk/secret', { client: clientId })).text()
    expect(again).not.toContain(secret)
    expect((await post('/desk/secret', { client: 'clinicians' })).status).toBe(404)
    const launched = await fetch(`${console.url}/launch?appointment=apt-6&practitioner=pr-1`, {
      redirect: 'manual',
    })
    expect(launched.headers.get('location')).toContain('https://visits.example.org/launch/provider?iss=')
    await console.close()
  })
})

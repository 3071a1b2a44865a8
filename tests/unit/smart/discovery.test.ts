import { describe, expect, test } from 'vitest'
import { createDiscoveryCache, discover } from '../../../src/core/smart/discovery.ts'
import { AUTH, BASE, codeOf, down, json, later, NOW, site, smartDocument, wire } from './wire.ts'

const WELL_KNOWN = `${BASE}/.well-known/smart-configuration`
const statement = {
  resourceType: 'CapabilityStatement',
  rest: [
    {
      mode: 'server',
      security: {
        extension: [
          {
            url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
            extension: [
              { url: 'authorize', valueUri: `${AUTH}/authorize` },
              { url: 'token', valueUri: `${AUTH}/token` },
            ],
          },
        ],
      },
    },
  ],
}

describe('discovery', () => {
  test('reads the smart-configuration and asks for JSON', async () => {
    const { fetch, sent } = wire({ [WELL_KNOWN]: json(smartDocument) })
    const found = await discover(site, { fetch }, NOW)
    expect(found).toMatchObject({
      ok: true,
      value: { source: 'smart_configuration', tokenEndpoint: `${AUTH}/token`, jwksUri: `${AUTH}/jwk` },
    })
    expect(sent).toHaveLength(1)
    expect(sent[0]?.headers.get('accept')).toBe('application/json')
  })

  test('a relative endpoint is taken from the FHIR base', async () => {
    const relative = { ...smartDocument, token_endpoint: 'oauth/token', authorization_endpoint: '/authorize' }
    const { fetch } = wire({ [`${BASE}/.well-known/smart-configuration`]: json(relative) })
    expect(await discover(site, { fetch }, NOW)).toMatchObject({
      value: {
        tokenEndpoint: `${BASE}/oauth/token`,
        authorizationEndpoint: 'https://ehr.example.org/authorize',
      },
    })
  })

  test('a base with a trailing slash leads to the same document', async () => {
    const { fetch } = wire({ [WELL_KNOWN]: json(smartDocument) })
    expect(codeOf(await discover({ ...site, fhirBaseUrl: `${BASE}/` }, { fetch }, NOW))).toBe('ok')
  })

  test.each([
    ['no authorization endpoint', { authorization_endpoint: undefined }, 'smart_discovery_invalid'],
    ['no token endpoint', { token_endpoint: undefined }, 'smart_discovery_invalid'],
    [
      'a token endpoint on http',
      { token_endpoint: 'http://login.ehr.example.org/token' },
      'smart_discovery_invalid',
    ],
    ['an endpoint on http loopback', { token_endpoint: 'http://localhost/token' }, 'smart_discovery_invalid'],
    [
      'an endpoint of another scheme',
      { authorization_endpoint: 'javascript:alert(1)' },
      'smart_discovery_invalid',
    ],
    [
      'an endpoint with credentials',
      { token_endpoint: 'https://a:b@login.example.org/t' },
      'smart_discovery_invalid',
    ],
    ['an endpoint with a fragment', { authorization_endpoint: `${AUTH}/a#x` }, 'smart_discovery_invalid'],
    ['keys on http', { jwks_uri: 'http://login.ehr.example.org/jwk' }, 'smart_discovery_invalid'],
    ['no PKCE', { code_challenge_methods_supported: undefined }, 'smart_pkce_missing'],
    ['only plain PKCE', { code_challenge_methods_supported: ['plain'] }, 'smart_pkce_missing'],
  ])('%s is refused', async (_name, change, code) => {
    const { fetch } = wire({ [WELL_KNOWN]: json({ ...smartDocument, ...change }) })
    // The fallback is allowed and must not be taken: a document that is there and wrong stays wrong.
    const found = await discover({ ...site, allowCapabilityFallback: true }, { fetch }, NOW)
    expect(codeOf(found)).toBe(code)
  })

  test.each([
    ['no connection', down, 'smart_discovery_unreachable'],
    ['a server error', json({}, { status: 503 }), 'smart_discovery_unreachable'],
    [
      'a redirect',
      () => new Response('', { status: 302, headers: { location: AUTH } }),
      'smart_discovery_unreachable',
    ],
    ['not found', json({}, { status: 404 }), 'smart_discovery_unreachable'],
    ['a page instead of JSON', () => new Response('<html>'), 'smart_discovery_invalid'],
    ['a list instead of an object', json([]), 'smart_discovery_invalid'],
  ])('%s is a failure of its own', async (_name, handler, code) => {
    const { fetch } = wire({ [WELL_KNOWN]: handler })
    expect(codeOf(await discover(site, { fetch }, NOW))).toBe(code)
  })

  test('a throttled server is not asked again before it wants to be', async () => {
    const { fetch } = wire({ [WELL_KNOWN]: json({}, { status: 429, headers: { 'retry-after': '17' } }) })
    expect(await discover(site, { fetch }, NOW)).toMatchObject({
      failure: { code: 'smart_throttled', retryAfterSeconds: 17 },
    })
  })

  test('the CapabilityStatement is read only where the site allows it and the document is absent', async () => {
    const routes = { [`${BASE}/metadata`]: json(statement) }
    expect(codeOf(await discover(site, { fetch: wire(routes).fetch }, NOW))).toBe(
      'smart_discovery_unreachable',
    )
    const allowed = { ...site, allowCapabilityFallback: true }
    expect(await discover(allowed, { fetch: wire(routes).fetch }, NOW)).toMatchObject({
      ok: true,
      value: { source: 'capability_statement', authorizationEndpoint: `${AUTH}/authorize` },
    })
    const broken = { ...routes, [WELL_KNOWN]: json({}, { status: 503 }) }
    expect(codeOf(await discover(allowed, { fetch: wire(broken).fetch }, NOW))).toBe(
      'smart_discovery_unreachable',
    )
  })

  test('a server that names no keys is asked for them at an allowed issuer, which must name itself', async () => {
    const issuer = site.allowedIssuers[0] ?? ''
    const routes = { [`${BASE}/metadata`]: json(statement) }
    const openid = `${issuer}.well-known/openid-configuration`
    const allowed = { ...site, allowCapabilityFallback: true }
    const keys = async (document: unknown) => {
      const found = await discover(
        allowed,
        { fetch: wire({ ...routes, [openid]: json(document) }).fetch },
        NOW,
      )
      return found.ok ? found.value.jwksUri : 'failed'
    }
    expect(await keys({ issuer, jwks_uri: `${AUTH}/jwk` })).toBe(`${AUTH}/jwk`)
    expect(await keys({ issuer: 'https://other.example', jwks_uri: `${AUTH}/jwk` })).toBeUndefined()
    expect(await keys({ issuer, jwks_uri: 'http://x.example/jwk' })).toBeUndefined()
  })

  test('http is accepted for a base on loopback in development, and never otherwise', async () => {
    const base = 'http://localhost:9/r4/clinic'
    const local = {
      ...smartDocument,
      issuer: 'http://localhost:9',
      jwks_uri: 'http://localhost:9/jwk',
      token_endpoint: 'http://localhost:9/token',
    }
    const { fetch } = wire({
      [`${base}/.well-known/smart-configuration`]: json(local),
      [WELL_KNOWN]: json(local),
    })
    const development = { ...site, fhirBaseUrl: base }
    expect(codeOf(await discover(development, { fetch, allowHttp: true }, NOW))).toBe('ok')
    expect(codeOf(await discover(development, { fetch }, NOW))).toBe('smart_discovery_invalid')
    expect(codeOf(await discover(site, { fetch, allowHttp: true }, NOW))).toBe('smart_discovery_invalid')
  })
})

describe('the discovery cache', () => {
  test('keeps a configuration for an hour, then reads it again', async () => {
    const { fetch, sent } = wire({ [WELL_KNOWN]: json(smartDocument) })
    const cache = createDiscoveryCache()
    await cache.discover(site, { fetch }, NOW)
    await cache.discover(site, { fetch }, later(3_599))
    expect(sent).toHaveLength(1)
    await cache.discover(site, { fetch }, later(3_600))
    expect(sent).toHaveLength(2)
  })

  test.each([
    ['max-age=300', 300],
    ['public, max-age=999999', 86_400],
    ['no-store', 60],
    ['max-age=1', 60],
  ])('Cache-Control %s is honoured within bounds', async (control, seconds) => {
    const { fetch, sent } = wire({
      [WELL_KNOWN]: json(smartDocument, { headers: { 'cache-control': control } }),
    })
    const cache = createDiscoveryCache()
    await cache.discover(site, { fetch }, NOW)
    await cache.discover(site, { fetch }, later(seconds - 1))
    expect(sent).toHaveLength(1)
    await cache.discover(site, { fetch }, later(seconds))
    expect(sent).toHaveLength(2)
  })

  test('a failure is never kept', async () => {
    const { fetch, routes } = wire({ [WELL_KNOWN]: down })
    const cache = createDiscoveryCache()
    expect(codeOf(await cache.discover(site, { fetch }, NOW))).toBe('smart_discovery_unreachable')
    routes[WELL_KNOWN] = json(smartDocument)
    expect(codeOf(await cache.discover(site, { fetch }, NOW))).toBe('ok')
  })

  test('fifty launches at once make one request', async () => {
    const { fetch, sent } = wire({ [WELL_KNOWN]: json(smartDocument) })
    const cache = createDiscoveryCache()
    const all = await Promise.all(Array.from({ length: 50 }, () => cache.discover(site, { fetch }, NOW)))
    expect(all.every((each) => each.ok)).toBe(true)
    expect(sent).toHaveLength(1)
  })

  test('what is forgotten while it loads stays forgotten', async () => {
    const { fetch, sent } = wire({ [WELL_KNOWN]: json(smartDocument) })
    const cache = createDiscoveryCache()
    const first = cache.discover(site, { fetch }, NOW)
    cache.forget(site)
    await first
    await cache.discover(site, { fetch }, NOW)
    expect(sent).toHaveLength(2)
  })

  test('keys that did not load are looked for at the next launch', async () => {
    const { jwks_uri: _, ...without } = smartDocument
    const { fetch, routes } = wire({ [WELL_KNOWN]: json(without) })
    const cache = createDiscoveryCache()
    expect(await cache.discover(site, { fetch }, NOW)).toMatchObject({
      ok: true,
      value: { jwksUri: undefined },
    })
    routes[`${AUTH}/.well-known/openid-configuration`] = json({ issuer: AUTH, jwks_uri: `${AUTH}/jwk` })
    expect(await cache.discover(site, { fetch }, NOW)).toMatchObject({ value: { jwksUri: `${AUTH}/jwk` } })
  })
})

import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { App } from '../../../src/core/app.ts'
import { OutboundError } from '../../../src/core/http/outbound-error.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { text } from '../../unit/pages/markup.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { type Fixture, startFixture } from '../sandbox/acs.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { type Page, portalApp, type Visitor, visitor } from './portal-world.ts'
import type { Registered } from './registered.ts'

const registered = vi.hoisted(() => new Map() as Registered)
const running = vi.hoisted(() => ({ app: undefined as unknown }))
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => registered.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

const OWN = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'
const SITE = 'lakeside0001'
const PATH = `/portal/sites/${SITE}/push`
const KEYS_AT = 'https://engine.lakeside.example/jwks'

let storage: Storage
let vendor: Fixture
let app: App
let admin: Visitor
let jwks: string
/** What the engine's address answers; undefined: nothing. */
let served: string | undefined

beforeAll(async () => {
  ;[storage, vendor] = await Promise.all([startStorage(), startFixture()])
  const fetched = async () => {
    if (served === undefined) throw new OutboundError('outbound_refused', 'engine.lakeside.example')
    return new Response(served, { headers: { 'content-type': 'application/jwk-set+json' } })
  }
  app = { ...portalApp(storage, vendor, [OWN, OTHER]).app, outbound: { fetch: fetched as typeof fetch } }
  running.app = app
  await import('../../../src/functions/portal-push.ts')
  admin = visitor(app, registered, OWN)
  await siteStore(storage.store).save({ ...siteOf(), tenantId: OWN, siteId: SITE, name: 'Lakeside' })
  const { publicKey } = await generateKeyPair('ES384', { extractable: true })
  jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'key-1' }] })
})
afterAll(async () => {
  await vendor?.acs.close()
  await storage?.close()
})

const get = (who = admin, query = '') => who.get('portalPush', `${PATH}${query}`, { siteId: SITE })
const versionOf = ({ html }: Page) => /name="version" value="([^"]*)"/.exec(html)?.[1] ?? ''
const post = async (fields: Record<string, string>, who = admin) =>
  who.post(
    'portalPushSave',
    PATH,
    { version: versionOf(await get()), do: 'save', ...fields },
    { siteId: SITE },
  )
const pushOf = async () => (await app.sites.get(OWN, SITE))?.push

describe('the page of an integration engine', () => {
  test('begins without a key, with the address and an example', async () => {
    const page = text((await get()).html)
    expect(page).toContain('No key registered: sweeps find every change')
    expect(page).toContain(`http://localhost:7071/sites/${SITE}/appointments`)
    expect(page).toContain('{"reference": "Appointment/4817501"}')
  })

  test('keeps pasted keys, says so, and shows which they are', async () => {
    const saved = await post({ issuer: 'engine.lakeside', keys: jwks })
    expect([saved.status, saved.to]).toEqual([303, `${PATH}?done=push-on`])
    expect(await pushOf()).toMatchObject({ issuer: 'engine.lakeside', keys: [{ kty: 'EC', kid: 'key-1' }] })
    const page = text((await get(admin, '?done=push-on')).html)
    expect(page).toContain('The engine’s key is registered.')
    expect(page).toContain('Registered: ES384, kid key-1')
  })

  test('keeps an address only where keys can be read at it, and tells when they cannot any more', async () => {
    served = undefined
    const refused = await post({ issuer: 'engine.lakeside', jwksUrl: KEYS_AT })
    expect(refused.status).toBe(422)
    expect(text(refused.html)).toContain('No public keys could be read at this address.')
    expect(refused.html).toContain(`value="${KEYS_AT}"`)
    expect(await pushOf()).not.toHaveProperty('jwksUrl')
    served = jwks
    expect((await post({ issuer: 'engine.lakeside', jwksUrl: KEYS_AT })).status).toBe(303)
    expect(await pushOf()).toEqual({ issuer: 'engine.lakeside', jwksUrl: KEYS_AT })
    expect(text((await get()).html)).toContain('Registered: keys at an address')
    served = '<html>'
    expect(text((await get()).html)).toContain('The engine’s keys cannot be read just now')
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'no name',
      { issuer: '', jwksUrl: KEYS_AT },
      'Enter the name that the engine puts into its tokens as iss.',
    ],
    ['a name with spaces', { issuer: 'the engine', jwksUrl: KEYS_AT }, 'A name without spaces'],
    ['no keys', { issuer: 'engine' }, 'Enter the address of the public keys, or paste them below.'],
    ['both', { issuer: 'engine', jwksUrl: KEYS_AT, keys: '{"keys":[]}' }, 'One of the two'],
    [
      'an address on http',
      { issuer: 'engine', jwksUrl: 'http://engine.example/jwks' },
      'This is not an https address.',
    ],
    ['a certificate', { issuer: 'engine', keys: '-----BEGIN CERTIFICATE-----' }, 'This is not JSON.'],
    [
      'a private key',
      { issuer: 'engine', keys: '{"kty":"EC","crv":"P-384","x":"a","y":"b","d":"c"}' },
      'Do not use it any more',
    ],
  ])('refuses %s and says what to do', async (_name, fields, words) => {
    const before = await pushOf()
    const refused = await post(fields)
    expect([refused.status, text(refused.html).includes(words)]).toEqual([422, true])
    expect(await pushOf()).toEqual(before)
  })

  test('removes the key', async () => {
    const removed = await post({ do: 'remove', issuer: 'engine.lakeside', keys: jwks })
    expect(removed.to).toBe(`${PATH}?done=push-off`)
    expect(await pushOf()).toBeUndefined()
  })

  test('is another tenant’s for nobody else, and not to be changed by who may only look', async () => {
    expect((await get(visitor(app, registered, OTHER))).status).toBe(404)
    const viewer = visitor(app, registered, OWN, false)
    expect((await get(viewer)).html).not.toContain('Remove the key')
    expect((await post({ issuer: 'engine', keys: jwks }, viewer)).status).toBe(403)
    expect(await pushOf()).toBeUndefined()
  })

  test('does not overwrite what somebody else saved meanwhile', async () => {
    const stale = versionOf(await get())
    await post({ issuer: 'first', keys: jwks })
    expect((await post({ issuer: 'second', keys: jwks, version: stale })).status).toBe(409)
    expect((await pushOf())?.issuer).toBe('first')
  })
})

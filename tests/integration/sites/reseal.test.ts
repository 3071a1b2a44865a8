import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { type KeyRing, keyRing } from '../../../src/core/keys/key-ring.ts'
import { isCurrent } from '../../../src/core/keys/seal.ts'
import { resealSecrets } from '../../../src/core/sites/reseal.ts'
import type { Site, SiteClient } from '../../../src/core/sites/site.ts'
import { type SiteStore, siteStore } from '../../../src/core/sites/site-store.ts'
import { openClientSecret, sealClientSecret } from '../../../src/core/sites/smart-site.ts'
import { createStorage, store } from '../../../src/core/store/store.ts'
import { site as sample } from '../../unit/sites/site.fixture.ts'

const sampleSite = sample()
const before = keyRing(randomBytes(32))
const now = keyRing(randomBytes(32), before.current.secret.export())
const owner = { tenantId: sampleSite.tenantId, siteId: sampleSite.siteId }

let azurite: Azurite
let sites: SiteStore
beforeAll(async () => {
  azurite = await startAzurite()
  const clients = localStorageClients(azurite.connectionString)
  await createStorage(clients)
  sites = siteStore(store(clients))
})
afterAll(() => azurite?.close())

const client = (ring: KeyRing, secret: string): SiteClient => ({
  clientId: 'ours',
  scopes: 'launch',
  auth: { method: 'client_secret_basic', sealedSecret: sealClientSecret(ring, owner, secret) },
})
const reseal = (ring: KeyRing, store = sites) =>
  resealSecrets({ sites: store, keys: { field: ring } as never })
const secretsOf = (site: Site | undefined, ring: KeyRing) =>
  [site?.launch, site?.system].map((one) => {
    if (one?.auth.method !== 'client_secret_basic') return undefined
    const opened = openClientSecret(ring, owner, one.auth.sealedSecret)
    return { current: isCurrent(ring, one.auth.sealedSecret), secret: opened.ok ? opened.value : undefined }
  })

beforeEach(async () => {
  const site: Site = { ...sampleSite, launch: client(before, 'one'), system: client(now, 'two') }
  expect((await sites.save(site)).ok).toBe(true)
})

test('after a rotation the secrets open with the current key alone, and nothing is left to do', async () => {
  expect(await reseal(now)).toEqual({ sites: 1, unreadable: 0 })
  const site = await sites.get(owner.tenantId, owner.siteId)
  expect(secretsOf(site, keyRing(now.current.secret.export()))).toEqual([
    { current: true, secret: 'one' },
    { current: true, secret: 'two' },
  ])
  expect(await reseal(now)).toEqual({ sites: 0, unreadable: 0 })
})

test('a secret that no present key opens is counted and left as it is', async () => {
  const read = () => sites.get(owner.tenantId, owner.siteId)
  const stored = await read()
  expect(await reseal(keyRing(randomBytes(32)))).toEqual({ sites: 0, unreadable: 1 })
  expect(await read()).toEqual(stored)
})

test('a site that somebody changes meanwhile keeps that change, and is sealed the next time', async () => {
  const busy: SiteStore = {
    ...sites,
    async read(tenantId, siteId) {
      const found = await sites.read(tenantId, siteId)
      if (found) await sites.save({ ...found.value, name: 'Renamed' }, found.version)
      return found
    },
  }
  expect(await reseal(now, busy)).toEqual({ sites: 0, unreadable: 0 })
  expect((await sites.get(owner.tenantId, owner.siteId))?.name).toBe('Renamed')
  expect(await reseal(now)).toEqual({ sites: 1, unreadable: 0 })
})

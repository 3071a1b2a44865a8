import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { assertionKey, sealClientSecret, smartSite } from '../../../src/core/sites/smart-site.ts'
import { ecKey, rsaKey } from '../config/settings.fixture.ts'
import { site } from './site.fixture.ts'

const ring = keyRing(randomBytes(32))
const SECRET = 'a secret of the EHR'
let key: Awaited<ReturnType<typeof assertionKey>>
beforeAll(async () => {
  key = await assertionKey(ecKey)
})

function withSecret(of = site(), keys = ring) {
  const sealedSecret = sealClientSecret(keys, of, SECRET)
  return {
    ...site(),
    launch: { ...site().launch, auth: { method: 'client_secret_basic' as const, sealedSecret } },
  }
}

test('the assertion key says by its kind how it signs and by its id which one it is', async () => {
  expect(key.alg).toBe('ES384')
  expect((await assertionKey(rsaKey)).alg).toBe('RS384')
  expect((await assertionKey(ecKey)).kid).toBe(key.kid)
  expect((await assertionKey(rsaKey)).kid).not.toBe(key.kid)
})

test('launch and system account keep their own clients and scopes', () => {
  const smart = smartSite(site(), key, ring)
  expect(smart).toMatchObject({ clientId: 'launch-client', system: { clientId: 'system-client' } })
  expect(smart.clientAuth).toMatchObject({ method: 'private_key_jwt', kid: key.kid, alg: 'ES384' })
})

describe('an EHR’s client secret', () => {
  test('is sealed in the row and open only where it is used', () => {
    const stored = withSecret()
    expect(JSON.stringify(stored)).not.toContain(SECRET)
    expect(smartSite(stored, key, ring).clientAuth).toEqual({ method: 'client_secret_basic', secret: SECRET })
  })

  test('does not open in another site’s row', () => {
    expect(() => smartSite(withSecret(site({ siteId: 'northwind002' })), key, ring)).toThrow('does not open')
  })

  test('does not open in the row of another tenant, and the error does not tell it', () => {
    const other = withSecret(site({ tenantId: 'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302' }))
    expect(() => smartSite(other, key, ring)).not.toThrow(SECRET)
    expect(() => smartSite(other, key, ring)).toThrow('northwind001')
  })
})

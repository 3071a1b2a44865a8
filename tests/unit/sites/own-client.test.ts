import { expect, test } from 'vitest'
import { fail, ok } from '../../../src/core/result.ts'
import { ownClient } from '../../../src/core/sites/own-client.ts'
import type { ClientAuth } from '../../../src/core/smart/types.ts'
import { site } from './site.fixture.ts'

const config = { tokenEndpoint: 'https://login.ehr.example.org/token' }
const client = (clientAuth: ClientAuth) => ({ clientId: 'client', clientAuth, scopes: 'openid' })
const asked: unknown[][] = []
const taken = {
  claimClient: async (...args: unknown[]) => {
    asked.push(args)
    return fail('site_client_taken')
  },
}

test('a client that signs with our key and is another tenant’s gets no token', async () => {
  const own = client({ method: 'private_key_jwt', key: { kty: 'EC' }, kid: 'k', alg: 'ES384' })
  expect(await ownClient(taken, site(), own, config)).toMatchObject({
    failure: { code: 'smart_client_rejected', detail: 'site_client_taken' },
  })
  const { tenantId, siteId } = site()
  expect(asked.at(-1)).toEqual([{ tenantId, siteId }, config.tokenEndpoint, 'client'])
  const free = { claimClient: async () => ok(undefined) }
  expect((await ownClient(free, site(), own, config)).ok).toBe(true)
})

test('a client with a secret of its own, or with none, is nobody else’s business', async () => {
  for (const auth of [{ method: 'none' }, { method: 'client_secret_basic', secret: 's' }] as const)
    expect((await ownClient(taken, site(), client(auth), config)).ok).toBe(true)
})

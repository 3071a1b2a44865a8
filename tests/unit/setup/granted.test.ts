import type { TokenCredential } from '@azure/identity'
import { expect, test } from 'vitest'
import { readGranted } from '../../../src/core/setup/granted.ts'

const token = (claims: unknown) =>
  ['{"alg":"none"}', JSON.stringify(claims), '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

const gives = (text: string): TokenCredential => ({
  getToken: async () => ({ token: text, expiresOnTimestamp: 0 }),
})
const fails = (error: object): TokenCredential => ({
  getToken: async () => {
    throw Object.assign(new Error(), error)
  },
})
const read = async (credential: TokenCredential) => {
  const granted = await readGranted(credential)
  return granted.ok ? granted.value : granted.failure.code
}

test('what is granted stands in the roles of the token; without any it has none', async () => {
  expect(await read(gives(token({ roles: ['User.Read.All'] })))).toEqual(['User.Read.All'])
  expect(await read(gives(token({})))).toEqual([])
})

test('nothing is granted where Entra gives no token: nobody ever consented', async () => {
  expect(await read(fails({ statusCode: 400 }))).toEqual([])
  expect(
    await read(fails({ name: 'AuthenticationRequiredError', message: 'invalid_client: Error(s): 7000229' })),
  ).toEqual([])
})

test('is not known where Entra does not answer, asks us to wait, or gives what cannot be read', async () => {
  expect(await read(fails({ statusCode: 503 }))).toBe('graph_unavailable')
  expect(await read(fails({ statusCode: 429 }))).toBe('graph_throttled')
  expect(await read(fails({ message: 'network_error: getaddrinfo' }))).toBe('graph_unavailable')
  expect(await read(gives('opaque'))).not.toBeInstanceOf(Array)
})

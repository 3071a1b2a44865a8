import { beforeAll, expect, test, vi } from 'vitest'
import { headersOf, invocation, type Registered, request, stubSettings } from './registered.ts'

const registered = vi.hoisted(() => new Map() as Registered)

vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => registered.set(name, options) },
}))

beforeAll(async () => {
  await stubSettings()
  await import('../../../src/functions/home.ts')
})

test('our JWK Set is given to everybody who asks, without a cookie or a token, and may be kept for an hour', async () => {
  const { context } = invocation('jwks')
  const asked = request('GET', '/.well-known/jwks.json')
  expect([...asked.headers.keys()]).not.toContain('authorization')
  const answer = await registered.get('jwks')?.handler(asked, context)
  if (!answer || !('jsonBody' in answer)) throw new Error('no JSON came')
  expect(answer.status ?? 200).toBe(200)
  expect(headersOf(answer)['cache-control']).toBe('public, max-age=3600')
  const { keys } = answer.jsonBody as { keys: Record<string, unknown>[] }
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) {
    expect(key).toMatchObject({ kty: expect.any(String), kid: expect.any(String) })
    expect(key).not.toHaveProperty('d')
  }
})

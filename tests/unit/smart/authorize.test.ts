import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { authorizeUrl, newLaunchSecrets } from '../../../src/core/smart/authorize.ts'
import { BASE, config, site } from './wire.ts'

const request = {
  redirectUri: 'https://app.example.org/launch/callback',
  launch: 'opaque&launch=2',
  state: 'sealed.state',
  codeChallenge: 'challenge',
  nonce: 'nonce-1',
}

test('the authorize address carries all that SMART asks for, and aud is the FHIR base', () => {
  const url = authorizeUrl(config, site, request)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'client-1',
    redirect_uri: request.redirectUri,
    scope: 'launch openid fhirUser user/Appointment.read user/Patient.read',
    state: 'sealed.state',
    aud: BASE,
    code_challenge: 'challenge',
    code_challenge_method: 'S256',
    launch: 'opaque&launch=2',
    nonce: 'nonce-1',
  })
})

test('query parameters of the endpoint are kept and cannot replace ours', () => {
  const endpoint = `${config.authorizationEndpoint}?tenant=a%26b&aud=https://evil.example&aud=x`
  const url = authorizeUrl({ ...config, authorizationEndpoint: endpoint }, site, request)
  expect(url.searchParams.get('tenant')).toBe('a&b')
  expect(url.searchParams.getAll('aud')).toEqual([BASE])
})

test('a standalone launch asks for no launch scope; without openid no nonce is sent', () => {
  const { launch: _, ...standalone } = request
  const url = authorizeUrl(config, site, { ...standalone, scope: 'patient/Patient.read' })
  expect(url.searchParams.get('scope')).toBe('patient/Patient.read')
  expect(url.searchParams.has('launch')).toBe(false)
  expect(url.searchParams.has('nonce')).toBe(false)
})

test('launch secrets are at least 128 bits, never alike, and the challenge is S256 of the verifier', async () => {
  const all = await Promise.all(Array.from({ length: 200 }, newLaunchSecrets))
  const values = all.flatMap(({ stateId, codeVerifier, nonce }) => [stateId, codeVerifier, nonce])
  expect(new Set(values).size).toBe(600)
  for (const value of values) expect(value).toMatch(/^[\w-]{43}$/)
  for (const { codeVerifier, codeChallenge } of all)
    expect(codeChallenge).toBe(createHash('sha256').update(codeVerifier).digest('base64url'))
})

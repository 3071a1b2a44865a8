import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkCsrf, csrfToken, sameText } from '../../../src/core/http/csrf.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'

const ring = keyRing(randomBytes(32))
const own = { origin: 'https://visits.example.org', ownOrigins: ['https://visits.example.org'] }
const foreign = { ok: false, failure: { code: 'form_foreign' } }

test('a form of our own page is taken', () => {
  expect(checkCsrf(ring, 'launch|1', csrfToken(ring, 'launch|1'), own).ok).toBe(true)
})

test('an old browser that sends no Origin is taken at its token', () => {
  const asked = { ...own, origin: undefined }
  expect(checkCsrf(ring, 'launch|1', csrfToken(ring, 'launch|1'), asked).ok).toBe(true)
  expect(checkCsrf(ring, 'launch|1', undefined, asked)).toMatchObject(foreign)
})

test('another site’s Origin is refused whatever the token; so is an Origin that hides itself', () => {
  for (const origin of ['https://evil.example', 'null', 'https://visits.example.org.evil.example'])
    expect(checkCsrf(ring, 'launch|1', csrfToken(ring, 'launch|1'), { ...own, origin })).toMatchObject(
      foreign,
    )
})

test('the token of another launch, a changed one and none are refused', () => {
  const token = csrfToken(ring, 'launch|1')
  for (const given of [csrfToken(ring, 'launch|2'), `${token}A`, token.slice(1), '', undefined])
    expect(checkCsrf(ring, 'launch|1', given, own)).toMatchObject(foreign)
})

test('a form that was open while the key changed is still taken, and no longer', () => {
  const token = csrfToken(ring, 'launch|1')
  const next = randomBytes(32)
  expect(checkCsrf(keyRing(next, ring.current.secret.export()), 'launch|1', token, own).ok).toBe(true)
  expect(checkCsrf(keyRing(randomBytes(32), next), 'launch|1', token, own)).toMatchObject(foreign)
})

test('texts of different lengths compare as different', () => {
  expect(sameText('a', 'a')).toBe(true)
  expect(sameText('a', 'ab')).toBe(false)
  expect(sameText('é', 'e')).toBe(false)
})

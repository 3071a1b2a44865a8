import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'

const TENANT = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'
const keys = identityKeys(Buffer.alloc(32, 7))

// Literals on purpose. Were one of these to change, every visit, opt-out and sent text of every deployment would be a
// stranger after the upgrade.
test('a visit key is what it always was', () => {
  expect(keys.visitKey(TENANT, 'northwind001', '4817501')).toBe('mYWJ-WdsE1Qz1KpV6FF9AQ')
})

test('the key of a phone number is what it always was', () => {
  expect(keys.phoneKey(TENANT, '+18165550101')).toBe('m_fogIfp5f1A241B6gOq22SQ7fJUs7jy6ixZNvCYCRs')
})

test('the key of a patient is what it always was, and tells of no two visits that they are one person’s', () => {
  const [one, other] = ['4817501', '4817502'].map((id) => keys.visitKey(TENANT, 'northwind001', id))
  const key = keys.patientKey(TENANT, 'northwind001', one ?? '', '12724101')
  expect(key).toBe('5P-vw09KO8qQO0Xmuteo4w')
  expect(keys.patientKey(TENANT, 'northwind001', other ?? '', '12724101')).not.toBe(key)
  expect(keys.patientKey(TENANT, 'northwind001', one ?? '', '12724102')).not.toBe(key)
})

test('a repeatability id is what it always was, and a UUID', () => {
  expect(keys.repeatabilityId(TENANT, 'notice')).toBe('ca7f7be6-fc3e-8493-ae95-de71777b316d')
})

test('the same appointment id is another visit at another site, in another tenant, in another deployment', () => {
  const others = [
    keys.visitKey(TENANT, 'northwind001', '4817502'),
    keys.visitKey(TENANT, 'northwind002', '4817501'),
    keys.visitKey('b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302', 'northwind001', '4817501'),
    identityKeys(randomBytes(32)).visitKey(TENANT, 'northwind001', '4817501'),
  ]
  expect(new Set([keys.visitKey(TENANT, 'northwind001', '4817501'), ...others]).size).toBe(5)
})

test('two tenants cannot tell by its key that they text the same phone', () => {
  const other = 'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302'
  expect(keys.phoneKey(TENANT, '+18165550101')).not.toBe(keys.phoneKey(other, '+18165550101'))
})

test('keys fit where keys of rows go', () => {
  expect(keys.visitKey(TENANT, 'northwind001', 'an id')).toMatch(/^[\w-]{22}$/)
  expect(keys.phoneKey(TENANT, '+18165550101')).toMatch(/^[\w-]{43}$/)
})

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import {
  clearedPortalSession,
  isToBeRenewed,
  newPortalSession,
  readPortalSession,
  writePortalSession,
} from '../../../src/core/portal/session.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const ring = keyRing(randomBytes(32))
const account = { tenantId: 'tenant', userId: 'user', name: 'Ana Synthetic', upn: 'ana@lakeside.example' }
const session = newPortalSession(account, { configure: true, reports: true }, NOW)

function cookiesOf(at: Date, of = session) {
  const written = writePortalSession(ring, of, at)
  if (!written.ok) throw new Error(written.failure.code)
  return new Map(written.value.map(({ name, value }) => [name, value]))
}
const code = (at: Date, cookies = cookiesOf(NOW), keys = ring) => {
  const read = readPortalSession(keys, cookies, at)
  return read.ok ? 'ok' : read.failure.code
}

test('a session is read as it was written, in cookies that no other host can set', () => {
  const cookies = cookiesOf(NOW)
  expect([...cookies.keys()].every((name) => name.startsWith('__Host-portal'))).toBe(true)
  expect(readPortalSession(ring, cookies, NOW)).toMatchObject({ ok: true, value: account })
  expect([...cookies.values()].join()).not.toContain('Ana')
})

test('somebody who does nothing for an hour is signed out', () => {
  expect(code(later(59))).toBe('ok')
  expect(code(later(60))).toBe('session_expired')
})

test('somebody who works stays signed in, for a working day at most', () => {
  expect(isToBeRenewed(session, later(4))).toBe(false)
  expect(isToBeRenewed(session, later(6))).toBe(true)
  const renewed = cookiesOf(later(50))
  expect(code(later(109), renewed)).toBe('ok')
  const last = cookiesOf(later(470))
  expect(code(later(479), last)).toBe('ok')
  expect(code(later(480), last)).toBe('session_expired')
})

test('a session of other keys, or none, is none', () => {
  expect(code(NOW, cookiesOf(NOW), keyRing(randomBytes(32)))).toBe('session_missing')
  expect(code(NOW, new Map())).toBe('session_missing')
})

test('signing out takes every part of the cookie away', () => {
  for (const cookie of clearedPortalSession())
    expect(cookie).toMatchObject({ value: '', maxAge: 0, path: '/' })
})

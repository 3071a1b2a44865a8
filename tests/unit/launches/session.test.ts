import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import {
  clearSignedIn,
  type LaunchSession,
  readSession,
  readSignedIn,
  writeSession,
  writeSignedIn,
} from '../../../src/core/launches/session.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const ring = keyRing(randomBytes(32))
const session: LaunchSession = {
  launchId: 'one',
  tenantId: 'tenant',
  siteId: 'northwind001',
  ehrUser: { issuer: 'https://login.ehr.example.org/', subject: 'user-7', practitionerId: '593923' },
  username: 'mokafor',
  context: { kind: 'appointment', appointmentId: '4817501', patientId: '12724101' },
  accessToken: 'token'.repeat(300),
  accessTokenUntil: later(9).toISOString(),
}
const jar = (cookies: readonly { name: string; value: string; maxAge: number }[]) =>
  new Map(cookies.filter(({ maxAge }) => maxAge > 0).map(({ name, value }) => [name, value]))
const written = (data = session) => {
  const made = writeSession(ring, data, NOW)
  if (!made.ok) throw new Error(made.failure.code)
  return made.value
}

test('a session is kept in the browser alone, sealed, under its launch’s own path', () => {
  const cookies = written()
  for (const { name, path, value } of cookies) {
    expect(name).toMatch(/^__Secure-launch/)
    expect(path).toBe('/launch/one')
    expect(value).not.toContain('4817501')
  }
  expect(readSession(ring, 'one', jar(cookies), NOW)).toEqual({
    ok: true,
    value: { ...session, until: later(240).toISOString() },
  })
})

test('two open charts never mix: the session of one launch is none in another', () => {
  const one = written()
  const two = written({ ...session, launchId: 'two' })
  expect(readSession(ring, 'two', jar(one), NOW)).toMatchObject({ failure: { code: 'session_missing' } })
  expect(readSession(ring, 'one', jar(two), NOW)).toMatchObject({ failure: { code: 'session_missing' } })
})

test('a session ends after four hours', () => {
  const cookies = jar(written())
  expect(readSession(ring, 'one', cookies, later(239)).ok).toBe(true)
  expect(readSession(ring, 'one', cookies, later(240))).toMatchObject({
    failure: { code: 'session_expired' },
  })
})

test('a token that fits no browser is a failure, not a session that breaks', () => {
  const accessToken = randomBytes(12_000).toString('base64')
  const made = writeSession(ring, { ...session, accessToken }, NOW)
  expect(made).toMatchObject({ ok: false, failure: { code: 'session_too_large' } })
})

test('who signed in is remembered for ten minutes, for one launch, until confirmed', () => {
  const made = writeSignedIn(ring, 'one', { userId: 'user', upn: 'maya@example.org' }, NOW)
  const cookies = jar(made.ok ? made.value : [])
  expect(readSignedIn(ring, 'one', cookies, later(9))).toMatchObject({ ok: true, value: { userId: 'user' } })
  expect(readSignedIn(ring, 'one', cookies, later(10)).ok).toBe(false)
  expect(readSignedIn(ring, 'two', cookies, NOW).ok).toBe(false)
  const cleared = new Set(clearSignedIn('one').map(({ name }) => name))
  for (const name of cookies.keys()) expect(cleared).toContain(name)
})

test('a session is no signed-in account, and the other way round', () => {
  const asAccount = new Map(
    [...jar(written())].map(([name, value]) => [name.replace('launch', 'account'), value]),
  )
  expect(readSignedIn(ring, 'one', asAccount, NOW).ok).toBe(false)
})

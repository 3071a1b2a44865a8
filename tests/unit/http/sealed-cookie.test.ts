import { randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Cookie } from '../../../src/core/http/cookies.ts'
import { clearedCookies, openSealedCookies, sealedCookies } from '../../../src/core/http/sealed-cookie.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { seal } from '../../../src/core/keys/seal.ts'

const NOW = new Date('2031-03-04T10:00:00Z')
const UNTIL = new Date('2031-03-04T14:00:00Z')
const ring = keyRing(randomBytes(32))
const schema = z.object({ token: z.string() })

function sealed(data: unknown, context = 'launch|1') {
  const made = sealedCookies(ring, '__Secure-launch', '/launch/1', context, data, UNTIL, NOW)
  if (!made.ok) throw new Error(made.failure.code)
  return made.value
}
/** A browser: a cookie replaces the one of its name, and maxAge 0 removes it. */
function browser(...answers: readonly Cookie[][]): ReadonlyMap<string, string> {
  const jar = new Map<string, string>()
  for (const { name, value, maxAge } of answers.flat()) maxAge > 0 ? jar.set(name, value) : jar.delete(name)
  return jar
}
const open = (cookies: ReadonlyMap<string, string>, context = 'launch|1', now = NOW, keys = ring) =>
  openSealedCookies(keys, '__Secure-launch', context, cookies, schema, now)
/** Random, so that it does not shrink. */
const long = (bytes: number) => ({ token: randomBytes(bytes).toString('base64') })

test('what was sealed into a cookie is read back', () => {
  expect(open(browser(sealed({ token: 'short' })))).toEqual({ ok: true, value: { token: 'short' } })
})

test('a long value is split, each part within what browsers keep, and read back', () => {
  const data = long(4_000)
  const cookies = sealed(data)
  expect(cookies.filter(({ maxAge }) => maxAge > 0).length).toBeGreaterThan(1)
  for (const { name, value } of cookies) expect(name.length + value.length).toBeLessThanOrEqual(4_096)
  expect(open(browser(cookies))).toEqual({ ok: true, value: data })
})

test('a shorter value takes the place of a longer one of before', () => {
  const longest = sealed(long(6_900))
  expect(longest.length).toBe(4)
  const jar = browser(longest, sealed({ token: 'short' }))
  expect(jar.has('__Secure-launch.3')).toBe(true)
  expect(open(jar)).toEqual({ ok: true, value: { token: 'short' } })
})

test('a value that no browser would keep is refused when it is written', () => {
  const write = (data: unknown) => sealedCookies(ring, 'n', '/', 'c', data, UNTIL, NOW)
  expect(write(long(20_000))).toMatchObject({ ok: false, failure: { code: 'session_too_large' } })
  // It would shrink to a short cookie, and could not be read back within the bound.
  expect(write({ token: 'a'.repeat(70_000) })).toMatchObject({ failure: { code: 'session_too_large' } })
})

test('a short value that an earlier release packed is still read', () => {
  const json = JSON.stringify({ until: UNTIL.getTime(), data: { token: 'short' } })
  const value = seal(ring, 'launch|1', deflateRawSync(json).toString('base64url'))
  expect(open(new Map([['__Secure-launch', value]]))).toEqual({ ok: true, value: { token: 'short' } })
})

describe('does not open', () => {
  const missing = { ok: false, failure: { code: 'session_missing' } }

  test('without a cookie, or without one of its parts', () => {
    expect(open(new Map())).toMatchObject(missing)
    const jar = new Map(browser(sealed(long(4_000))))
    jar.delete('__Secure-launch.1')
    expect(open(jar)).toMatchObject(missing)
  })

  test('in another launch', () => {
    expect(open(browser(sealed({ token: 't' })), 'launch|2')).toMatchObject(missing)
  })

  test('after its time, whatever the browser keeps', () => {
    const jar = browser(sealed({ token: 't' }))
    expect(open(jar, 'launch|1', new Date(UNTIL.getTime() - 1)).ok).toBe(true)
    expect(open(jar, 'launch|1', UNTIL)).toMatchObject({ failure: { code: 'session_expired' } })
  })

  test('with a key that is gone, and does with the one before', () => {
    const jar = browser(sealed({ token: 't' }))
    expect(open(jar, 'launch|1', NOW, keyRing(randomBytes(32)))).toMatchObject(missing)
    expect(open(jar, 'launch|1', NOW, keyRing(randomBytes(32), ring.current.secret.export())).ok).toBe(true)
  })

  test('when another release wrote it', () => {
    expect(open(browser(sealed({ other: 1 })))).toMatchObject(missing)
  })

  test('when it is no data at all, or would fill the memory', () => {
    const bomb = deflateRawSync(Buffer.alloc(2_000_000)).toString('base64url')
    for (const text of [bomb, 'AAAA', '', deflateRawSync('not json').toString('base64url')]) {
      const jar = new Map([['__Secure-launch', seal(ring, 'launch|1', text)]])
      expect(open(jar)).toMatchObject(missing)
    }
  })
})

test('clearing removes every part', () => {
  const cookies = sealed(long(6_900))
  expect(browser(cookies, clearedCookies('__Secure-launch', '/launch/1')).size).toBe(0)
})

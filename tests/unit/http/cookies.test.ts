import { expect, test } from 'vitest'
import { BROWSER_COOKIE, cookie, readCookies } from '../../../src/core/http/cookies.ts'

test('cookies are read as browsers send them', () => {
  expect([...readCookies('a=1; b=x=y;c = 3 ; d')]).toEqual([
    ['a', '1'],
    ['b', 'x=y'],
    ['c', '3'],
  ])
  expect(readCookies(undefined).size).toBe(0)
  expect(readCookies(null).size).toBe(0)
})

test('of two cookies of one name the first counts: browsers send the one of the longer path first', () => {
  expect(readCookies('a=own; a=planted').get('a')).toBe('own')
})

test('names are looked up as names, not as members of an object', () => {
  expect(readCookies('a=1').get('__proto__')).toBeUndefined()
})

test('every cookie is out of reach of scripts and of plain http, and comes along when somebody is sent back to us', () => {
  expect(cookie(BROWSER_COOKIE, 'v', '/', 60)).toEqual({
    name: '__Host-browser',
    value: 'v',
    path: '/',
    maxAge: 60,
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
  })
})

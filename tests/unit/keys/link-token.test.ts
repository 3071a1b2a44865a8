import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { bucketOf, LINK_BUCKETS, linkRowKeys, linkToken } from '../../../src/core/keys/link-token.ts'

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const ring = keyRing(first)
type Link = Parameters<typeof linkToken>[2]
const link: Link = { visitKey: 'Zm9vYmFyYmF6cXV4MTIzNA', audience: 'patient', serial: 1, bucket: 11 }
const token = (more: Partial<Link> = {}) => linkToken(ring, ring.current.id, { ...link, ...more }) ?? ''

test('a link token is what it always was', () => {
  const pinned = keyRing(Buffer.alloc(32, 9))
  expect(linkToken(pinned, pinned.current.id, link)).toBe('2m5l2PLAYTXVw4lZ_8YimL')
})

test('a token has 22 characters that an address takes as they are', () => {
  for (let serial = 0; serial < 50; serial++) expect(token({ serial })).toMatch(/^[\w-]{22}$/)
})

test('of its 132 bits 128 are the key holder’s alone: every one of them follows from the link', () => {
  const bits = (text: string) =>
    [...Buffer.from(`${text}A`, 'base64url')].flatMap((byte) => [...byte.toString(2).padStart(8, '0')])
  const seen = Array.from({ length: 128 }, () => new Set<string>())
  for (let serial = 0; serial < 64; serial++)
    for (const [at, bit] of bits(token({ serial })).slice(0, 128).entries()) seen[at]?.add(bit)
  expect(seen.every((values) => values.size === 2)).toBe(true)
})

test('the bucket is read back from the token, each of the sixteen', () => {
  const buckets = Array.from({ length: LINK_BUCKETS }, (_, bucket) => linkRowKeys(token({ bucket }))?.bucket)
  expect(buckets).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
})

test('another visit, audience, serial or key is another token', () => {
  const other = linkToken(keyRing(second), keyRing(second).current.id, link)
  const all = [
    token(),
    token({ serial: 2 }),
    token({ audience: 'guest' }),
    token({ visitKey: 'Zm9vYmFyYmF6cXV4MTIzNQ' }),
    other,
  ]
  expect(new Set(all).size).toBe(5)
})

test('the row is found by a hash: the table does not hold what a text carried', () => {
  const keys = linkRowKeys(token())
  expect(keys?.hash).toMatch(/^[\w-]{43}$/)
  expect(keys?.hash).not.toContain(token().slice(0, 6))
})

describe('what is no token of ours leads nowhere', () => {
  test('cut off, too long, or with characters of other alphabets', () => {
    const good = token()
    for (const text of [
      '',
      good.slice(0, 21),
      `${good}A`,
      `${good.slice(0, 21)}+`,
      `${good.slice(0, 21)}=`,
      ` ${good.slice(1)}`,
    ])
      expect(linkRowKeys(text), text).toBeUndefined()
    expect(linkRowKeys(`${good}\n`)).toBeUndefined()
  })

  test('a changed character is another row, never the same one', () => {
    const good = token()
    const row = linkRowKeys(good)
    for (let at = 0; at < good.length; at++) {
      const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`
      expect(linkRowKeys(changed)?.hash).not.toBe(row?.hash)
    }
  })
})

describe('when the key was changed', () => {
  test('links of before are made again with the key before, so that reminders carry the same link', () => {
    const rotated = keyRing(second, first)
    expect(linkToken(rotated, ring.current.id, link)).toBe(token())
  })

  test('with a key that is gone no token can be made', () => {
    expect(linkToken(keyRing(third, second), ring.current.id, link)).toBeUndefined()
  })
})

test('links of one site and day share a bucket, and sites spread over all', () => {
  expect(bucketOf('northwind001', '2031-03-04')).toBe(9)
  const spread = new Set(Array.from({ length: 200 }, (_, site) => bucketOf(`site${site}`, '2031-03-04')))
  expect(spread.size).toBe(LINK_BUCKETS)
})

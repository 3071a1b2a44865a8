import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { seal, sealSame, unseal } from '../../../src/core/keys/seal.ts'

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const ring = keyRing(first)
const invalid = { ok: false, failure: { code: 'seal_invalid' } }

test('what was sealed opens again, whatever it says', () => {
  const texts = ['', '.', 'a.b', '\u0000', 'García Núñez', 'عمر', '👩🏽‍⚕️', '"}', 'x'.repeat(5_000)]
  for (const text of texts)
    for (const sealed of [seal(ring, 'context', text), sealSame(ring, 'context', text)])
      expect(unseal(ring, 'context', sealed)).toEqual({ ok: true, value: text })
})

test('a sealed value opens in its own place only', () => {
  const sealed = seal(ring, 'visits|tenant|site|key|meeting', 'text')
  expect(unseal(ring, 'visits|tenant|site|key|appointment', sealed)).toEqual(invalid)
})

test('a sealed value that was changed anywhere does not open', () => {
  const sealed = seal(ring, 'context', 'a text of some length')
  for (let at = 0; at < sealed.length; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    expect(unseal(ring, 'context', changed).ok, `character ${at}`).toBe(false)
  }
})

test('a sealed value that was cut off or added to does not open', () => {
  const sealed = seal(ring, 'context', 'text')
  for (let length = 0; length < sealed.length; length++)
    expect(unseal(ring, 'context', sealed.slice(0, length))).toEqual(invalid)
  for (const tail of ['=', '.', '.A', 'A', ' ', '!', '%', '\n'])
    expect(unseal(ring, 'context', `${sealed}${tail}`)).toEqual(invalid)
})

test('a sealed value has one spelling: what decoders overlook is no second one', () => {
  const sealed = seal(ring, 'context', 'text!')
  const [id, body = ''] = sealed.split('.')
  const spellings = [`${body.slice(0, 4)}!${body.slice(4)}`, `${body}==`, ` ${body}`]
  // The last character may hold bits that say nothing.
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
    spellings.push(`${body.slice(0, -1)}${last}`)
  const opening = spellings.filter((spelling) => unseal(ring, 'context', `${id}.${spelling}`).ok)
  expect(opening).toEqual([body])
})

describe('when the key was changed', () => {
  test('what the key before sealed still opens, and new things are sealed with the new key', () => {
    const old = seal(ring, 'context', 'text')
    const rotated = keyRing(second, first)
    expect(unseal(rotated, 'context', old)).toEqual({ ok: true, value: 'text' })
    expect(unseal(ring, 'context', seal(rotated, 'context', 'text'))).toEqual(invalid)
  })

  test('what a key that is gone sealed stays closed', () => {
    expect(unseal(keyRing(third, second), 'context', seal(ring, 'context', 'text'))).toEqual(invalid)
  })
})

describe('sealing the same', () => {
  test('gives the same for the same, and nothing else', () => {
    expect(sealSame(ring, 'context', 'text')).toBe(sealSame(ring, 'context', 'text'))
    expect(sealSame(ring, 'context', 'text')).not.toBe(sealSame(ring, 'context', 'texts'))
    expect(sealSame(ring, 'context', 'text')).not.toBe(sealSame(ring, 'other', 'text'))
    expect(seal(ring, 'context', 'text')).not.toBe(seal(ring, 'context', 'text'))
  })

  test('never uses one nonce for two pairs of context and text', () => {
    const nonce = (context: string, text: string) =>
      Buffer.from(sealSame(ring, context, text).split('.')[1] ?? '', 'base64url').toString('hex', 0, 12)
    expect(nonce('a', 'b|c')).not.toBe(nonce('a|b', 'c'))
    expect(nonce('', '|x')).not.toBe(nonce('|', 'x'))
  })

  test('gives the value that was always given', () => {
    const pinned = keyRing(Buffer.alloc(32, 9))
    expect(sealSame(pinned, 'context', 'text')).toBe('g2SH9LIm.tsnV9JgOUTBzPFgXGxZ8ho01kULU4dhZVaxC9QcLTwc')
  })
})

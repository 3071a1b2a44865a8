import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import {
  type NoticeName,
  noticeId,
  noticeRowKey,
  openNoticeId,
  openNoticeRowKey,
} from '../../../src/core/messaging/notice.ts'
import { VISIT_KEY } from './clinic.fixture.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)
const ring = keyRing(key(1))
const name: NoticeName = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  siteId: 'clinic000001',
  bay: '2026-11-24|family',
  visitKey: VISIT_KEY,
  version: 12,
  kind: 'reminder.1',
}

describe('the id of a notice', () => {
  test('leads back to the notice and is the same at every try', () => {
    expect(openNoticeId(ring, noticeId(ring, name))).toEqual(name)
    expect(noticeId(ring, name)).toBe(noticeId(ring, { ...name }))
  })

  test('says nothing about it', () => {
    const id = noticeId(ring, name)
    const decoded = Buffer.from(id.split('.')[1] ?? '', 'base64url').toString('latin1')
    for (const part of [name.tenantId, name.siteId, name.visitKey, 'reminder']) {
      expect(id).not.toContain(part)
      expect(decoded).not.toContain(part)
    }
  })

  test('differs for every version, kind, visit and day', () => {
    const ids = [
      name,
      { ...name, version: 13 },
      { ...name, kind: 'reminder.0' as const },
      { ...name, bay: '2026-11-25|family' as const },
      { ...name, bay: '2026-11-24|cardiology' as const },
      { ...name, visitKey: 'B'.repeat(22) },
    ].map((other) => noticeId(ring, other))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('still opens after its key was replaced, and no longer when that is gone', () => {
    const id = noticeId(ring, name)
    expect(openNoticeId(keyRing(key(2), key(1)), id)).toEqual(name)
    expect(openNoticeId(keyRing(key(3), key(2)), id)).toBeUndefined()
  })

  test('cannot be made by anybody else', () => {
    const forged = noticeId(keyRing(key(9)), name)
    const renamed = `${ring.current.id}.${forged.split('.')[1]}`
    for (const id of [
      '',
      '.',
      'x',
      'a.b.c',
      forged,
      renamed,
      `${noticeId(ring, name)}.`,
      `${noticeId(ring, name)}A`,
    ])
      expect(openNoticeId(ring, id)).toBeUndefined()
  })

  test('opens with no single character changed', () => {
    const id = noticeId(ring, name)
    fc.assert(
      fc.property(fc.nat(id.length - 1), fc.constantFrom(...'Aa0_-.z'), (at, other) => {
        const changed = id.slice(0, at) + other + id.slice(at + 1)
        if (changed !== id) expect(openNoticeId(ring, changed)).toBeUndefined()
      }),
    )
  })
})

describe('the row key of a notice', () => {
  test('names visit, version and kind and can be read back', () => {
    const { visitKey, version, kind } = name
    expect(openNoticeRowKey(noticeRowKey(name))).toEqual({ visitKey, version, kind })
  })

  test.each(['v:AAAAAAAAAAAAAAAAAAAAAA', 'n:AAAAAAAAAAAAAAAAAAAAAA:1', '', 'n:a:1:booked:x'])(
    '%j is none',
    (rowKey) => expect(openNoticeRowKey(rowKey)).toBeUndefined(),
  )
})

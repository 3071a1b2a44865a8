import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { openLook, sealLook } from '../../../src/core/launches/look.ts'
import { etagOf, lookSign, signsIn, slotOf } from '../../../src/core/launches/look-sign.ts'
import type { Visit } from '../../../src/core/visits/visit.ts'
import { visitRow } from '../visits/visit.fixture.ts'

const ring = keyRing(randomBytes(32))
const key = 'mYWJ-WdsE1Qz1KpV6FF9AQ'
const at = (etag: string) => ({ row: { ...visitRow(), etag } }) as Visit
const notice = (changedAt: string) => ({
  kind: 'booked',
  version: 1,
  row: { schema: 1, type: 'notice', state: 'sent', claimId: 'c', leaseUntil: changedAt, changedAt } as const,
})

test('what a page looks at opens in its own launch alone, and is the same at every drawing', () => {
  const sealed = sealLook(ring, { launchId: 'one' }, { visitKeys: [key] })
  expect(sealLook(ring, { launchId: 'one' }, { visitKeys: [key] })).toBe(sealed)
  expect(openLook(ring, { launchId: 'one' }, sealed)).toEqual({ visitKeys: [key] })
  expect(openLook(ring, { launchId: 'two' }, sealed)).toBeUndefined()
  expect(openLook(ring, { launchId: 'one' }, `${sealed}x`)).toBeUndefined()
})

test('the sign changes with the visit, with a notice, with a release, and with nothing else', () => {
  const sign = lookSign([at('1')], [notice('a')], '1')
  expect(lookSign([at('1')], [notice('a')], '1')).toBe(sign)
  for (const other of [
    lookSign([at('2')], [notice('a')], '1'),
    lookSign([at('1')], [notice('b')], '1'),
    lookSign([at('1')], [], '1'),
    lookSign([at('1'), undefined], [notice('a')], '1'),
    lookSign([at('1')], [notice('a')], '2'),
    lookSign([at('1')], [notice('a')], '1', ['too_late']),
  ])
    expect(other).not.toBe(sign)
})

test('the sign changes when a text about a delay waited too long, though nothing was written', () => {
  const sign = (told: string) => lookSign([at('1')], [], '1', [told])
  expect(sign('too_late')).not.toBe(sign('on_its_way'))
})

test('a page says what it knows by one weak validator: its own visit, and of others when they were looked at', () => {
  const [own, sign] = [lookSign([at('1')], [], '1'), lookSign([at('2')], [], '1')]
  expect(signsIn(etagOf({ own }))).toEqual({ own })
  const known = { own, others: { sign, slot: slotOf(new Date('2031-03-04T16:00:07Z')) } }
  expect(signsIn(etagOf(known))).toEqual(known)
  expect(etagOf(known)).toMatch(/^W\/"[\w.-]+"$/)
})

test.each([null, '', '*', '"x"', `W/"${'a'.repeat(22)}.x.1"`, `W/"${'a'.repeat(22)}", W/"b"`])(
  'a validator that is none of ours (%s) says that nothing is known',
  (etag) => expect(signsIn(etag)).toBeUndefined(),
)

test('others are looked at once in ten seconds', () => {
  const slot = (second: string) => slotOf(new Date(`2031-03-04T16:00:${second}Z`))
  expect(slot('09.999')).toBe(slot('00'))
  expect(slot('10')).toBe(slot('00') + 1)
})

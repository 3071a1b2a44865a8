import { describe, expect, test } from 'vitest'
import { consented, hasConsents, withdrawn } from '../../../src/core/senders/consents.ts'
import { countries, countryOf, reaches } from '../../../src/core/senders/countries.ts'
import { textsOf } from '../../../src/core/senders/estimate.ts'
import { samePrice, shownPrice } from '../../../src/core/senders/price.ts'
import {
  alphanumericName,
  isOneWay,
  perMinuteOf,
  senderId,
  shownSender,
} from '../../../src/core/senders/sender.ts'
import type { Sender } from '../../../src/core/senders/sender-store.ts'
import { answered, evidenced, initialVerification } from '../../../src/core/senders/verification.ts'
import { newTenant } from '../../../src/core/sites/tenant.ts'

describe('a sender', () => {
  test.each([
    ['+18335550100', 200],
    ['12345', 6000],
    ['LAKESIDE', 600],
    ['+447700900123', 200],
  ])('%s sends %i texts a minute', (sender, pace) => expect(perMinuteOf(sender)).toBe(pace))

  test('with a letter in it takes no answers', () => {
    expect(['+18335550100', '12345', 'LAKESIDE', undefined].map(isOneWay)).toEqual([
      false,
      false,
      true,
      false,
    ])
  })

  test('is named without its plus, and shown as people read it', () => {
    expect(senderId('+18335550100')).toBe('18335550100')
    expect(shownSender('+18335550100')).toBe('+1 833-555-0100')
    expect(shownSender('LAKESIDE')).toBe('LAKESIDE')
  })

  test.each([
    ['Lakeside', 'Lakeside'],
    ['  My  Clinic ', 'My Clinic'],
    ['12345', undefined],
    ['AB', undefined],
    ['TWELVELETTER', undefined],
    ['Clínica', undefined],
    ['A-B-C', undefined],
  ])('the name %j becomes %j', (written, name) => expect(alphanumericName(written)).toBe(name))
})

describe('a country', () => {
  test('of North America has toll-free numbers and no names; others have names and no toll-free numbers', () => {
    for (const { code, tollFree, name11 } of countries)
      expect({ code, one: tollFree !== (name11 !== undefined) }).toEqual({ code, one: true })
    expect(countryOf('GB')?.name11).toBe('registered')
    expect(countryOf('DE')?.name11).toBe('at_once')
    expect(new Set(countries.map(({ code }) => code)).size).toBe(countries.length)
  })

  test.each([
    ['+18335550100', 'US', true],
    ['+18335550100', 'CA', true],
    ['+18335550100', 'FR', false],
    ['LAKESIDE', 'US', false],
    ['LAKESIDE', 'FR', true],
    ['12345', 'GB', true],
    ['12345', 'FR', false],
    ['+18335550100', 'ZZ', false],
  ])('%s reaches %s: %s', (sender, code, arrives) => expect(reaches(sender, code)).toBe(arrives))
})

describe('the consents', () => {
  const now = new Date('2031-03-01T09:00:00.000Z')
  test('are both or none', () => {
    const tenant = newTenant('t', 'T')
    expect(hasConsents(tenant)).toBe(false)
    const given = consented(tenant, 'ana', now)
    expect(hasConsents(given)).toBe(true)
    expect(hasConsents({ smsConsents: { sending: given.smsConsents.sending } })).toBe(false)
    expect(hasConsents(withdrawn(given))).toBe(false)
  })

  test('keep who gave them first; to older words they are given anew', () => {
    const given = consented(newTenant('t', 'T'), 'ana', now)
    expect(consented(given, 'ben', new Date(0)).smsConsents.sending).toMatchObject({ by: 'ana' })
    const old = { at: now.toISOString(), by: 'ana', wording: 99 }
    expect(consented({ ...given, smsConsents: { sending: old } }, 'ben', now).smsConsents.sending?.by).toBe(
      'ben',
    )
  })
})

describe('the verification of a number', () => {
  const at = new Date('2031-03-02T10:00:00.000Z')
  const sender: Sender = {
    schema: 1,
    sender: '+18335550100',
    kind: 'tollFree',
    country: 'US',
    verification: initialVerification('+18335550100'),
    perMinute: 200,
    addedAt: '2031-03-01T09:00:00.000Z',
    addedBy: 'ana',
  }

  test('begins as not submitted for toll-free numbers, and is nothing to others', () => {
    expect(sender.verification).toBe('not_submitted')
    expect(initialVerification('12345')).toBe('not_needed')
    expect(initialVerification('LAKESIDE')).toBe('not_needed')
  })

  test('is what the administrator says', () => {
    expect(answered(sender, 'submitted', at)).toMatchObject({
      verification: 'submitted',
      verificationAt: at.toISOString(),
    })
    const name: Sender = { ...sender, verification: 'not_needed' }
    expect(answered(name, 'verified', at)).toBe(name)
  })

  test('is proved by a text that arrived and disproved by code 4010', () => {
    const proved = evidenced({ ...sender, verification: 'submitted' }, 'delivered', at)
    expect(proved).toMatchObject({ verification: 'verified', evidence: 'delivered' })
    expect(evidenced({ ...sender, verification: 'verified' }, 'blocked', at)).toMatchObject({
      verification: 'not_submitted',
      evidence: 'blocked',
    })
    expect(evidenced({ ...sender, verification: 'submitted' }, 'blocked', at)).toMatchObject({
      verification: 'submitted',
      evidence: 'blocked',
    })
  })

  test('is not changed by what is no news, nor by an older report', () => {
    const proved: Sender = {
      ...sender,
      verification: 'verified',
      evidence: 'delivered',
      evidenceAt: at.toISOString(),
    }
    expect(evidenced(proved, 'delivered', new Date(at.getTime() + 1000))).toBeUndefined()
    expect(evidenced(proved, 'blocked', new Date(at.getTime() - 1000))).toBeUndefined()
    expect(evidenced({ ...sender, verification: 'not_needed' }, 'delivered', at)).toBeUndefined()
  })
})

describe('prices', () => {
  test('are the same to the cent and in one currency', () => {
    expect(samePrice({ amount: 2, currency: 'USD' }, { amount: 2.001, currency: 'USD' })).toBe(true)
    expect(samePrice({ amount: 2, currency: 'USD' }, { amount: 2.01, currency: 'USD' })).toBe(false)
    expect(samePrice({ amount: 2, currency: 'USD' }, { amount: 2, currency: 'CAD' })).toBe(false)
  })
  test('are shown with what is less than a cent', () => {
    expect(shownPrice({ amount: 2, currency: 'USD' })).toBe('$2.00')
    expect(shownPrice({ amount: 0.0075, currency: 'USD' })).toBe('$0.008')
    expect(shownPrice({ amount: 2, currency: 'not one' })).toBe('2.00 not one')
  })
})

test('a month’s texts: each visit booked once, cancelled ones told, the others reminded', () => {
  const confirm = { booked: true, moved: true, cancelled: true, not_video: true }
  const month = { visits: 100, cancelled: 10 }
  expect(textsOf(month, { confirm, reminderMinutes: [1440, 60] })).toBe(100 + 10 + 2 * 90)
  expect(
    textsOf(month, { confirm: { ...confirm, booked: false, cancelled: false }, reminderMinutes: [] }),
  ).toBe(0)
})

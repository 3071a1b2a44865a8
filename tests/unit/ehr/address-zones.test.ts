import { describe, expect, test } from 'vitest'
import { addressZones } from '../../../src/core/ehr/address-zones.ts'
import { isTimeZone } from '../../../src/core/sites/site.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const of = (...addresses: Parameters<typeof addressZones>[0]) => addressZones(addresses, NOW)
const [ET, CT, MT, PT] = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']
const ALL =
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU MP AS'

describe('the zones of an address', () => {
  test('every state, district and territory has some, of the IANA database', () => {
    for (const state of ALL.split(' ')) {
      const zones = of({ state })
      expect(zones.length, state).toBeGreaterThan(0)
      expect(
        zones.filter((zone) => !isTimeZone(zone)),
        state,
      ).toEqual([])
    }
  })

  test.each([
    ['NY', [ET]],
    ['mo', [CT]],
    ['TX', [CT, MT]],
    ['FL', [ET, CT]],
    ['ID', [MT, PT]],
    ['AZ', ['America/Phoenix', MT]],
  ])('%s', (state, zones) => expect(of({ state })).toEqual(zones))

  test.each([
    ['10001', [ET]],
    ['64108-1234', [CT]],
    ['79901', [CT, MT]],
    ['96813', ['Pacific/Honolulu']],
    ['96799', ['Pacific/Honolulu', 'Pacific/Pago_Pago']],
    ['00901', ['America/Puerto_Rico']],
    ['09012', []],
    ['34002', []],
    ['6410', []],
    ['SW1A 1AA', []],
  ])('ZIP code %s', (postalCode, zones) => expect(of({ postalCode })).toEqual(zones))

  test('of several homes are all of theirs; those of before, of work and of bills are none', () => {
    expect(of({ state: 'NY', use: 'home' }, { state: 'CA', use: 'temp' })).toEqual([ET, PT])
    expect(
      of({ state: 'NY', use: 'old' }, { state: 'NY', use: 'work' }, { state: 'NY', use: 'billing' }),
    ).toEqual([])
    expect(of({ state: 'NY', period: { end: '2030-01-01' } })).toEqual([])
  })

  test('of another country, of a state that is none, and of nothing are none', () => {
    expect(
      of({ state: 'MO', country: 'MX' }, { state: 'Ontario', country: 'CA' }, { state: 'XX' }, {}),
    ).toEqual([])
    expect(of({ state: 'MO', country: 'USA' })).toEqual([CT])
  })
})

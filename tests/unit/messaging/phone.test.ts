import { describe, expect, test } from 'vitest'
import { textNumber } from '../../../src/core/messaging/phone.ts'

const US = ['US', 'CA']

describe('the number to text', () => {
  test.each([
    ['8168888886', '+18168888886'],
    ['816-555-0199', '+18165550199'],
    ['(816) 555-0199', '+18165550199'],
    ['1 816 555 0199', '+18165550199'],
    ['+1 416 555 0123', '+14165550123'],
    ['+18005550123', '+18005550123'],
  ])('%s is read as %s', (written, number) =>
    expect(textNumber([written], US)).toEqual({ ok: true, value: number }),
  )

  test('the first that can be texted is taken', () => {
    expect(textNumber(['n/a', '+44 7400 123456', '816-555-0102', '816-555-0103'], US)).toMatchObject({
      value: '+18165550102',
    })
  })

  test('numbers without a country code belong to the first allowed country', () => {
    expect(textNumber(['07400 123456'], ['GB', 'US'])).toMatchObject({ value: '+447400123456' })
    expect(textNumber(['07400 123456'], US)).toMatchObject({ ok: false })
  })

  test.each([
    ['no number at all', [], 'phone_missing'],
    ['words', ['call the daughter'], 'phone_invalid'],
    ['an emergency number', ['911'], 'phone_invalid'],
    ['too few digits', ['555-0199'], 'phone_invalid'],
    ['an office with an extension', ['816-555-0199 x12'], 'phone_invalid'],
    ['another country', ['+44 7400 123456'], 'phone_country'],
    ['another country that shares the code +1', ['+1 876 555 1234', '242-555-0123'], 'phone_country'],
    ['another country before an invalid one', ['+44 7400 123456', 'n/a'], 'phone_country'],
  ])('%s is work for staff', (_name, phones, code) =>
    expect(textNumber(phones, US)).toMatchObject({ ok: false, failure: { code } }),
  )
})

import { expect, test } from 'vitest'
import { deliveryCodes } from '../../../sandbox/acs/magic-numbers.ts'
import { noticeReason } from '../../../src/pages/appointment/notice-words.ts'

test.each(Object.keys(deliveryCodes))('delivery code %s of the vendor has words for people', (code) => {
  expect(noticeReason(`carrier_${code}`)).toMatch(/^[a-z][a-z ,]+/)
})

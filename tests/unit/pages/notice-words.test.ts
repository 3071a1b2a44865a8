import { expect, test } from 'vitest'
import { deliveryCodes } from '../../../sandbox/acs/magic-numbers.ts'
import { noticeReason, noticeWords } from '../../../src/pages/appointment/notice-words.ts'

test.each(Object.keys(deliveryCodes))('delivery code %s of the vendor has words for people', (code) => {
  expect(noticeReason(`carrier_${code}`)).toMatch(/^[a-z][a-z ,]+/)
})

test.each([
  ['late.10', 'Running late by 10 minutes'],
  ['reminder.2', 'Reminder'],
  ['moved@email', 'New time by e-mail'],
])('a notice of the kind %s is called %s', (kind, words) => {
  expect(noticeWords(kind, 'delivered', undefined)).toEqual({
    kind: words,
    status: 'Delivered',
    tone: 'success',
  })
})

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

test('a reminder says which one it is, by the lead times of its site', () => {
  const words = (kind: string) => noticeWords(kind, 'sent', undefined, [1440, 60]).kind
  expect(['reminder.0', 'reminder.1@email', 'reminder.2'].map(words)).toEqual([
    'Reminder, 1 day before',
    'Reminder by e-mail, 1 hour before',
    'Reminder',
  ])
})

test.each(['too_near', 'later_reminder', 'in_past'])(
  'what was left out by plan (%s) alarms nobody; what was missed does',
  (reason) => {
    expect(noticeWords('reminder.0', 'skipped', reason).tone).toBe('info')
    expect(noticeWords('reminder.0', 'skipped', 'opted_out').tone).toBe('warning')
  },
)

import { describe, expect, test } from 'vitest'
import type { Claimed } from '../../../src/core/messaging/claim.ts'
import { ended, left, settled } from '../../../src/core/messaging/outcome.ts'
import type { SmsFailure } from '../../../src/core/messaging/sms.ts'
import { fail, ok } from '../../../src/core/result.ts'
import type { NoticeRow } from '../../../src/core/store/rows.ts'
import { VISIT_KEY } from './clinic.fixture.ts'

const NOW = new Date('2026-11-24T10:00:00.000Z')
const FIRST = '2026-11-24T09:59:00.000Z'
const name = {
  tenantId: 't',
  siteId: 's',
  bay: '2026-11-24|family' as const,
  visitKey: VISIT_KEY,
  version: 1,
  kind: 'booked' as const,
}

function claimed(more: Partial<NoticeRow> = {}): Claimed {
  const row = {
    schema: 1 as const,
    type: 'notice' as const,
    state: 'sending' as const,
    claimId: 'me',
    leaseUntil: '2026-11-24T10:02:00.000Z',
    firstSentAt: FIRST,
    changedAt: FIRST,
    partitionKey: 'p',
    rowKey: 'r',
    etag: 'e',
  }
  return { name, row: { ...row, ...more } }
}
const settle = (code: SmsFailure, inDoubt = false, retryAfterSeconds?: number) =>
  settled(claimed(), fail(code, retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), inDoubt, NOW)

describe('what becomes of a request', () => {
  test('that was accepted: sent', () => {
    expect(settled(claimed(), ok(undefined), false, NOW)).toMatchObject({
      row: { state: 'sent', firstSentAt: FIRST },
    })
  })

  test.each(['sms_throttled', 'sms_not_asked'] as const)(
    'that surely was not carried out (%s): free again',
    (code) => {
      const outcome = settle(code)
      expect(outcome.row).toMatchObject({ state: 'claimed', leaseUntil: '2026-11-24T10:00:30.000Z' })
      expect(outcome.row).not.toHaveProperty('firstSentAt')
      expect(outcome.later).toEqual({ name, seconds: 30, because: code })
    },
  )

  test('that was throttled: it waits as long as the vendor asks, and at most an hour', () => {
    expect(settle('sms_throttled', false, 61.2).later?.seconds).toBe(62)
    expect(settle('sms_throttled', false, 1e9).later?.seconds).toBe(3600)
  })

  test('that was throttled after one without an answer: the doubt stays, and the start of the window', () => {
    expect(settle('sms_throttled', true).row).toMatchObject({ state: 'sending', firstSentAt: FIRST })
  })

  test('without an answer: in doubt, and tried again', () => {
    expect(settle('sms_outcome_unknown')).toMatchObject({
      row: { state: 'sending', firstSentAt: FIRST },
      later: { because: 'sms_outcome_unknown' },
    })
  })

  test.each(['sms_recipient_refused', 'sms_request_refused'] as const)(
    'that was refused (%s): not delivered',
    (code) => {
      expect(settle(code)).toMatchObject({ row: { state: 'undelivered', reason: code } })
      expect(settle(code).later).toBeUndefined()
    },
  )

  test('that was refused after one without an answer: nobody knows', () => {
    expect(settle('sms_request_refused', true)).toMatchObject({ row: { state: 'unknown' } })
  })
})

describe('a notice that is not sent now', () => {
  test('ends as decided', () => {
    const { firstSentAt: _none, ...row } = claimed({ state: 'claimed' }).row
    expect(ended({ name, row }, 'skipped', 'opted_out', NOW).row).toMatchObject({
      state: 'skipped',
      reason: 'opted_out',
    })
  })

  test('is unknown where an earlier request may have sent it', () => {
    for (const state of ['skipped', 'expired', 'undelivered'] as const)
      expect(ended(claimed(), state, 'any', NOW).row).toMatchObject({
        state: 'unknown',
        reason: 'send_outcome_unknown',
      })
  })

  test('stays with its holder until the later message is due', () => {
    expect(left(claimed({ state: 'claimed' }), 120, 'changed_since', NOW)).toMatchObject({
      row: { state: 'claimed', leaseUntil: '2026-11-24T10:02:00.000Z' },
      later: { seconds: 120, because: 'changed_since' },
    })
  })
})

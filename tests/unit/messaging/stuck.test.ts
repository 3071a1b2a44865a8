import { describe, expect, test } from 'vitest'
import { stuckNotice } from '../../../src/core/messaging/stuck.ts'
import { type NoticeRow, noticeStates, type VisitRow } from '../../../src/core/store/rows.ts'
import { siteWith, VISIT_KEY, visitWith } from './clinic.fixture.ts'

const LEASE = '2026-11-22T10:00:00.000Z'
const DUE = '2026-11-22T10:10:00.000Z'

function stuck(
  row: Partial<NoticeRow> = {},
  visit: Partial<VisitRow> | null = {},
  kind: 'booked' | 'cancelled' | 'reminder.0' = 'booked',
  now = DUE,
) {
  const notice: NoticeRow = {
    schema: 1,
    type: 'notice',
    state: 'claimed',
    claimId: 'c',
    leaseUntil: LEASE,
    changedAt: LEASE,
    ...row,
  }
  const name = { visitKey: VISIT_KEY, version: 1, kind }
  return stuckNotice(name, notice, visit ? visitWith(visit) : undefined, siteWith().texts, new Date(now))
}

describe('a notice that nobody brought to an end', () => {
  test.each(['claimed', 'sending'] as const)(
    'is found ten minutes after the lease of one that is %s',
    (state) => {
      expect(stuck({ state }, {}, 'booked', '2026-11-22T10:09:59.999Z')).toBeUndefined()
      expect(stuck({ state })).toEqual({
        notice: { visitKey: VISIT_KEY, version: 1, kind: 'booked', deadline: '2026-11-24T16:30:00.000Z' },
        since: new Date(DUE),
      })
    },
  )

  test('keeps the deadline that its kind has', () => {
    expect(stuck({}, {}, 'reminder.0')?.notice.deadline).toBe('2026-11-24T16:30:00.000Z')
    const off = { cause: 'cancelled' as const, cancelled: true, since: '2026-11-24T16:00:00.000Z' }
    expect(stuck({}, off, 'cancelled')?.notice.deadline).toBe('2026-11-25T04:00:00.000Z')
  })

  test('only has to be ended where the visit is another version, elsewhere, or told of something else', () => {
    expect(stuck({}, { version: 2 })?.notice.deadline).toBe(DUE)
    expect(stuck({}, null)?.notice.deadline).toBe(DUE)
    expect(stuck({}, { cause: 'baseline' })?.notice.deadline).toBe(DUE)
  })

  test('is none that has ended', () => {
    for (const state of noticeStates.filter((one) => one !== 'claimed' && one !== 'sending'))
      expect(stuck({ state })).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayBecome } from '../../../src/core/messaging/notice-states.ts'
import { reported } from '../../../src/core/messaging/receipts.ts'
import { type NoticeRow, type NoticeState, noticeStates } from '../../../src/core/store/rows.ts'

const NOW = new Date('2026-11-24T10:00:00.000Z')

function row(state: NoticeState, reason?: string): NoticeRow {
  const at = '2026-11-24T09:00:00.000Z'
  const base = { schema: 1 as const, type: 'notice' as const, claimId: 'c', leaseUntil: at, changedAt: at }
  return { ...base, state, ...(reason === undefined ? {} : { reason }) }
}
const report = (from: NoticeState, deliveryStatus: string, deliveryStatusDetails?: string) =>
  reported(row(from, 'before'), { deliveryStatus, deliveryStatusDetails }, NOW)

describe('a delivery report', () => {
  test('of a delivered text makes it delivered, without a reason', () => {
    const next = report('sent', 'Delivered', 'No error. 2000')
    expect(next).toMatchObject({ state: 'delivered', changedAt: NOW.toISOString() })
    expect(next).not.toHaveProperty('reason')
  })

  test.each([
    ['4000', 'undelivered'],
    ['4001', 'undelivered'],
    ['4002', 'undelivered'],
    ['4003', 'undelivered'],
    ['4004', 'undelivered'],
    ['4005', 'undelivered'],
    ['4006', 'undelivered'],
    ['4007', 'undelivered'],
    ['4008', 'undelivered'],
    ['4010', 'undelivered'],
    ['4020', 'undelivered'],
    ['5000', 'undelivered'],
    ['5001', 'undelivered'],
    ['5002', 'unknown'],
    ['9999', 'unknown'],
  ])('of a failed text with code %s makes it %s and keeps the code', (code, state) =>
    expect(report('sent', 'Failed', `The carrier said so. ${code}`)).toMatchObject({
      state,
      reason: `carrier_${code}`,
    }),
  )

  test('of a failed text without a code still says that the carrier did not deliver', () => {
    expect(report('sent', 'Failed')).toMatchObject({ state: 'undelivered', reason: 'carrier' })
  })

  test('may come before the send is recorded', () => {
    expect(report('sending', 'Delivered')).toMatchObject({ state: 'delivered' })
    expect(report('unknown', 'Delivered')).toMatchObject({ state: 'delivered' })
    expect(report('unknown', 'Failed', '4006')).toMatchObject({ state: 'undelivered' })
  })

  test('that comes twice says nothing new', () => {
    for (const [status, code] of [['Delivered'], ['Failed', '4006'], ['Failed', '5002']] as const) {
      const once = report('sent', status, code)
      expect(
        once && reported(once, { deliveryStatus: status, deliveryStatusDetails: code }, NOW),
      ).toBeUndefined()
    }
  })

  test('never takes a delivery back, in whatever order they come', () => {
    expect(report('delivered', 'Failed', '4006')).toBeUndefined()
    expect(report('delivered', 'Failed', '5002')).toBeUndefined()
    expect(report('undelivered', 'Failed', '5002')).toBeUndefined()
    expect(report('undelivered', 'Delivered')).toMatchObject({ state: 'delivered' })
  })

  test('of a stage that is no end changes nothing', () => {
    for (const status of ['Sent', 'Queued', '', 'Unknown']) expect(report('sent', status)).toBeUndefined()
  })
})

describe('the state of a notice', () => {
  test('moves forward only: no way leads back, but from a send that surely was not made', () => {
    const rank = ['claimed', 'sending', 'sent', 'unknown', 'undelivered', 'delivered'] as const
    for (const [from, before] of rank.entries())
      for (const [to, after] of rank.entries())
        if (to <= from) expect(mayBecome(before, after)).toBe(before === 'sending' && after === 'claimed')
  })

  test('has ends that nothing follows', () => {
    for (const end of ['skipped', 'expired', 'delivered'] as const)
      for (const to of noticeStates) expect(mayBecome(end, to)).toBe(false)
  })

  test('ends the same whatever the order and number of its reports', () => {
    const one = fc.constantFrom<[string, string]>(
      ['Delivered', '2000'],
      ['Failed', '4006'],
      ['Failed', '5002'],
    )
    const run = (reports: readonly [string, string][]) =>
      reports.reduce(
        (now, [deliveryStatus, deliveryStatusDetails]) =>
          reported(now, { deliveryStatus, deliveryStatusDetails }, NOW) ?? now,
        row('sent'),
      )
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (reports) => {
        expect(run([...reports].reverse()).state).toBe(run(reports).state)
        expect(run([...reports, ...reports]).state).toBe(run(reports).state)
      }),
    )
  })
})

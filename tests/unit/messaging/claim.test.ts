import { describe, expect, test } from 'vitest'
import { type ClaimRules, decideClaim } from '../../../src/core/messaging/claim.ts'
import { type NoticeRow, noticeStates } from '../../../src/core/store/rows.ts'

const NOW = new Date('2026-11-24T10:00:00.000Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString()
const ahead = (seconds: number) => ago(-seconds)
const WINDOW: ClaimRules = { leaseSeconds: 120, repeatabilitySeconds: 240 }
const NO_WINDOW: ClaimRules = { leaseSeconds: 120, repeatabilitySeconds: 0 }

function row(state: NoticeRow['state'], more: Partial<NoticeRow> = {}): NoticeRow {
  return {
    schema: 1,
    type: 'notice',
    state,
    claimId: 'somebody',
    leaseUntil: ago(1),
    changedAt: ago(60),
    ...more,
  }
}
const decide = (known: NoticeRow | undefined, rules = WINDOW) => decideClaim(known, 'me', rules, NOW)

describe('a claim', () => {
  test.each([WINDOW, NO_WINDOW])('takes a notice that nobody knows of', (rules) =>
    expect(decide(undefined, rules)).toEqual({
      take: {
        schema: 1,
        type: 'notice',
        state: 'claimed',
        claimId: 'me',
        leaseUntil: ahead(120),
        changedAt: NOW.toISOString(),
      },
    }),
  )

  const ends = noticeStates.filter((state) => state !== 'claimed' && state !== 'sending')
  describe.each(ends)('leaves a notice that is %s alone', (state) => {
    test.each([ago(1), ago(100_000), ahead(60)])('with a lease until %s', (leaseUntil) => {
      for (const rules of [WINDOW, NO_WINDOW])
        for (const firstSentAt of [undefined, ago(1), ago(10_000)])
          expect(decide(row(state, { leaseUntil, ...(firstSentAt ? { firstSentAt } : {}) }), rules)).toBe(
            'done',
          )
    })
  })

  test.each(['claimed', 'sending'] as const)(
    'waits while the holder of a notice that is %s may be at it',
    (state) => {
      for (const rules of [WINDOW, NO_WINDOW])
        expect(decide(row(state, { leaseUntil: ahead(0.001), firstSentAt: ago(1) }), rules)).toEqual({
          held: new Date(ahead(0.001)),
        })
    },
  )

  test('takes over what a dead holder had not begun to send, with any window', () => {
    for (const rules of [WINDOW, NO_WINDOW])
      for (const leaseUntil of [NOW.toISOString(), ago(1_000_000)]) {
        const decision = decide(row('claimed', { leaseUntil, changedAt: ago(1_000_000) }), rules)
        expect(decision).toMatchObject({ take: { state: 'claimed', claimId: 'me', leaseUntil: ahead(120) } })
      }
  })

  test.each([
    [0, 120],
    [104, 120],
    [121, 103],
    [200, 24],
    [214, 10],
  ])(
    'tries a send that began %i seconds ago again, for %i seconds: a request made then arrives in the window',
    (age, lease) => {
      const firstSentAt = ago(age)
      expect(decide(row('sending', { firstSentAt }))).toEqual({
        take: {
          ...row('sending', { firstSentAt }),
          claimId: 'me',
          leaseUntil: ahead(lease),
          changedAt: NOW.toISOString(),
        },
      })
    },
  )

  test('never tries a begun send again when the vendor may have forgotten it: it is unknown', () => {
    const settled = { settle: { state: 'unknown', reason: 'send_outcome_unknown' } }
    expect(decide(row('sending', { firstSentAt: ago(215) }))).toMatchObject(settled)
    expect(decide(row('sending', { firstSentAt: ago(0) }), NO_WINDOW)).toMatchObject(settled)
    expect(decide(row('sending', { firstSentAt: ago(90_000) }))).toMatchObject(settled)
  })

  test('counts from the last change where no first request is noted', () => {
    expect(decide(row('sending', { changedAt: ago(60) }))).toHaveProperty('take')
    expect(decide(row('sending', { changedAt: ago(600) }))).toHaveProperty('settle')
  })
})

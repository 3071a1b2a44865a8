import { expect, test } from 'vitest'
import { decideText } from '../../../src/core/messaging/decide-text.ts'
import { lateKind, lateUntil, minutesLate } from '../../../src/core/messaging/late-notice.ts'
import { stuckNotice } from '../../../src/core/messaging/stuck.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { withLateMinutes } from '../../../src/core/visits/late.ts'
import { site } from '../sites/site.fixture.ts'
import { appointment, minutesFromStart, START, visitRow } from '../visits/visit.fixture.ts'

const patient = {
  id: '12724101',
  initials: 'QS',
  active: true,
  deceased: false,
  birthDate: undefined,
  language: 'en',
  phones: ['(816) 555-0101'],
  wantsReminders: true,
}
const decide = (visit: VisitRow, minutes: number, now = minutesFromStart(-5)) =>
  decideText({
    name: {
      tenantId: 't',
      siteId: 's',
      bay: '2031-03-04|family',
      visitKey: 'k',
      version: 1,
      kind: lateKind(minutes),
    },
    visit,
    appointment: appointment(),
    patient,
    link: 'https://v.example/v/1',
    deadline: lateUntil(visit, lateKind(minutes)),
    site: site(),
    now,
  })

test('a delay is told by the time that is expected now', () => {
  const told = decide(withLateMinutes(visitRow(), 15), 15)
  expect(told).toMatchObject({ ok: true, value: { body: expect.stringContaining('10:15 AM') } })
})

test('a delay that was changed or taken back since is not told any more', () => {
  expect(decide(withLateMinutes(visitRow(), 30), 15)).toMatchObject({ failure: { code: 'superseded' } })
  expect(decide(visitRow(), 15)).toMatchObject({ failure: { code: 'superseded' } })
})

test('nobody is told of a delay when it is over', () => {
  const late = withLateMinutes(visitRow(), 15)
  expect(decide(late, 15, minutesFromStart(15))).toMatchObject({ failure: { code: 'deadline_passed' } })
})

test('a delay is named by its minutes, so that each is told once', () => {
  expect([minutesLate('late.15'), minutesLate('late.5'), minutesLate('booked')]).toEqual([15, 5, undefined])
  expect(lateUntil({ start: START.toISOString() }, 'late.15')).toEqual(minutesFromStart(15))
})

test('a link that somebody sent by hand is never sent again by a sweep', () => {
  const row = {
    schema: 1,
    type: 'notice',
    state: 'sending',
    claimId: 'c',
    leaseUntil: '2031-01-01T00:00:00.000Z',
    changedAt: '2031-01-01T00:00:00.000Z',
  } as const
  const name = { visitKey: 'k', version: 1, kind: 'link.2' } as const
  expect(stuckNotice(name, row, visitRow(), site().texts, START)).toBeUndefined()
})

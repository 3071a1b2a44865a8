import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../../src/core/meetings/roster/call-event.ts'
import type { Stay } from '../../../src/core/reports/presence.ts'
import { at, attended, endedAt, moved, recorded, rosterColumn, stay } from './report.fixture.ts'

/** Somebody's way through one visit: minutes around its planned start. */
const person = fc.record({
  staff: fc.boolean(),
  press: fc.integer({ min: -25, max: 10 }),
  wait: fc.integer({ min: 0, max: 15 }),
  inside: fc.integer({ min: 1, max: 40 }),
  admitted: fc.boolean(),
})
type Person = {
  readonly staff: boolean
  readonly press: number
  readonly wait: number
  readonly inside: number
  readonly admitted: boolean
}
const people = fc.array(person, { minLength: 1, maxLength: 6 })

/** What Teams tells live of it, and what the attendance report says afterwards. Participants came by our link. */
function world(them: readonly Person[]) {
  const events: CallEvent[] = []
  const stays: Stay[] = []
  const guests = them.filter(({ staff }) => !staff)
  for (const [index, { staff, press, wait, inside, admitted }] of them.entries()) {
    const who = `person ${index}`
    const joins = press + (staff ? 0 : wait)
    if (!staff) events.push(moved({ who, place: 'lobby', minute: press + 0.5 }))
    if (staff || admitted) {
      const [from, to] = [joins + 1, joins + 1 + inside]
      events.push(moved({ who, staff, place: 'meeting', minute: from }))
      stays.push(stay(staff, from, to))
      events.push(moved({ who, staff, place: 'gone', minute: to }))
    } else events.push(moved({ who, place: 'gone', minute: joins + 1 }))
  }
  const last = Math.max(60, ...stays.map(({ to }) => (Date.parse(to ?? '') - Date.parse(at(0))) / 60_000))
  events.push(endedAt(last))
  const own = {
    ...(guests.length > 0 ? { waitedFrom: at(Math.min(...guests.map(({ press }) => press))) } : {}),
    ...(them.some(({ staff }) => staff) ? { clinicianJoinedAt: at(0), clinicianId: 'clinician' } : {}),
  }
  return { events, stays, last, own }
}

const disorder = people.chain((them) => {
  const made = world(them)
  return fc.record({
    made: fc.constant(made),
    // Any order, any repetition, any loss.
    told: fc.shuffledSubarray([...made.events, ...made.events, ...made.events]),
    minute: fc.integer({ min: 100, max: 400 }),
  })
})

describe('once the attendance report is in', () => {
  test('any order, repetition or loss of events leads to the same row', () => {
    fc.assert(
      fc.property(disorder, ({ made: { events, stays, last, own }, told, minute }) => {
        fc.pre(stays.length > 0)
        const attendance = attended(stays, last, 'clinician')
        const whole = recorded({ ...own, attendance, roster: rosterColumn(events) }, minute)
        expect(recorded({ ...own, attendance, roster: rosterColumn(told) }, minute)).toEqual(whole)
        expect(recorded({ ...own, attendance }, minute)).toEqual(whole)
      }),
      { seed: 7, numRuns: 400 },
    )
  })

  test('for people who came by no link of ours, lost events hide a wait and change nothing else', () => {
    fc.assert(
      fc.property(disorder, ({ made: { events, stays, last, own }, told, minute }) => {
        const both = stays.some(({ staff }) => staff) && stays.some(({ staff }) => !staff)
        fc.pre(both)
        const { waitedFrom: _press, ...unlinked } = { waitedFrom: undefined, ...own }
        const attendance = attended(stays, last, 'clinician')
        const { waited: known, ...whole } = recorded(
          { ...unlinked, attendance, roster: rosterColumn(events) },
          minute,
        )
        const { waited, ...row } = recorded({ ...unlinked, attendance, roster: rosterColumn(told) }, minute)
        if (whole.outcome === 'completed') expect(row).toEqual(whole)
        if (waited !== undefined) expect(waited).toBeLessThanOrEqual(known ?? 0)
      }),
      { seed: 7, numRuns: 400 },
    )
  })
})

describe('until it is in', () => {
  test('any order and repetition of the same events leads to the same row', () => {
    const shuffled = people.chain((them) => {
      const made = world(them)
      const twice = [...made.events, ...made.events]
      return fc.record({
        made: fc.constant(made),
        told: fc.shuffledSubarray(twice, { minLength: twice.length }),
      })
    })
    fc.assert(
      fc.property(shuffled, ({ made: { events, own }, told }) => {
        const row = (list: readonly CallEvent[]) => recorded({ ...own, roster: rosterColumn(list) }, 200)
        expect(row(told)).toEqual(row(events))
      }),
      { seed: 7, numRuns: 400 },
    )
  })
})

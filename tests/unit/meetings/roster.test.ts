import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CallEvent, parseCallEvent } from '../../../src/core/meetings/roster/call-event.ts'
import {
  applyEvent,
  EMPTY_ROSTER,
  patientPlace,
  type Roster,
} from '../../../src/core/meetings/roster/roster.ts'

const RECEIVED = new Date('2031-03-04T17:00:00.000Z')
const at = (second: number) => new Date(RECEIVED.getTime() + second * 1000).toISOString()
const roster = (
  second: number,
  who: string,
  place: 'lobby' | 'meeting' | 'gone',
  staff = false,
): CallEvent => ({
  kind: 'roster',
  at: at(second),
  changes: [{ who, staff, place }],
})
const played = (...events: CallEvent[]): Roster =>
  events.reduce((known, event) => applyEvent(known, event, RECEIVED), EMPTY_ROSTER)

describe('where the patient is', () => {
  test('nobody has come: nothing is claimed', () => {
    expect(patientPlace(EMPTY_ROSTER)).toBeUndefined()
    expect(patientPlace(played(roster(1, 'clinician', 'meeting', true)))).toBeUndefined()
  })

  test('a guest in the lobby waits since they came, whoever else is inside', () => {
    const known = played(roster(1, 'a', 'meeting'), roster(2, 'b', 'lobby'), roster(3, 'c', 'meeting', true))
    expect(patientPlace(known)).toEqual({ kind: 'waiting', since: at(2) })
  })

  test('admitted, left and ended follow each other', () => {
    const waiting = played(roster(1, 'a', 'lobby'))
    const inside = applyEvent(waiting, roster(5, 'a', 'meeting'), RECEIVED)
    expect(patientPlace(inside)).toEqual({ kind: 'in_visit', since: at(5) })
    const left = applyEvent(inside, roster(9, 'a', 'gone'), RECEIVED)
    expect(patientPlace(left)).toEqual({ kind: 'left', since: at(9) })
    const ended = applyEvent(left, { kind: 'ended', at: at(12), changes: [] }, RECEIVED)
    expect(patientPlace(ended)).toEqual({ kind: 'ended', since: at(12) })
  })

  test('a meeting that is joined again after its end is no longer ended', () => {
    const ended = played(roster(1, 'a', 'meeting'), { kind: 'ended', at: at(2), changes: [] })
    expect(patientPlace(applyEvent(ended, roster(3, 'b', 'lobby'), RECEIVED))).toEqual({
      kind: 'waiting',
      since: at(3),
    })
  })

  test('any order and repetition of the same events leads to the same roster', () => {
    const events: CallEvent[] = [
      roster(1, 'a', 'lobby'),
      roster(2, 'b', 'meeting', true),
      roster(3, 'a', 'meeting'),
      roster(4, 'c', 'lobby'),
      roster(6, 'c', 'gone'),
    ]
    const expected = played(...events)
    fc.assert(
      fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 10 }), (shuffled) => {
        expect(played(...shuffled).people).toEqual(expected.people)
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})

describe('reading a call event', () => {
  const guest = {
    id: 'p1',
    isInLobby: true,
    info: { identity: { guest: { id: 'g', displayName: 'Somebody' } } },
  }

  test.each(['participants@delta', 'participants'])(
    'both spellings of the participants are read: %s',
    (name) => {
      const read = parseCallEvent({ eventType: 'rosterUpdated', eventDateTime: at(0), [name]: [guest] })
      expect(read.ok && read.value.changes).toMatchObject([{ staff: false, place: 'lobby' }])
    },
  )

  test('both spellings of the type are read', () => {
    expect(parseCallEvent({ callEventType: 'callEnded' })).toMatchObject({
      ok: true,
      value: { kind: 'ended' },
    })
  })

  test('no name and no id of Graph is kept', () => {
    const read = parseCallEvent({ eventType: 'rosterUpdated', participants: [guest] })
    expect(JSON.stringify(read)).not.toMatch(/Somebody|p1/)
  })

  test('anything else is refused', () => {
    expect(parseCallEvent({ eventType: 'lunch' }).ok).toBe(false)
    expect(parseCallEvent(null).ok).toBe(false)
  })
})

test('when somebody was first in the lobby, first in the meeting and last left is the same in whatever order events come', () => {
  const events: CallEvent[] = [
    roster(1, 'a', 'lobby'),
    roster(3, 'a', 'meeting'),
    roster(5, 'a', 'gone'),
    roster(6, 'a', 'lobby'),
    roster(7, 'a', 'meeting'),
    roster(9, 'a', 'gone'),
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 12 }), (shuffled) => {
      expect(played(...shuffled).people.a).toMatchObject({ lobby: at(1), joined: at(3), left: at(9) })
    }),
    { seed: 7, numRuns: 100 },
  )
})

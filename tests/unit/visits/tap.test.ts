import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type TapState, tapState } from '../../../src/core/visits/tap.ts'
import { appointment, minutesFromStart, START, visitRow } from './visit.fixture.ts'

const OPENS = 30
const MINUTE = 60_000
const later = (at: Date, milliseconds: number) => new Date(at.getTime() + milliseconds)
const moved = appointment({ start: minutesFromStart(1_440) })

describe('the link of a visit as it was told', () => {
  const at = (now: Date) => tapState(visitRow(), appointment(), OPENS, now)

  test('counts down until joining opens, to the millisecond', () => {
    const opensAt = minutesFromStart(-OPENS)
    expect(at(later(opensAt, -1))).toEqual({ kind: 'too_early', start: START, minutes: 30, opensAt })
    expect(at(opensAt)).toEqual({ kind: 'ready', start: START, minutes: 30 })
  })

  test('stays open for an hour after the planned end, to the millisecond', () => {
    const end = minutesFromStart(30 + 60)
    expect(at(later(end, -1)).kind).toBe('ready')
    expect(at(end)).toEqual({ kind: 'over', start: START })
  })

  test('is open at the start for a clock some minutes off, either way', () => {
    for (const skew of [-5, -1, 0, 1, 5]) expect(at(minutesFromStart(skew)).kind).toBe('ready')
  })
})

describe('the link of a visit that changed since', () => {
  test('says the new time', () => {
    const opensAt = later(moved.start, -OPENS * MINUTE)
    expect(tapState(visitRow(), moved, OPENS, minutesFromStart(0))).toEqual({
      kind: 'moved',
      start: moved.start,
      minutes: 30,
      opensAt,
    })
  })

  test('opens at the new time, not at the old one', () => {
    expect(tapState(visitRow(), moved, OPENS, minutesFromStart(5)).kind).toBe('moved')
    expect(tapState(visitRow(), moved, OPENS, later(moved.start, 0)).kind).toBe('ready')
  })

  test.each([
    ['cancelled', appointment({ cancelled: true }), 'cancelled'],
    ['cancelled and moved', { ...moved, cancelled: true }, 'cancelled'],
    ['gone from the EHR', undefined, 'cancelled'],
    ['held in the clinic', appointment({ video: false }), 'not_video'],
    ['marked as having taken place', appointment({ over: true }), 'over'],
  ] as const)('says so when it is %s, even while it would be open', (_what, now, kind) => {
    expect(tapState(visitRow(), now, OPENS, minutesFromStart(0)).kind).toBe(kind)
  })

  test('goes by the EHR, whatever our own row says', () => {
    const row = visitRow({ cancelled: true, video: false })
    expect(tapState(row, appointment(), OPENS, minutesFromStart(0)).kind).toBe('ready')
  })
})

describe('while the clinic is late', () => {
  const row = visitRow({ lateMinutes: 15, lateVersion: 1 })

  test('the new time is told until it has come, and joining stays open', () => {
    const state = tapState(row, appointment(), OPENS, minutesFromStart(14))
    expect(state).toMatchObject({ kind: 'late', expected: minutesFromStart(15), joinable: true })
    expect(tapState(row, appointment(), OPENS, minutesFromStart(15)).kind).toBe('ready')
  })

  test('the end moves with it', () => {
    expect(tapState(row, appointment(), OPENS, minutesFromStart(90)).kind).toBe('ready')
    expect(tapState(row, appointment(), OPENS, minutesFromStart(105)).kind).toBe('over')
  })

  test('a delay of the old time says nothing about the new one', () => {
    expect(tapState(row, moved, OPENS, minutesFromStart(0)).kind).toBe('moved')
    const next = visitRow({ lateMinutes: 15, lateVersion: 1, version: 2 })
    expect(tapState(next, appointment(), OPENS, minutesFromStart(0)).kind).toBe('ready')
  })
})

describe('while the EHR cannot be asked', () => {
  const at = (now: Date, more = {}) => tapState(visitRow(more), 'unreadable', OPENS, now)

  test('the page says so, and lets the patient join when it is time by what was last known', () => {
    expect(at(minutesFromStart(-31))).toMatchObject({ kind: 'unavailable', joinable: false })
    expect(at(minutesFromStart(-30))).toMatchObject({ kind: 'unavailable', joinable: true })
    expect(at(minutesFromStart(90))).toMatchObject({ kind: 'unavailable', joinable: false })
  })

  test('nobody joins what was known to be cancelled or held in the clinic', () => {
    expect(at(START, { cancelled: true }).kind).toBe('cancelled')
    expect(at(START, { video: false }).kind).toBe('not_video')
  })
})

test('every tap has exactly one state, and only an open one lets anybody in', () => {
  const minutes = fc.integer({ min: -3_000, max: 3_000 })
  const seen = fc.option(
    fc.record({
      shift: fc.constantFrom(0, 0, 60, -60, 1_440, -1_440),
      minutes: fc.integer({ min: 1, max: 240 }),
      cancelled: fc.boolean(),
      over: fc.boolean(),
      video: fc.boolean(),
    }),
    { nil: undefined },
  )
  const row = fc.record({ cancelled: fc.boolean(), video: fc.boolean(), late: fc.constantFrom(0, 0, 15) })
  fc.assert(
    fc.property(row, seen, fc.boolean(), minutes, (known, read, readable, offset) => {
      const now = minutesFromStart(offset)
      const late = known.late ? { lateMinutes: known.late, lateVersion: 1 } : {}
      const asked = read && appointment({ ...read, start: minutesFromStart(read.shift) })
      const state = tapState(visitRow({ ...known, ...late }), readable ? asked : 'unreadable', OPENS, now)
      expect(kindsThatHold(known, readable ? asked : 'unreadable', now)).toEqual([state.kind])
      const letsIn = state.kind === 'ready' || ('joinable' in state && state.joinable)
      if (letsIn) expect(Math.abs(now.getTime() - state.start.getTime())).toBeLessThan(330 * MINUTE)
    }),
    { numRuns: 400, seed: 7 },
  )
})

/** The rules said once more, each by itself: of all of them exactly one must hold. */
function kindsThatHold(
  row: { cancelled: boolean; video: boolean; late: number },
  asked: ReturnType<typeof appointment> | undefined | 'unreadable',
  now: Date,
): TapState['kind'][] {
  const known = asked === 'unreadable' ? undefined : asked
  const start = (known?.start ?? START).getTime()
  const moved = start !== START.getTime()
  const late = moved ? 0 : row.late
  const end = start + ((known?.minutes ?? 30) + late + 60) * MINUTE
  const cancelled = asked === 'unreadable' ? row.cancelled : !asked || asked.cancelled
  const offVideo = asked === 'unreadable' ? !row.video : known !== undefined && !known.video
  const over = known !== undefined && (known.over || now.getTime() >= end)
  const joining = known !== undefined && !cancelled && !over && !offVideo
  const waiting = joining && late > 0 && now.getTime() < start + late * MINUTE
  const open = now.getTime() >= start - OPENS * MINUTE
  const rules: Record<TapState['kind'], boolean> = {
    cancelled,
    over: !cancelled && over,
    not_video: !cancelled && !over && offVideo,
    unavailable: asked === 'unreadable' && !cancelled && !offVideo,
    late: waiting,
    ready: joining && !waiting && open,
    moved: joining && !waiting && !open && moved,
    too_early: joining && !waiting && !open && !moved,
  }
  return Object.entries(rules).flatMap(([kind, holds]) => (holds ? [kind as TapState['kind']] : []))
}

import { describe, expect, test } from 'vitest'
import { isQueueTime, NO_REST, type Rest, restOf } from '../../../src/core/messaging/queue-time.ts'

const SINCE = Date.parse('2026-11-22T10:00:00Z')
const at = (minutes: number) => new Date(SINCE + minutes * 60_000)
type Span = { readonly rest?: Rest; readonly deadline?: number }
const isTime = (last: number | undefined, now: number, { rest = NO_REST, deadline }: Span = {}) =>
  isQueueTime(
    { since: at(0), ...(deadline === undefined ? {} : { deadline: at(deadline) }) },
    last === undefined ? undefined : at(last),
    at(now),
    rest,
  )

/** At which of the looks, one every so many minutes, a notice that nobody takes up is queued. */
function queuedAt(looks: number, everyMinutes: number, span: (now: number) => Span = () => ({})): number[] {
  const minutes: number[] = []
  for (let look = 1; look <= looks; look++) {
    const [last, now] = [(look - 1) * everyMinutes - 1, look * everyMinutes - 1]
    if (isTime(last, now, span(now))) minutes.push(now)
  }
  return minutes
}

/** Texts rest from the first minute until that one. */
const night = (until: number) => (now: number) => ({
  rest: now < until ? { until: at(until) } : { ended: at(until) },
})

describe('what is owed goes on the queue', () => {
  test('at the first look after it came to be owed, also when looks were long out', () => {
    expect(isTime(-2, 0)).toBe(true)
    expect(isTime(-2, 1)).toBe(true)
    expect(isTime(-6000, 3000)).toBe(true)
    expect(isTime(undefined, 3000)).toBe(true)
  })

  test('again where the look that should have queued it broke off', () => {
    expect(isTime(-2, 2)).toBe(true)
    expect(isTime(0, 2)).toBe(false)
  })

  test('not before it is owed', () => expect(isTime(-10, -1)).toBe(false))

  test('once more after ten minutes, should its message have been lost', () => {
    expect(isTime(8, 9)).toBe(false)
    expect(isTime(9, 10)).toBe(true)
    expect(isTime(10, 11)).toBe(false)
    expect(isTime(19, 21)).toBe(true)
  })

  test('a handful of times in a day without a sender, not hundreds', () => {
    expect(queuedAt(720, 2)).toHaveLength(9)
    expect(queuedAt(1440, 1)).toHaveLength(9)
  })

  test('only once while texts rest, and again from ten minutes after the night', () => {
    const [first, ...later] = queuedAt(900, 1, night(600))
    expect(first).toBe(0)
    expect(later).toEqual([610, 620, 640, 680, 760])
  })

  test('in the night too where it would rest until it is too late: it expires at once', () => {
    const over = (now: number) => ({ ...night(600)(now), deadline: 300 })
    expect(queuedAt(60, 1, over)).toEqual([0, 10, 20, 40])
  })

  test('once more when its time is up, however long ago it was queued last, and on from there', () => {
    expect(queuedAt(1800, 1, () => ({ deadline: 1500 }))).toEqual([
      0, 10, 20, 40, 80, 160, 320, 640, 1280, 1500, 1510, 1520, 1540, 1580, 1660,
    ])
  })

  test('at the first look after its time was up, where looks are hours apart', () =>
    expect(isTime(500, 980, { deadline: 900 })).toBe(true))
})

describe('the rest of a site is', () => {
  const site = { timeZone: 'America/Chicago', texts: { quietHours: { from: '21:00', to: '08:00' } } }
  const rest = (now: string) => restOf(site as Parameters<typeof restOf>[0], new Date(now))

  test('until the morning, in the night', () =>
    expect(rest('2031-06-17T04:00:00Z')).toEqual({ until: new Date('2031-06-17T13:00:00Z') }))

  test('what ended this morning, at noon', () =>
    expect(rest('2031-06-17T17:00:20Z')).toEqual({ ended: new Date('2031-06-17T13:00:00Z') }))

  test('what ended when the wall clock said so, on the day of a change of the clock', () =>
    expect(rest('2031-03-09T17:00:00Z')).toEqual({ ended: new Date('2031-03-09T13:00:00Z') }))

  test('none without quiet hours', () => {
    const texts = { quietHours: { from: '00:00', to: '00:00' } }
    const none = restOf({ ...site, texts } as Parameters<typeof restOf>[0], new Date('2031-06-17T04:00:00Z'))
    expect(none).toEqual(NO_REST)
  })
})

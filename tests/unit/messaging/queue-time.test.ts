import { describe, expect, test } from 'vitest'
import { isQueueTime } from '../../../src/core/messaging/queue-time.ts'

const SINCE = Date.parse('2026-11-22T10:00:00Z')
const at = (minutes: number) => new Date(SINCE + minutes * 60_000)
const isTime = (last: number | undefined, now: number, quiet = false) =>
  isQueueTime(at(0), last === undefined ? undefined : at(last), at(now), quiet)

/** How often a notice that nobody takes up is queued when looks come every so many minutes. */
function queued(looks: number, everyMinutes: number, quiet = false): number {
  let count = 0
  for (let look = 1; look <= looks; look++)
    if (isTime((look - 1) * everyMinutes - 1, look * everyMinutes - 1, quiet)) count++
  return count
}

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
    expect(queued(720, 2)).toBe(9)
    expect(queued(1440, 1)).toBe(9)
  })

  test('only once while texts rest', () => {
    expect(isTime(-2, 1, true)).toBe(true)
    expect(queued(600, 1, true)).toBe(1)
  })
})

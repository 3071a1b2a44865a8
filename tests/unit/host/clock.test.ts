import { afterEach, expect, test } from 'vitest'
import { createClock } from '../../../sandbox/clock/clock.ts'
import { getOffset, setOffset } from '../../../sandbox/clock/shim.mjs'

const DAY = 86_400_000
/** The real time, which the shim leaves alone here. */
const real = () => performance.timeOrigin + performance.now()
afterEach(() => setOffset(0))

test('every way to ask Date for the time is moved, and nothing else of it', () => {
  setOffset(DAY)
  const made = new Date()
  for (const time of [Date.now(), made.getTime(), Date.parse(Date())]) {
    expect(Math.round((time - real()) / DAY)).toBe(1)
  }
  expect(new Date(0).getTime()).toBe(0)
  expect(new Date(2026, 0, 1)).toBeInstanceOf(Date)
  expect(Date.UTC(2026, 0, 1)).toBe(1_767_225_600_000)
  expect(new Date().constructor).toBe(Date)
  class Later extends Date {}
  expect(new Later()).toBeInstanceOf(Later)
  expect(Math.round((new Later().getTime() - real()) / DAY)).toBe(1)
})

test('the clock moves forward only', async () => {
  const clock = createClock()
  await expect(clock.advance(-1)).rejects.toThrow(RangeError)
  await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError)
  expect(clock.offsetMs).toBe(0)
})

test('steps asked for at once add up', async () => {
  const clock = createClock()
  await Promise.all([clock.advance(DAY), clock.advance(DAY), clock.advance(0)])
  expect(getOffset()).toBe(2 * DAY)
  expect(Math.round((clock.now().getTime() - real()) / DAY)).toBe(2)
})

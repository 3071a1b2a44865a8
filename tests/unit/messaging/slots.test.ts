import { describe, expect, test } from 'vitest'
import {
  handOut,
  isInPlace,
  type Limit,
  limitsBut,
  type Place,
  readTaken,
  SLOT_SECONDS,
  slotOf,
  type Taken,
  withoutPast,
  writeTaken,
} from '../../../src/core/messaging/slots.ts'

const NOW = new Date('2026-11-24T10:00:03.000Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const DAY = later(86_400)
const wanted = (count: number, deadline = DAY) => Array.from({ length: count }, () => deadline)
const EMAIL: Limit[] = [
  { count: 30, seconds: 60 },
  { count: 100, seconds: 3600 },
]
const NOTHING: Taken = new Map()

const times = (places: readonly Place[]) => places.flatMap((one) => (one.kind === 'place' ? [one.at] : []))

/** The most that could leave within any stretch, each at the worst moment of its slot. */
function most(at: readonly Date[], seconds: number): number {
  const slots = at.map(slotOf)
  const stretch = Math.ceil(seconds / SLOT_SECONDS)
  return Math.max(...slots.map((begin) => slots.filter((s) => s >= begin && s <= begin + stretch).length))
}

/** mulberry32: the same numbers at every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('places of a sender', () => {
  test('what fits leaves at once, the rest as soon as the minute allows, in the order asked', () => {
    const { places } = handOut(NOTHING, wanted(35), [{ count: 30, seconds: 60 }], NOW)
    const at = times(places)
    expect(at).toHaveLength(35)
    expect(at.slice(0, 30).every((time) => time.getTime() === NOW.getTime())).toBe(true)
    expect(at.slice(30).map((time) => time.toISOString())).toEqual(Array(5).fill('2026-11-24T10:01:10.000Z'))
  })

  test.each([
    [{ count: 200, seconds: 60 }, 200 * 40, 0.857],
    [{ count: 6_000, seconds: 60 }, 6_000 * 10, 0.857],
    [{ count: 100, seconds: 3_600 }, 100 * 9, 0.997],
  ])(
    'behind a long queue %j is used as far as ten uncertain seconds of each stretch allow',
    (limit, count, share) => {
      const at = times(handOut(NOTHING, wanted(count), [limit], NOW).places)
      expect(at).toHaveLength(count)
      const [first = NOW, last = NOW] = [at[limit.count], at.at(-limit.count)]
      const seconds = (last.getTime() - first.getTime()) / 1000
      const used = (count - 2 * limit.count) / limit.count / (seconds / limit.seconds)
      expect(used).toBeCloseTo(share, 3)
    },
  )

  test('the hour limits what the minute would still allow', () => {
    const { places } = handOut(NOTHING, wanted(130), EMAIL, NOW)
    const at = times(places)
    expect(most(at, 60)).toBe(30)
    expect(most(at, 3600)).toBe(100)
    expect(at[99]?.getTime()).toBeLessThan(later(300).getTime())
    expect(at[100]?.getTime()).toBeGreaterThan(later(3600).getTime())
  })

  test('what left is past once its stretch is over, for each limit by itself', () => {
    const { taken } = handOut(NOTHING, wanted(60), EMAIL, NOW)
    const now = later(600)
    const { places } = handOut(withoutPast(taken, EMAIL, now), wanted(40), EMAIL, now)
    expect(times(places).filter((at) => at.getTime() === now.getTime())).toHaveLength(30)
    expect(times(places).filter((at) => at < later(700))).toHaveLength(40)
    expect(withoutPast(taken, EMAIL, later(4000))).toEqual(NOTHING)
  })

  test('no stretch ever holds more than its limit, however asked: 150 seeded histories', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const next = random(seed)
      const limits: Limit[] = [
        { count: 1 + Math.floor(next() * 40), seconds: 60 },
        { count: 20 + Math.floor(next() * 80), seconds: 600 },
      ]
      let now = NOW
      let taken: Taken = NOTHING
      const all: Date[] = []
      for (let step = 0; step < 25; step++) {
        now = new Date(now.getTime() + Math.floor(next() * 40_000))
        const patient = next() < 0.5
        const deadline = new Date(now.getTime() + Math.floor(next() * 3_000_000))
        const from = next() < 0.2 ? new Date(now.getTime() + Math.floor(next() * 90_000)) : now
        const asked = wanted(1 + Math.floor(next() * 30), deadline)
        const given = handOut(
          withoutPast(taken, limits, now),
          asked,
          patient ? limitsBut(0.25, limits) : limits,
          now,
          from,
        )
        // What is kept in the row is what comes back from it.
        taken = readTaken(writeTaken(given.taken))
        expect(taken).toEqual(new Map([...given.taken].sort(([a], [b]) => a - b)))
        const at = times(given.places)
        expect(at.every((time) => time >= now && time < deadline && time >= from)).toBe(true)
        all.push(...at)
      }
      for (const { count, seconds } of limits)
        expect(most(all, seconds), `seed ${seed}`).toBeLessThanOrEqual(count)
    }
  })

  test('a place before the deadline or none', () => {
    const full = handOut(NOTHING, wanted(30), EMAIL, NOW).taken
    expect(handOut(full, [later(20)], EMAIL, NOW).places).toEqual([{ kind: 'none' }])
    expect(handOut(NOTHING, [NOW], EMAIL, NOW).places).toEqual([{ kind: 'none' }])
    expect(handOut(full, [later(20)], EMAIL, NOW).taken).toEqual(full)
  })

  test('one that is too late for its place does not take that of the next', () => {
    const full = handOut(NOTHING, wanted(30), EMAIL, NOW).taken
    const { places } = handOut(full, [later(20), DAY], EMAIL, NOW)
    expect(places).toEqual([{ kind: 'none' }, { kind: 'place', at: new Date('2026-11-24T10:01:10.000Z') }])
  })

  test('places are handed out for half a day; who comes after that asks again then', () => {
    const twoDays = later(2 * 86_400)
    const { places, taken } = handOut(NOTHING, wanted(1300, twoDays), EMAIL, NOW)
    expect(times(places)).toHaveLength(1200)
    expect(places.at(-1)).toEqual({ kind: 'ask_again', at: new Date('2026-11-24T22:00:00.000Z') })
    expect(writeTaken(taken).length).toBeLessThan(1000)
  })

  test('what can wait leaves a part free for what cannot', () => {
    const limits: Limit[] = [{ count: 200, seconds: 60 }]
    const reminders = handOut(NOTHING, wanted(2000), limitsBut(0.25, limits), NOW)
    expect(most(times(reminders.places), 60)).toBe(150)
    const confirmations = handOut(reminders.taken, wanted(50), limits, NOW)
    expect(times(confirmations.places).every((at) => at.getTime() === NOW.getTime())).toBe(true)
  })

  test('a pause that the vendor asked for is kept', () => {
    const { places } = handOut(NOTHING, wanted(1), EMAIL, NOW, later(45))
    expect(places).toEqual([{ kind: 'place', at: new Date('2026-11-24T10:00:50.000Z') }])
  })

  test('a row stays small with the largest sender that is behind by half a day', () => {
    const limits: Limit[] = [{ count: 200, seconds: 60 }]
    let taken: Taken = NOTHING
    for (let step = 0; step < 80; step++)
      taken = handOut(taken, wanted(500), step % 2 ? limits : limitsBut(0.25, limits), NOW).taken
    expect(writeTaken(taken).length).toBeLessThan(32_000)
  })

  test('a place holds for its own ten seconds', () => {
    const at = new Date('2026-11-24T10:01:10.000Z')
    expect(isInPlace(at, new Date('2026-11-24T10:01:19.999Z'))).toBe(true)
    expect(isInPlace(at, new Date('2026-11-24T10:01:20.000Z'))).toBe(false)
    expect(isInPlace(at, new Date('2026-11-24T10:01:09.999Z'))).toBe(false)
  })

  test('an empty or damaged row holds nothing', () => {
    expect(readTaken('')).toEqual(new Map())
    expect(readTaken('x:y 0:1 5')).toEqual(new Map())
  })
})

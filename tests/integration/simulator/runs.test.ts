import { describe, expect, test } from 'vitest'
import { bugs } from '../../../simulator/bugs.ts'
import { coverage, readAim, written } from '../../../simulator/coverage.ts'
import { many } from '../../../simulator/many.ts'
import { run } from '../../../simulator/run.ts'

/** `npm run sim -- --runs 100000` plays more of the same. */
const RUNS = 1_500

describe('a clinic in trouble', () => {
  test(`keeps every promise in ${RUNS} runs with a crash, a delay or a repetition at every await`, {
    timeout: 600_000,
  }, async () => {
    const { broken, points, texts, ended } = await many(1, RUNS)
    expect(broken.map(({ seed, aims, violations }) => ({ seed, aims, violations }))).toEqual([])
    const { all, missing } = coverage(points)
    expect(missing.map(written)).toEqual([])
    expect(all.length).toBeGreaterThan(25)
    // It was no empty play.
    expect(texts).toBeGreaterThan(RUNS)
    for (const state of ['sent', 'delivered', 'undelivered', 'unknown', 'skipped', 'expired'])
      expect(ended.get(state) ?? 0, state).toBeGreaterThan(20)
  })

  /** What 100,000 runs once broke: a request that arrived after the vendor's window, a night that swallowed a message. */
  test.each([25_889, 35_599, 77_200])('keeps every promise in run %i', async (seed) =>
    expect((await run({ seed, aims: [] }, new Map())).violations).toEqual([]),
  )

  test('plays the same run for the same seed', async () => {
    const [one, other] = [await many(7, 3), await many(7, 3)]
    expect(other).toEqual(one)
  })

  test('comes to every fault at every await that it knows, however few the runs', {
    timeout: 600_000,
  }, async () => {
    const { points, aimed, broken } = await many(100, 3)
    expect(aimed).toBeGreaterThan(20)
    expect(coverage(points).missing).toEqual([])
    expect(broken).toEqual([])
  })

  test('goes the same way up to the fault that it is aimed at, and that fault comes', async () => {
    const aim = readAim('deliver visits.transact: crash after')
    const [one, points] = [{ seed: 7, aims: [aim] }, new Map()]
    const ran = await run(one, points)
    expect(await run(one, new Map())).toEqual(ran)
    expect(points.get(aim.point)?.get(aim.fault)).toBeGreaterThan(0)
    expect(() => readAim('deliver visits.transact: sunshine')).toThrow('names no fault')
  })
})

describe('a mistake in the code', () => {
  test('twelve are known', () => expect(new Set(bugs.map(({ name }) => name)).size).toBe(12))

  test.each(bugs)('breaks a promise within 5,000 runs: $name', { timeout: 600_000 }, async ({ make }) => {
    const { broken } = await many(1, 5_000, make, true)
    expect(broken).toHaveLength(1)
  })
})

import { describe, expect, test } from 'vitest'
import { bugs } from '../../../simulator/bugs.ts'
import { many } from '../../../simulator/many.ts'
import { coverage } from '../../../simulator/report.ts'

/** Enough for every await that is passed often to get every fault; `npm run sim -- --runs 100000` plays more of the same. */
const RUNS = 1_500

describe('a clinic in trouble', () => {
  test(`keeps every promise in ${RUNS} runs with a crash, a delay or a repetition at every await`, {
    timeout: 600_000,
  }, async () => {
    const { broken, points, texts, ended } = await many(1, RUNS)
    expect(broken.map(({ seed, violations }) => ({ seed, violations }))).toEqual([])
    const { all, missing } = coverage(points, 1_000)
    expect(missing).toEqual([])
    expect(all.length).toBeGreaterThan(25)
    // It was no empty play.
    expect(texts).toBeGreaterThan(RUNS)
    for (const state of ['sent', 'delivered', 'undelivered', 'unknown', 'skipped', 'expired'])
      expect(ended.get(state) ?? 0, state).toBeGreaterThan(20)
  })

  test('plays the same run for the same seed', async () => {
    const [one, other] = [await many(7, 3), await many(7, 3)]
    expect(other).toEqual(one)
  })
})

describe('a mistake in the code', () => {
  test('twelve are known', () => expect(new Set(bugs.map(({ name }) => name)).size).toBe(12))

  test.each(bugs)('breaks a promise within 5,000 runs: $name', { timeout: 600_000 }, async ({ make }) => {
    const { broken } = await many(1, 5_000, make, true)
    expect(broken).toHaveLength(1)
  })
})

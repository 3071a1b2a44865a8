import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apart } from '../../../simulator/apart.ts'
import { readAim, type Way } from '../../../simulator/coverage.ts'
import { type Ran, run } from '../../../simulator/run.ts'
import { inParallel } from '../../../src/core/messaging/in-parallel.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

/** What fits into about a minute; `npm run sim` plays the same seeds in memory by the thousand. */
const RUNS = 60
const AT_ONCE = 6

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const overAzurite = (way: Way, name: string) => run(way, new Map(), {}, apart(storage.store.tables, name))

describe('a clinic in trouble on real tables', () => {
  test(`keeps every promise in ${RUNS} runs, each of which goes as it goes in memory`, {
    timeout: 600_000,
  }, async () => {
    const ways = Array.from({ length: RUNS }, (_, n): Way => ({ seed: n + 1, aims: [] }))
    const pairs: { real: Ran; memory: Ran }[] = []
    await inParallel(ways, AT_ONCE, async (way) => {
      pairs.push({ real: await overAzurite(way, `run${way.seed}`), memory: await run(way, new Map()) })
    })
    for (const { real, memory } of pairs) {
      expect({ seed: real.seed, violations: real.violations }).toEqual({ seed: real.seed, violations: [] })
      expect(real).toEqual(memory)
    }
    // It was no empty play.
    expect(pairs.reduce((sum, { real }) => sum + real.texts, 0)).toBeGreaterThan(RUNS)
  })

  test.each(['crash before', 'crash after', 'delay', 'twice'])(
    'keeps them with "%s" at the claim, at its record and at the place in the pace',
    { timeout: 600_000 },
    async (fault) => {
      const points = ['deliver visits.transact', 'deliver pace.replace', 'deliver numberlog.put']
      await inParallel(points, points.length, async (point) => {
        const aims = [readAim(`${point}: ${fault}`)]
        const real = await overAzurite({ seed: 7, aims }, `${point} ${fault}`.replaceAll(' ', '-'))
        expect(real.violations).toEqual([])
        expect(real).toEqual(await run({ seed: 7, aims }, new Map()))
      })
    },
  )
})

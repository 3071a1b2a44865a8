import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { spawnHost } from '../../../sandbox/host/spawn.ts'
import { FOREIGN_HOST, type OwnHost, probeApp, readSeen, startOwn, until } from './probe-host.ts'

const EVERY_SIX_HOURS = '0 0 */6 * * *'
const HOUR = 3_600_000

// These move the clock and kill the host, so they run on a host of our own only.
describe.skipIf(FOREIGN_HOST)('timers', () => {
  let own: OwnHost
  beforeAll(async () => {
    own = await startOwn(EVERY_SIX_HOURS)
  })
  afterAll(() => own?.close())

  const runs = async (url = own.url) => (await readSeen(url)).timer

  test('runOnStartup runs once when the host starts', async () => {
    const count = () => own.host.logs().filter((line) => line.includes('ran at start')).length
    await until(async () => count() === 1, 'it ran at start')
  })

  test('a run by hand is answered 202 and is not past due', async () => {
    await own.host.invoke('onSchedule')
    const [run] = await until(async () => ((await runs()).length > 0 ? runs() : undefined), 'it ran')
    expect(run).toMatchObject({ isPastDue: false, schedule: { adjustForDST: true } })
  })

  test('a jump of the clock over several occurrences runs the timer once, past due', async () => {
    const before = (await runs()).length
    await own.clock.advance(24 * HOUR)
    await until(async () => (await runs()).length > before, 'it ran')
    // The next readings of the clock must find nothing more to do: the recorded occurrence lies ahead.
    const added = (await runs()).slice(before)
    expect(added).toHaveLength(1)
    expect(added[0]?.isPastDue).toBe(true)
    expect(new Date(added[0]?.scheduleStatus?.next ?? 0) <= own.clock.now()).toBe(true)
  })

  test('an occurrence missed while no host ran is caught up once by the next host', async () => {
    await own.host.kill()
    await own.clock.advance(18 * HOUR)
    const next = await spawnHost({
      ...probeApp(own.connectionString, EVERY_SIX_HOURS),
      port: own.host.port,
      clock: own.clock,
    })
    try {
      await until(async () => (await runs(next.url)).length > 0, 'it caught up')
      expect((await runs(next.url)).map((run) => run.isPastDue)).toEqual([true])

      const second = await spawnHost({ ...probeApp(own.connectionString, EVERY_SIX_HOURS), clock: own.clock })
      try {
        await own.clock.advance(6 * HOUR)
        await until(
          async () => (await runs(next.url)).length + (await runs(second.url)).length === 2,
          'one ran',
        )
        await own.clock.advance(6 * HOUR)
        await until(
          async () => (await runs(next.url)).length + (await runs(second.url)).length >= 3,
          'one ran',
        )
        expect((await runs(next.url)).length + (await runs(second.url)).length).toBe(3)
      } finally {
        await second.close()
      }
    } finally {
      await next.close()
    }
  })
})

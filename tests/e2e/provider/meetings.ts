import { expect, test } from 'vitest'
import type { World } from '../bad-input/world.ts'
import { rowOf, runTimer } from './forms.ts'

const eventually = async <T>(check: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (let tries = 0; tries < 120; tries++) {
    const found = await check()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return undefined
}

export function meetingCases(world: () => World): void {
  test('is watched again where Graph lost the subscription, and deleted when the visit is over', async () => {
    const { sandbox } = world()
    const visit = await world().openVisit(20)
    const first = await eventually(async () => (await rowOf(world(), visit)).subscriptionId)
    expect(first).toBeDefined()
    sandbox.graph.loseSubscription(first ?? '')
    await toMinute(world(), 10)
    await runTimer(world(), 'meetingTimer')
    const second = await eventually(async () => {
      const id = (await rowOf(world(), visit)).subscriptionId
      return id === first ? undefined : id
    })
    expect(second).toBeDefined()
    const meetings = sandbox.graph.meetings().length
    await sandbox.clock.advance(28 * 3_600_000)
    await toMinute(world(), 60)
    await runTimer(world(), 'meetingTimer')
    const closed = await eventually(async () => (await rowOf(world(), visit)).meetingClosedAt)
    expect(closed).toBeDefined()
    expect((await rowOf(world(), visit)).sealedMeeting).toBeUndefined()
    expect(sandbox.graph.meetings().length).toBeLessThan(meetings)
  })
}

/** Moves the clock to the next minute that is a multiple of `step`: then the timer does what it does not every minute. */
async function toMinute({ sandbox }: World, step: number): Promise<void> {
  const now = sandbox.clock.now().getTime()
  const stepMs = step * 60_000
  await sandbox.clock.advance(stepMs - (now % stepMs) + 1_000)
}

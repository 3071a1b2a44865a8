import { expect, test } from 'vitest'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { staffPointer } from '../../../src/core/visits/staff-link.ts'
import { Browser } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { refOf, rowOf, runTimer, send } from './forms.ts'

const eventually = async <T>(check: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (let tries = 0; tries < 120; tries++) {
    const found = await check()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return undefined
}

/** What is behind an address: the status, and what a page of Teams says it is. */
async function behind(url: string): Promise<string> {
  const page = await new Browser().get(url)
  return `${page.status} ${/data-testid="(not-found|continue-browser|join-now)"/.exec(page.html)?.[1] ?? ''}`
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
    const joined = await send(visit, 'join', { way: 'browser' }, { follow: false })
    const joinUrl = joined.headers.get('location') ?? ''
    const noteKeys = keyRing(Buffer.from(sandbox.keys.fieldKey, 'base64'))
    const provider = `${sandbox.appUrl}/teams/${staffPointer(noteKeys, refOf(world(), visit))}`
    expect([await behind(joinUrl), await behind(provider)]).toEqual([
      '200 continue-browser',
      '200 continue-browser',
    ])
    await sandbox.clock.advance(28 * 3_600_000)
    await toMinute(world(), 60)
    await runTimer(world(), 'meetingTimer')
    const closed = await eventually(async () => (await rowOf(world(), visit)).meetingClosedAt)
    expect(closed).toBeDefined()
    expect((await rowOf(world(), visit)).sealedMeeting).toBeUndefined()
    expect(sandbox.graph.meetings().length).toBeLessThan(meetings)
    // Whoever kept a link of that day: Teams' own, the one in the EHR, the one in the text.
    expect(await behind(joinUrl)).toBe('404 not-found')
    expect((await behind(provider)).trim()).toBe('404')
    const patient = await new Browser().get(visit.link)
    expect(patient.text).toContain('over')
    expect(patient.html).not.toContain(`action="${new URL(visit.link).pathname}/join"`)
  })
}

/** Moves the clock to the next minute that is a multiple of `step`: then the timer does what it does not every minute. */
async function toMinute({ sandbox }: World, step: number): Promise<void> {
  const now = sandbox.clock.now().getTime()
  const stepMs = step * 60_000
  await sandbox.clock.advance(stepMs - (now % stepMs) + 1_000)
}

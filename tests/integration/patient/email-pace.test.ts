import { describe, expect, test } from 'vitest'
import { takePlaces } from '../../../src/core/messaging/pace.ts'
import { at, DAY } from '../messaging/clinic.fixture.ts'
import { emailStorage, type Rig, rigWith, storage } from './email-rig.fixture.ts'

emailStorage()

describe('the pace of e-mail', () => {
  const limits = [{ count: 4, seconds: 60 }]
  /** Lets the queue run as long as anything waits in it; says when each e-mail left. */
  async function leaveTimes(rig: Rig): Promise<number[]> {
    const times: number[] = []
    for (let rounds = 0; rig.made.queue.length > 0 && rounds < 200; rounds++) {
      const before = rig.mail.requests
      await rig.work()
      times.push(...Array<number>(rig.mail.requests - before).fill(rig.made.now().getTime()))
      rig.made.advance(1)
    }
    return times
  }

  test('is kept in every minute, and each e-mail leaves once', async () => {
    const rig = await rigWith({ visits: 10, limits })
    const times = await leaveTimes(rig)
    expect(times).toHaveLength(10)
    expect(new Set(rig.mail.sent.map(({ to }) => to)).size).toBe(10)
    for (const time of times)
      expect(times.filter((other) => other >= time && other < time + 60_000).length).toBeLessThanOrEqual(4)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(150_000)
  })

  test('lets whoever waits rest until its place: the EHR is read again only then', async () => {
    const rig = await rigWith({ visits: 6, limits })
    await rig.work()
    const calls = rig.made.ehr.calls
    expect(rig.mail.requests).toBe(4)
    expect(
      rig.made.queue.map(({ message }) => [message.notices.length, message.place !== undefined]),
    ).toEqual([[2, true]])
    for (let second = 0; second < 50; second++) {
      rig.made.advance(1)
      await rig.work()
    }
    expect(rig.made.ehr.calls).toBe(calls)
    await leaveTimes(rig)
    expect(rig.mail.requests).toBe(6)
  })

  test('gives whoever comes past its place another one', async () => {
    const rig = await rigWith({ visits: 5, limits })
    await rig.work()
    const place = rig.made.queue[0]?.message.place
    rig.made.advance(3600)
    // Others took all of this minute.
    await takePlaces(storage.store.tables.pace, 'email', Array(4).fill(at('16:30')), limits, rig.made.now())
    await rig.work()
    expect(rig.mail.requests).toBe(4)
    expect(rig.made.queue[0]?.message.place).not.toBe(place)
    await leaveTimes(rig)
    expect(rig.mail.requests).toBe(5)
  })

  test('ends what has no place before the visit, visibly', async () => {
    const rig = await rigWith({ visits: 5, limits })
    rig.made.advance((at('16:29').getTime() - rig.made.now().getTime()) / 1000)
    await rig.work()
    expect(rig.mail.requests).toBe(4)
    expect(rig.made.queue).toEqual([])
    const states = await Promise.all(
      [0, 1, 2, 3, 4].map(async (n) => (await rig.made.notices(`A${n}`, DAY)).get('1:booked@email')),
    )
    expect(states.filter((row) => row?.state === 'sent')).toHaveLength(4)
    expect(states.find((row) => row?.state !== 'sent')).toMatchObject({
      state: 'expired',
      reason: 'pace_full',
    })
  })

  test('sends nothing of a visit that was cancelled while its e-mail waited', async () => {
    const rig = await rigWith({ visits: 5, limits })
    await rig.work()
    const waiting = rig.made.queue[0]?.message.notices[0]
    for (let n = 0; n < 5; n++) rig.made.ehr.change(`A${n}`, { cancelled: true })
    await leaveTimes(rig)
    expect(waiting).toBeDefined()
    expect(rig.mail.requests).toBe(4)
  })

  test('pauses on every instance when the vendor asks for it', async () => {
    const rig = await rigWith({ visits: 3, limits: [{ count: 1, seconds: 10 }] })
    rig.mail.failing = 'email_throttled'
    await rig.work()
    expect(rig.mail.requests).toBe(1)
    rig.mail.failing = undefined
    const places = await takePlaces(
      storage.store.tables.pace,
      'email',
      [at('16:30')],
      [{ count: 1000, seconds: 10 }],
      rig.made.now(),
    )
    const [given] = places
    const wait = given?.kind === 'place' ? given.at.getTime() - rig.made.now().getTime() : 0
    expect(wait).toBeGreaterThanOrEqual(30_000)
  })
})

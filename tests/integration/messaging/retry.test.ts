import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Message } from '../../../src/core/store/messages.ts'
import { at, type Clinic, clinic, DAY } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

async function clinicWith(visits: number, windowSeconds = 240): Promise<Clinic> {
  const made = clinic(storage.store, { windowSeconds })
  await made.sweep(DAY)
  for (let n = 0; n < visits; n++) made.ehr.book(`A${n}`, at(`${10 + n}:00`))
  made.advance(60)
  await made.sweep(DAY)
  return made
}
const stateOf = async (made: Clinic, id = 'A0', notice = '1:booked') =>
  (await made.notices(id, DAY)).get(notice)

/** How often each notice lies in the queue. */
function copies({ queue }: Clinic): number {
  const keys = queue.flatMap(({ message }: { message: Message<'confirmations'> }) =>
    message.notices.map(({ visitKey, version, kind }) => `${visitKey}:${version}:${kind}`),
  )
  const most = Math.max(0, ...keys.map((key) => keys.filter((other) => other === key).length))
  return most
}

/** Lets the timer and the queue run for so many minutes. */
async function run(made: Clinic, minutes: number): Promise<number> {
  let most = copies(made)
  for (let minute = 0; minute < minutes; minute += 2) {
    made.advance(120)
    await made.sweep(DAY)
    await made.work()
    most = Math.max(most, copies(made))
  }
  return most
}

describe('a vendor that throttles', () => {
  test('gets the rest later, each once', async () => {
    const made = await clinicWith(4)
    made.vendor.answer = (_text, request) => (request <= 2 ? 'throttled' : 'accepted')
    await made.work()
    expect(made.vendor.accepted).toHaveLength(2)
    expect(made.queue.map(({ message }) => message.notices.length)).toEqual([2])
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(4)
    expect(new Set(made.vendor.accepted.map(({ to }) => to)).size).toBe(4)
    for (const id of ['A0', 'A1', 'A2', 'A3'])
      expect(await stateOf(made, id)).toMatchObject({ state: 'sent' })
  })

  test('is not asked before the time that it names', async () => {
    const made = await clinicWith(1)
    made.vendor.answer = () => 'throttled'
    await made.work()
    made.advance(6)
    await made.work()
    expect(made.vendor.requests).toHaveLength(1)
    made.advance(2)
    await made.work()
    expect(made.vendor.requests).toHaveLength(2)
  })

  test('for hours leaves one copy of each notice on the queue, not more and more', async () => {
    const made = await clinicWith(3)
    made.vendor.answer = () => 'throttled'
    expect(await run(made, 180)).toBe(1)
    expect(made.vendor.accepted).toEqual([])
    made.vendor.answer = () => 'accepted'
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(3)
  })

  test('after a request without an answer does not make that one undone', async () => {
    const made = await clinicWith(1, 240)
    made.vendor.answer = (_text, request) => (request === 1 ? 'lost' : 'throttled')
    await made.work()
    made.advance(31)
    await made.work()
    expect(made.vendor.requests).toHaveLength(2)
    expect(await stateOf(made)).toMatchObject({ state: 'sending' })
    made.advance(600)
    made.vendor.answer = () => 'accepted'
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(1)
    expect(await stateOf(made)).toMatchObject({ state: 'unknown' })
  })
})

describe('an answer that never comes', () => {
  test('is asked for again with the same id, while the vendor remembers: one text', async () => {
    for (const first of ['lost', 'unheard'] as const) {
      const made = await clinicWith(1, 240)
      made.vendor.answer = (_text, request) => (request === 1 ? first : 'accepted')
      await made.workAll()
      expect(made.vendor.requests).toHaveLength(2)
      expect(new Set(made.vendor.requests.map(({ repeatabilityId }) => repeatabilityId)).size).toBe(1)
      expect(new Set(made.vendor.requests.map(({ tag }) => tag)).size).toBe(1)
      expect(new Set(made.vendor.requests.map(({ firstSentAt }) => firstSentAt.getTime())).size).toBe(1)
      expect(made.vendor.accepted).toHaveLength(1)
      expect(await stateOf(made)).toMatchObject({ state: 'sent' })
    }
  })

  test('leaves the notice unknown where the vendor remembers nothing: never a second text', async () => {
    for (const first of ['lost', 'unheard'] as const) {
      const made = await clinicWith(1, 0)
      made.vendor.answer = () => first
      await made.workAll()
      await run(made, 60)
      expect(made.vendor.requests).toHaveLength(1)
      expect(await stateOf(made)).toMatchObject({ state: 'unknown', reason: 'send_outcome_unknown' })
    }
  })

  test('however often it fails to come ends unknown, inside the window', async () => {
    const made = await clinicWith(1, 240)
    made.vendor.answer = () => 'lost'
    await made.workAll()
    const first = made.vendor.requests[0]?.firstSentAt.getTime() ?? 0
    expect(made.vendor.accepted).toHaveLength(1)
    expect(made.vendor.requests.length).toBeGreaterThan(2)
    expect(made.now().getTime() - first).toBeLessThanOrEqual(300_000)
    expect(await stateOf(made)).toMatchObject({ state: 'unknown' })
  })

  test('and a visit that is cancelled meanwhile: the notice is unknown, not "skipped"', async () => {
    const made = await clinicWith(1, 240)
    made.vendor.answer = () => 'lost'
    await made.work()
    made.ehr.change('A0', { cancelled: true })
    made.advance(20)
    await made.sweep(DAY)
    made.advance(11)
    await made.work()
    expect(await stateOf(made)).toMatchObject({ state: 'unknown' })
  })
})

describe('our own sign-in or the EHR in trouble', () => {
  test('no token for the vendor: tried again, nothing in doubt', async () => {
    const made = await clinicWith(1, 0)
    made.vendor.answer = (_text, request) => (request === 1 ? 'no_token' : 'accepted')
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(1)
    expect(await stateOf(made)).toMatchObject({ state: 'sent' })
  })

  test('an EHR that is down for an hour: nothing is sent unread, one copy waits, and then each goes out once', async () => {
    const made = await clinicWith(3)
    made.ehr.failing = { code: 'ehr_unavailable', retryAfterSeconds: 45 }
    expect(await run(made, 60)).toBe(1)
    expect(made.vendor.requests).toEqual([])
    made.ehr.failing = undefined
    await made.workAll()
    expect(made.vendor.accepted).toHaveLength(3)
  })

  test('an EHR that is down past the deadline: the notice expires, visibly', async () => {
    const made = await clinicWith(1)
    made.ehr.failing = { code: 'ehr_throttled' }
    await made.work()
    made.advance(3 * 86_400)
    await made.workAll()
    expect(await stateOf(made)).toMatchObject({ state: 'expired', reason: 'deadline_passed' })
    expect(made.queue).toEqual([])
  })
})

test('a holder that paused beyond its lease sends nothing of what it had not asked for yet', async () => {
  const made = await clinicWith(12, 0)
  let asked = 0
  made.vendor.answer = () => {
    if (++asked === 1) made.advance(121)
    return 'accepted'
  }
  await made.work()
  const first = made.vendor.requests.length
  expect(first).toBeLessThan(12)
  await made.workAll()
  expect(made.vendor.accepted).toHaveLength(12)
  expect(new Set(made.vendor.accepted.map(({ to }) => to)).size).toBe(12)
})

test('copies of a message that come while another works on it wait for its end and then vanish', async () => {
  const made = await clinicWith(2)
  const [queued] = made.queue
  if (!queued) throw new Error('nothing is queued')
  made.vendor.answer = () => 'throttled'
  await made.work()
  const copy = await made.deliver(queued.message)
  expect(copy.again.map(({ because, message }) => [because, message.notices.length])).toEqual([
    ['claimed_by_another', 2],
  ])
  made.vendor.answer = () => 'accepted'
  for (const { message, delaySeconds } of copy.again)
    made.queue.push({ message, visibleAt: new Date(made.now().getTime() + delaySeconds * 1000) })
  await made.workAll()
  expect(made.vendor.accepted).toHaveLength(2)
})

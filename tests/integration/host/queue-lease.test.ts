import { QueueClient } from '@azure/storage-queue'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { createClock } from '../../../sandbox/clock/clock.ts'
import { type QueueListenerOptions, startQueueListener } from '../../../sandbox/host/queue-listener.ts'
import type { QueueCall } from '../../../sandbox/host/queue-message.ts'
import { until } from './probe-host.ts'

const HOUR = 3_600_000
const clock = createClock()
let azurite: Azurite
let queue: QueueClient
let poison: QueueClient
let count = 0
let stop: (() => Promise<void>) | undefined

beforeAll(async () => {
  azurite = await startAzurite({ clock })
})
afterAll(() => azurite?.close())
beforeEach(async () => {
  count += 1
  queue = new QueueClient(azurite.connectionString, `lease-${count}`)
  poison = new QueueClient(azurite.connectionString, `lease-${count}-poison`)
  await queue.create()
})
afterEach(async () => {
  await stop?.()
  stop = undefined
})

const settings: QueueListenerOptions['settings'] = {
  batchSize: 16,
  newBatchThreshold: 8,
  maxPollingInterval: 100,
  visibilityTimeout: 0,
  maxDequeueCount: 5,
  messageEncoding: 'none',
}

function listen(handle: QueueListenerOptions['handle'], more: Partial<QueueListenerOptions> = {}): void {
  stop = startQueueListener({ queue, poison, settings, handle, log: () => {}, ...more }).stop
}

const isEmpty = async () => (await queue.getProperties()).approximateMessagesCount === 0

function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

test('the lease of a message is renewed while its function runs, and the message then deleted', async () => {
  const renewals = vi.spyOn(queue, 'updateMessage')
  const calls: QueueCall[] = []
  const { opened, open } = gate()
  listen(
    async (call) => {
      calls.push(call)
      await opened
      return true
    },
    { leaseSeconds: 1 },
  )
  await queue.sendMessage('long')
  // Three renewals at half time are longer than the lease itself.
  await until(
    async () => renewals.mock.settledResults.filter(({ type }) => type === 'fulfilled').length >= 3,
    'renewals',
  )
  open()
  await until(isEmpty, 'the queue is empty')
  expect(calls).toHaveLength(1)
})

test('a clock jump beyond the lease does not run a message twice', async () => {
  const receives = vi.spyOn(queue, 'receiveMessages')
  let calls = 0
  const { opened, open } = gate()
  listen(async () => {
    calls += 1
    await opened
    return true
  })
  await queue.sendMessage('once')
  await until(async () => calls === 1, 'the function runs')
  await clock.advance(HOUR)
  const deliveries = () =>
    receives.mock.settledResults.filter(
      (result) => result.type === 'fulfilled' && result.value.receivedMessageItems.length > 0,
    ).length
  await until(async () => deliveries() === 2, 'the message was delivered again')
  open()
  await until(isEmpty, 'the queue is empty')
  expect(calls).toBe(1)
})

test('a failed message waits for the visibility timeout', async () => {
  const receives = vi.spyOn(queue, 'receiveMessages')
  const counts: unknown[] = []
  listen(
    async (call) => {
      counts.push(call.triggerMetadata.DequeueCount?.json)
      return counts.length > 1
    },
    { settings: { ...settings, visibilityTimeout: HOUR } },
  )
  await queue.sendMessage('later')
  await until(async () => counts.length === 1, 'the first try')
  const polls = receives.mock.calls.length
  await until(async () => receives.mock.calls.length >= polls + 3, 'the queue was polled again')
  expect(counts).toEqual(['1'])
  await clock.advance(HOUR)
  await until(isEmpty, 'the second try succeeded')
  expect(counts).toEqual(['1', '2'])
})

test('a message delivered more often than allowed goes to the poison queue without being run', async () => {
  await queue.sendMessage('crasher')
  for (let delivery = 0; delivery < 2; delivery += 1) {
    await queue.receiveMessages({ visibilityTimeout: 60 })
    await clock.advance(HOUR)
  }
  let calls = 0
  listen(
    async () => {
      calls += 1
      return true
    },
    { settings: { ...settings, maxDequeueCount: 2 } },
  )
  const moved = await until(
    async () => (await poison.exists()) && (await poison.peekMessages()).peekedMessageItems[0],
    'it reached the poison queue',
  )
  expect([moved.messageText, calls]).toEqual(['crasher', 0])
})

test('a queue that is missing is made', async () => {
  await queue.delete()
  listen(async () => true)
  await until(async () => queue.exists(), 'the queue exists')
})

test('a failed message that is received before its release was answered is tried again', async () => {
  const receives = vi.spyOn(queue, 'receiveMessages')
  const receivedAgain = () =>
    receives.mock.settledResults.some(
      ({ type, value }) => type === 'fulfilled' && value.receivedMessageItems[0]?.dequeueCount === 2,
    )
  const release = queue.updateMessage.bind(queue)
  vi.spyOn(queue, 'updateMessage').mockImplementation(async (...given) => {
    const answer = await release(...given)
    await until(async () => receivedAgain(), 'the next try is received')
    return answer
  })
  const calls: QueueCall[] = []
  listen(async (call) => {
    calls.push(call)
    return calls.length > 1
  })
  await queue.sendMessage('again')
  await until(isEmpty, 'the queue is empty')
  expect(calls).toHaveLength(2)
})

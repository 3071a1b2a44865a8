import { QueueClient } from '@azure/storage-queue'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PROBE_QUEUE, type Probed, readSeen, type Seen, startProbed, until } from './probe-host.ts'

let probed: Probed
let queue: QueueClient
beforeAll(async () => {
  probed = await startProbed()
  queue = new QueueClient(probed.connectionString, PROBE_QUEUE)
})
afterAll(() => probed?.close())

let id: string
beforeEach(({ task }) => {
  id = `${task.id}-${process.pid}`
})

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const send = (entry: object) => queue.sendMessage(base64(JSON.stringify({ id, ...entry })))
const isMine = (entry: unknown) =>
  typeof entry === 'object' && entry !== null && 'id' in entry && entry.id === id
const runs = async (): Promise<Seen['queue']> =>
  (await readSeen(probed.url)).queue.filter(({ entry }) => isMine(entry))
const open = (gate: string) =>
  until(async () => (await fetch(`${probed.url}/api/open/${gate}`, { method: 'POST' })).ok, `gate ${gate}`)
const queued = async () => (await queue.getProperties()).approximateMessagesCount

test('a JSON message arrives as an object, with its metadata', async () => {
  const sent = await send({ n: 1 })
  const [run] = await until(async () => ((await runs()).length > 0 ? runs() : undefined), 'the message ran')
  expect(run?.entry).toEqual({ id, n: 1 })
  expect(run?.metadata).toMatchObject({ queueTrigger: { id, n: 1 }, dequeueCount: 1, id: sent.messageId })
  for (const name of ['expirationTime', 'insertionTime', 'nextVisibleTime']) {
    expect(String(run?.metadata[name])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)
  }
  expect(run?.metadata.popReceipt).toBeTypeOf('string')
})

test('a message that is not JSON arrives as text', async () => {
  await queue.sendMessage(base64(`plain ${id}`))
  await until(
    async () => (await readSeen(probed.url)).queue.some(({ entry }) => entry === `plain ${id}`),
    'text',
  )
})

test('a message that was handled is gone', async () => {
  await send({})
  await until(async () => (await runs()).length === 1, 'the message ran')
  await until(async () => (await queued()) === 0, 'the queue is empty')
})

test('a message whose handler keeps failing is tried maxDequeueCount times and moved to the poison queue', async () => {
  await send({ fail: true })
  await until(async () => (await readSeen(probed.url)).poison.some(isMine), 'it reached the poison queue')
  expect((await runs()).map((run) => run.metadata.dequeueCount)).toEqual([1, 2, 3])
})

test('a message that is not base64 is moved to the poison queue and runs nothing', async () => {
  const poisonQueue = new QueueClient(probed.connectionString, `${PROBE_QUEUE}-poison`)
  const before = (await readSeen(probed.url)).queue.length
  await queue.sendMessage('not base64 {')
  await until(async () => (await queued()) === 0, 'the queue is empty')
  expect((await readSeen(probed.url)).queue.length).toBe(before)
  await poisonQueue.clearMessages()
})

test('messages run side by side, and no more are taken than batch size and threshold allow', async () => {
  const gates = Array.from({ length: 9 }, (_, n) => `${id}-${n}`)
  for (const gate of gates) await send({ wait: gate })
  // batchSize 4, and a new batch only once at most newBatchThreshold 2 run: never more than 6 at once.
  await until(async () => (await runs()).length >= 4, 'a batch runs')
  const opened: string[] = []
  for (const _ of gates) {
    const waiting = await until(async () => {
      const started = (await runs()).map(({ entry }) => (entry as { wait: string }).wait)
      expect(started.length - opened.length).toBeLessThanOrEqual(6)
      return started.find((gate) => !opened.includes(gate))
    }, 'another message runs')
    await open(waiting)
    opened.push(waiting)
  }
  expect(new Set(opened).size).toBe(9)
  await until(async () => (await queued()) === 0, 'the queue is empty')
  expect(await runs()).toHaveLength(9)
})

test('the administrative endpoint runs a queue function with the given input', async () => {
  const answer = await fetch(`${probed.url}/admin/functions/fromQueue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: JSON.stringify({ id, by: 'hand' }) }),
  })
  expect(answer.status).toBe(202)
  await until(async () => (await runs()).length === 1, 'it ran')
})

test('the administrative endpoint knows no other functions', async () => {
  const answer = await fetch(`${probed.url}/admin/functions/nobody`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(answer.status).toBe(404)
})

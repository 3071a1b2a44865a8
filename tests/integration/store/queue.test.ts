import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueNames } from '../../../src/core/store/store.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const sweep = { schema: 1 as const, tenantId: 't', siteId: 's', departmentId: 'd', day: '2031-03-04' }

/** What the functions host hands to a trigger: the text decoded from base64, as JSON where it is. */
async function received(name: string): Promise<unknown> {
  const { receivedMessageItems } = await storage.clients.queue(name).receiveMessages()
  const text = Buffer.from(receivedMessageItems[0]?.messageText ?? '', 'base64').toString('utf8')
  return JSON.parse(text)
}

test('a message arrives as it was sent', async () => {
  await storage.store.queues.sweeps.send(sweep)
  expect(storage.store.queues.sweeps.read(await received('sweeps'))).toEqual({ ok: true, value: sweep })
})

test('a message that is sent with a delay is not seen before', async () => {
  const { receipts } = storage.store.queues
  await receipts.send({ schema: 1, sealed: 'x' }, 3_600)
  expect((await storage.clients.queue('receipts').receiveMessages()).receivedMessageItems).toEqual([])
})

test('a message that is not what its queue carries is a failure that names fields, never their values', () => {
  const { sweeps, confirmations } = storage.store.queues
  const invalid = (read: { ok: boolean }) => ({ ...read })
  expect(sweeps.read({ ...sweep, day: 'Mr Secret' })).toEqual({
    ok: false,
    failure: { code: 'message_invalid', detail: 'queue sweeps: day' },
  })
  expect(JSON.stringify(invalid(sweeps.read('Mr Secret')))).not.toContain('Secret')
  expect(sweeps.read({ ...sweep, schema: 2 })).toMatchObject({ failure: { detail: 'queue sweeps: schema' } })
  for (const odd of [undefined, null, 7, [], {}]) expect(confirmations.read(odd).ok).toBe(false)
})

test('what is not a message of a queue cannot be put there', async () => {
  await expect(storage.store.queues.sweeps.send({ ...sweep, day: '4 March' })).rejects.toThrow()
})

test('every queue is there, and the one where the host puts aside what fails', async () => {
  for (const name of queueNames.flatMap((queue) => [queue, `${queue}-poison`]))
    expect(await storage.clients.queue(name).exists(), name).toBe(true)
})

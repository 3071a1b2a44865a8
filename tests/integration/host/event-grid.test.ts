import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Probed, readSeen, startProbed } from './probe-host.ts'

let probed: Probed
beforeAll(async () => {
  probed = await startProbed()
})
afterAll(() => probed?.close())

const event = (id: string, data: object = {}) => ({
  id,
  topic: '/probe',
  subject: 'probe',
  eventType: 'Probe.Happened',
  eventTime: '2026-01-01T00:00:00Z',
  dataVersion: '1',
  data,
})

function post(type: string | undefined, body: unknown, functionName = 'onEvent') {
  return fetch(`${probed.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(type ? { 'aeg-event-type': type } : {}) },
    body: JSON.stringify(body),
  })
}

test('the subscription is validated by its code', async () => {
  const answer = await post('SubscriptionValidation', [event('v', { validationCode: 'code-1' })])
  expect([answer.status, await answer.json()]).toEqual([200, { validationResponse: 'code-1' }])
})

test('a notification runs the function once for each event', async () => {
  const answer = await post('Notification', [event('a'), event('b')])
  expect(answer.status).toBe(202)
  const ids = (await readSeen(probed.url)).events.map(({ id }) => id)
  expect(ids.filter((id) => id === 'a' || id === 'b').sort()).toEqual(['a', 'b'])
})

test('a notification with an event that fails is answered 500, so that Event Grid sends it again', async () => {
  expect((await post('Notification', [event('c'), event('d', { fail: true })])).status).toBe(500)
})

test('a function that is not there is 404', async () => {
  expect((await post('Notification', [event('e')], 'nobody')).status).toBe(404)
})

test('a request without the event type header is 400', async () => {
  expect((await post(undefined, [event('f')])).status).toBe(400)
})

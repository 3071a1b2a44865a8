import { expect, test } from 'vitest'
import { NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { eventually } from '../../../sandbox/story/step.ts'
import { queueNames } from '../../../src/core/store/store.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

/** maxDequeueCount of host.json; between two tries half a minute passes, here in steps of some seconds. */
const TRIES = 5
const STEP = 5_000
const DAY = '2031-03-04'

const UNREADABLE = [
  'this is not JSON',
  '{"schema":2,"tenantId":"t","siteId":"s"}',
  '{"schema":1}',
  'null',
  '[]',
]

export function queueCases(world: () => World): void {
  const lines = (...parts: string[]) =>
    world()
      .sandbox.host.logs()
      .filter((line) => parts.every((part) => line.includes(part)))

  test('what no queue function can read is tried, set aside as poison, and changes nothing', async () => {
    const { storage, clock } = world().sandbox
    const all = queueNames.length * UNREADABLE.length
    await leavesNothing(world(), async () => {
      for (const name of queueNames)
        for (const text of UNREADABLE)
          await storage.queue(name).sendMessage(Buffer.from(text).toString('base64'))
      for (let tried = 1; tried <= TRIES; tried++) {
        await eventually(`try ${tried} of every message`, async () => {
          if (lines('message_unreadable').length >= all * tried) return true
          await clock.advance(STEP)
          return undefined
        })
      }
      for (const name of queueNames)
        await eventually(`the poison of ${name}`, async () => {
          const { approximateMessagesCount } = await storage.queue(`${name}-poison`).getProperties()
          return approximateMessagesCount === UNREADABLE.length || undefined
        })
    })
    expect(lines('message_unreadable').length).toBe(all * TRIES)
    // What was sent is in no log.
    expect(lines('this is not JSON')).toEqual([])
  })

  test.each([
    ['an unknown site', NORTHWIND_HEALTH, 'site_unknown'],
    ['a tenant that the operator does not allow', WOODGROVE_CLINICS, 'tenant_not_allowed'],
  ])('a message about %s is dropped with a word in the log', async (_name, tenantId, code) => {
    const { queues } = world().sandbox.store
    const siteId = 'nowhere'
    const deadline = '2031-03-05T00:00:00Z'
    const visitKey = 'AAAAAAAAAAAAAAAAAAAAAA'
    const notices = [{ visitKey, version: 1, kind: 'booked', deadline }]
    const about = { schema: 1 as const, tenantId, siteId }
    const bay = `${DAY}|family` as const
    const dropped = () => lines('"event":"message_dropped"', code).length
    const before = dropped()
    await leavesNothing(world(), async () => {
      await queues.sweeps.send({ ...about, day: DAY, departmentId: 'department-1' })
      await queues.confirmations.send({ ...about, bay, notices })
      await queues.reminders.send({ ...about, bay, notices })
      await queues.roster.send({ schema: 1, kind: 'watch', tenantId, siteId, visitKey })
      await eventually('all four to be dropped', () => dropped() >= before + 4 || undefined)
    })
  })

  test('a sweep of a department that is no more is dropped with a word in the log', async () => {
    const { queues } = world().sandbox.store
    const message = { schema: 1 as const, tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE, day: DAY }
    await leavesNothing(world(), async () => {
      await queues.sweeps.send({ ...message, departmentId: 'closed' })
      await eventually('the line', () => lines('message_dropped', 'department_unknown')[0])
    })
  })

  /** What Event Grid posts, as anybody could. */
  const post = (body: string, kind = 'Notification') =>
    fetch(`${world().sandbox.host.url}/runtime/webhooks/EventGrid?functionName=smsEvents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'aeg-event-type': kind },
      body,
    })
  const event = (eventType: string, data: unknown) =>
    JSON.stringify([{ id: '1', topic: 't', subject: 's', eventType, eventTime: `${DAY}T16:00:00Z`, data }])
  const REPORT = 'Microsoft.Communication.SMSDeliveryReportReceived'

  test('events that are none of ours are taken, dropped and told, so that Event Grid does not bring them again', async () => {
    const dropped = () => lines('"event":"event_dropped"').length
    const before = dropped()
    await leavesNothing(world(), async () => {
      const wrong = [
        event('Microsoft.Storage.BlobCreated', {}),
        event(REPORT, {}),
        event(REPORT, null),
        event('Microsoft.Communication.SMSReceived', { from: '+18165550101' }),
        event('Microsoft.Communication.EmailDeliveryReportReceived', { messageId: 'x', status: 'Bounced' }),
      ]
      for (const body of wrong) expect((await post(body)).status).toBe(202)
      await eventually('all to be dropped', () => dropped() >= before + wrong.length || undefined)
    })
    expect(lines('18165550101')).toEqual([])
  })

  test('what is no event at all is refused by the host', async () => {
    await leavesNothing(world(), async () => {
      expect((await post('not JSON')).status).toBe(500)
      expect((await post('[]', 'Nonsense')).status).toBe(400)
    })
  })

  test.each(['forged', '', 'AAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB', undefined])(
    'a delivery report with the tag %s changes no notice',
    async (tag) => {
      const worked = () => lines("Executed 'Functions.receipts' (Succeeded").length
      const before = worked()
      await leavesNothing(world(), async () => {
        expect((await post(event(REPORT, { deliveryStatus: 'Delivered', tag }))).status).toBe(202)
        await eventually('the report to be worked off', () => worked() > before || undefined)
      })
    },
  )
}

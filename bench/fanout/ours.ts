import { deliverNotices } from '../../src/core/messaging/deliver.ts'
import { numberBook } from '../../src/core/messaging/numbers.ts'
import { ok } from '../../src/core/result.ts'
import type { Message } from '../../src/core/store/messages.ts'
import { visitStore } from '../../src/core/visits/visit-store.ts'
import { BAY, type ClinicDay, fieldKeys, identity, linkKeys, NOW, seals } from './clinic-day.ts'
import { workQueue } from './work-queue.ts'

const MESSAGE = 100

/** The product's own delivery, from queue messages of up to a hundred notices to the recorded outcome. */
export async function ours(day: ClinicDay): Promise<void> {
  const { store, site, visitKeys } = day
  const { tenantId, siteId } = site
  for (let at = 0; at < visitKeys.length; at += MESSAGE) {
    const notices = visitKeys
      .slice(at, at + MESSAGE)
      .map((visitKey) => ({ visitKey, version: 1, kind: 'reminder.0', deadline: '2031-03-04T13:00:00.000Z' }))
    await store.queues.reminders.send({ schema: 1, tenantId, siteId, bay: BAY, notices })
  }
  const ports = {
    store,
    visits: visitStore(store, linkKeys, 7),
    seals,
    identity,
    noticeKeys: fieldKeys,
    site: async () => site,
    ehr: async () => ok(day.ehr),
    sendText: day.sendText,
    linkUrl: 'https://v.example.org',
    rules: { leaseSeconds: 120, repeatabilitySeconds: 240 },
    numbers: numberBook(identity),
    caps: { number: 1_000, prefix: 1_000_000, tenant: 1_000_000 },
    // What is measured is the machinery, not the vendor's limit.
    limits: () => [{ count: 1_000_000, seconds: 60 }],
    now: () => NOW,
  }
  await workQueue(day.clients.queue('reminders'), async (text) => {
    const { again } = await deliverNotices(ports, JSON.parse(text) as Message<'confirmations'>)
    if (again.length > 0) throw new Error(`something was put back: ${again[0]?.because}`)
  })
}

import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import type { App } from '../core/app.ts'
import { queueReminders } from '../core/messaging/find-reminders.ts'
import type { Message } from '../core/store/messages.ts'
import { readMessage, siteOfMessage, type Work, work } from './work.ts'

functions.timer('reminderTimer', {
  schedule: '%REMINDER_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      let queued = 0
      for (const site of await app.sites.all()) {
        if (!app.settings.ALLOWED_TENANTS.includes(site.tenantId)) continue
        queued += await queueReminders(app.store, site, app.now())
      }
      log('reminders_queued', { notices: queued })
    }),
})

type Queue = 'confirmations' | 'reminders'

/** Confirmations and reminders have their own queues, so that a wave of reminders holds up no confirmation. */
for (const queue of ['confirmations', 'reminders'] as const satisfies readonly Queue[])
  functions.storageQueue(queue, {
    queueName: queue,
    connection: 'AzureWebJobsStorage',
    handler: (message: unknown, context: InvocationContext) =>
      work(context, (given) => deliver(given, queue, readMessage(given, queue, message))),
  })

async function deliver(given: Work, queue: Queue, message: Message<Queue>): Promise<void> {
  const { app, log } = given
  const site = await siteOfMessage(given, queue, message)
  if (!site) return
  const { deliverNotices } = await import('../core/messaging/deliver.ts')
  const delivery = await deliverNotices(await ports(app), message)
  for (const { message: again, delaySeconds, because } of delivery.again) {
    await app.store.queues[queue].send(again, delaySeconds)
    const notices = again.notices.length
    log('notices_again', { queue, site: site.siteId, notices, delaySeconds, because })
  }
  for (const { state, reason } of delivery.outcomes)
    log('notice', { queue, site: site.siteId, state, reason })
}

async function ports(app: App) {
  const { settings, keys } = app
  return {
    store: app.store,
    visits: app.visits,
    seals: app.seals,
    identity: keys.identity,
    noticeKeys: keys.field,
    site: app.site,
    ehr: app.systemEhr,
    sendText: await app.sendText(),
    linkUrl: app.linkUrl,
    rules: {
      leaseSeconds: settings.NOTICE_LEASE_SECONDS,
      repeatabilitySeconds: settings.SMS_REPEATABILITY_SECONDS,
    },
    now: app.now,
  }
}

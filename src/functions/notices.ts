import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import type { App } from '../core/app.ts'
import { jsonLog } from '../core/log.ts'
import { findReminders } from '../core/messaging/find-reminders.ts'
import { app } from './runtime.ts'

functions.timer('reminderTimer', {
  schedule: '%REMINDER_SCHEDULE%',
  async handler(_timer: Timer, context: InvocationContext): Promise<void> {
    const made = await app()
    let queued = 0
    for (const site of await made.sites.all()) {
      if (!made.settings.ALLOWED_TENANTS.includes(site.tenantId)) continue
      for (const message of await findReminders(made.store, site, made.now())) {
        await made.store.queues.reminders.send(message)
        queued += message.notices.length
      }
    }
    jsonLog((line) => context.log(line))('reminders_queued', { notices: queued })
  },
})

/** Confirmations and reminders have their own queues, so that a wave of reminders holds up no confirmation. */
for (const name of ['confirmations', 'reminders'] as const)
  functions.storageQueue(name, {
    queueName: name,
    connection: 'AzureWebJobsStorage',
    async handler(message: unknown, context: InvocationContext): Promise<void> {
      const made = await app()
      const read = made.store.queues[name].read(message)
      if (!read.ok) throw new Error(`${read.failure.code}: ${read.failure.detail}`)
      if (!made.settings.ALLOWED_TENANTS.includes(read.value.tenantId)) return
      const { deliverNotices } = await import('../core/messaging/deliver.ts')
      const delivery = await deliverNotices(await ports(made), read.value)
      const log = jsonLog((line) => context.log(line))
      for (const { message: again, delaySeconds, because } of delivery.again) {
        await made.store.queues[name].send(again, delaySeconds)
        log('notices_again', {
          queue: name,
          site: read.value.siteId,
          notices: again.notices.length,
          delaySeconds,
          because,
        })
      }
      for (const { state, reason } of delivery.outcomes)
        log('notice', { queue: name, site: read.value.siteId, state, reason })
    },
  })

async function ports(made: App) {
  const { settings, keys } = made
  return {
    store: made.store,
    visits: made.visits,
    seals: made.seals,
    identity: keys.identity,
    noticeKeys: keys.field,
    site: made.site,
    ehr: made.systemEhr,
    sendText: await made.sendText(),
    linkUrl: made.linkUrl,
    rules: {
      leaseSeconds: settings.NOTICE_LEASE_SECONDS,
      repeatabilitySeconds: settings.SMS_REPEATABILITY_SECONDS,
    },
    now: made.now,
  }
}

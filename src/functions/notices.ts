import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import type { App } from '../core/app.ts'
import { textCaps } from '../core/messaging/caps.ts'
import type { Delivery } from '../core/messaging/deliver.ts'
import { isEmail } from '../core/messaging/notice.ts'
import { remindAll } from '../core/messaging/remind-all.ts'
import { isLive } from '../core/sites/site.ts'
import type { Message } from '../core/store/messages.ts'
import { liveSiteOfMessage, readMessage, type Work, work } from './work.ts'

functions.timer('reminderTimer', {
  schedule: '%REMINDER_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const sites = (await app.sites.all()).filter((site) => isLive(site, app.settings.ALLOWED_TENANTS))
      const { queued, ranges, thrown } = await remindAll(app.store, sites, app.now)
      log('reminders_queued', { notices: queued, ranges })
      if (thrown.length > 0) throw thrown[0]
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
  const { app } = given
  if (!(await liveSiteOfMessage(given, queue, message))) return
  const emails = message.notices.filter(({ kind }) => isEmail(kind))
  const texts = message.notices.filter(({ kind }) => !isEmail(kind))
  if (texts.length > 0) {
    const { deliverNotices } = await import('../core/messaging/deliver.ts')
    const [sendText, limits] = await Promise.all([app.sendText(), senderLimits(app, message)])
    await settle(
      given,
      queue,
      await deliverNotices(
        { ...ports(app), sendText, numbers: app.numbers, caps: textCaps(app.settings), limits },
        { ...message, notices: texts },
      ),
    )
  }
  if (emails.length > 0) {
    const { deliverEmails } = await import('../core/messaging/email/deliver-email.ts')
    const sendEmail = await app.sendEmail()
    await settle(
      given,
      queue,
      await deliverEmails(
        { ...ports(app), sendEmail, limits: emailLimits(app.settings) },
        { ...message, notices: emails },
      ),
    )
  }
}

/** Puts back what is not at its end, and says what is. */
async function settle({ app, log }: Work, queue: Queue, delivery: Delivery): Promise<void> {
  for (const { message: again, delaySeconds, because } of delivery.again) {
    await app.store.queues[queue].send(again, delaySeconds)
    const notices = again.notices.length
    log('notices_again', { queue, site: again.siteId, notices, delaySeconds, because })
  }
  for (const { state, reason } of delivery.outcomes) log('notice', { queue, state, reason })
}

function ports(app: App) {
  const { settings, keys } = app
  return {
    store: app.store,
    visits: app.visits,
    seals: app.seals,
    identity: keys.identity,
    noticeKeys: keys.field,
    site: app.site,
    ehr: app.systemEhr,
    linkUrl: app.linkUrl,
    rules: {
      leaseSeconds: settings.NOTICE_LEASE_SECONDS,
      repeatabilitySeconds: settings.SMS_REPEATABILITY_SECONDS,
    },
    now: app.now,
  }
}

/** What the senders table says that a site's sender may send; its kind tells where the table does not know it. */
async function senderLimits({ store, site }: App, message: Message<Queue>) {
  const sender = (await site(message.tenantId, message.siteId))?.texts.sender ?? ''
  const known = await store.tables.senders.get(message.tenantId, sender.replace(/^\+/, ''))
  return () => known && [{ count: known.perMinute, seconds: 60 }]
}

function emailLimits({ EMAILS_PER_MINUTE, EMAILS_PER_HOUR }: App['settings']) {
  return [
    { count: EMAILS_PER_MINUTE, seconds: 60 },
    { count: EMAILS_PER_HOUR, seconds: 3600 },
  ]
}

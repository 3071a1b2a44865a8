import { app as functions, type InvocationContext } from '@azure/functions'
import type { Message } from '../core/store/messages.ts'
import { liveSiteOfMessage, readMessage, siteOfMessage, type Work, work } from './work.ts'

/** The part of a very large site that a timer handed out. */
functions.storageQueue('ranges', {
  queueName: 'ranges',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, (given) => lookAfter(given, readMessage(given, 'ranges', message))),
})

async function lookAfter(given: Work, message: Message<'ranges'>): Promise<void> {
  const { app, log } = given
  const { kind, siteId, from, to } = message
  const [range, tick] = [{ from, to }, new Date(message.at)]
  if (kind === 'reminders') {
    const site = await liveSiteOfMessage(given, 'ranges', message)
    if (!site) return
    const { queueReminders } = await import('../core/messaging/find-reminders.ts')
    const notices = await queueReminders(app.store, site, app.now(), range, tick)
    return log('reminders_queued', { site: siteId, from, notices })
  }
  if (kind === 'erase') {
    // Also of a tenant that is served no more; the visits of a site that is gone are erased by the timer itself.
    const site = await app.site(message.tenantId, siteId)
    if (!site) return
    const { eraseSite } = await import('../core/visits/erase-visits.ts')
    return log('erased', { site: siteId, from, visits: await eraseSite(app, site, range) })
  }
  const site = await siteOfMessage(given, 'ranges', message)
  if (!site) return
  const { queueMeetings } = await import('../core/meetings/queue-meetings.ts')
  log('meetings_looked_after', { site: siteId, from, ...(await queueMeetings(app, site, tick, range)) })
}

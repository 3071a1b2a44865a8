import { type EventGridEvent, app as functions, type InvocationContext } from '@azure/functions'
import type { Question } from '../core/messaging/answers.ts'
import { isLive, type Site } from '../core/sites/site.ts'
import { readMessage, type Work, work } from './work.ts'

functions.eventGrid('smsEvents', { handler: takeIn })
functions.eventGrid('emailEvents', { handler: takeIn })

/** Delivery reports and answers of patients: checked, sealed and queued before anything else is done with them. */
function takeIn(event: EventGridEvent, context: InvocationContext): Promise<void> {
  return work(context, async ({ app, log }) => {
    const { sealEvent } = await import('../core/messaging/receipts.ts')
    const sealed = sealEvent(app.keys.field, event)
    if (sealed.ok) return app.store.queues.receipts.send({ schema: 1, sealed: sealed.value })
    // Not thrown: Event Grid would bring the same event again for a day.
    log('event_dropped', { code: sealed.failure.code, detail: sealed.failure.detail })
  })
}

functions.storageQueue('receipts', {
  queueName: 'receipts',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, async (given) => {
      const { sealed } = readMessage(given, 'receipts', message)
      const { openEvent, receive } = await import('../core/messaging/receipts.ts')
      const event = openEvent(given.app.keys.field, sealed)
      if (event.ok) return receive(ports(given), event.value)
      // Sealed by a key that is gone, or by nobody: it will never open.
      given.log('event_dropped', { code: event.failure.code, detail: event.failure.detail })
    }),
})

function ports({ app, log }: Work) {
  const { store, keys, sites, now, settings } = app
  const served = async () =>
    (await sites.all()).filter(({ tenantId }) => settings.ALLOWED_TENANTS.includes(tenantId))
  return {
    store,
    noticeKeys: keys.field,
    identity: keys.identity,
    sites: served,
    now,
    async answer(asked: readonly Site[], question: Question) {
      // STOP and START hold wherever they are said; nothing is sent for a site that is in setup.
      const of = asked.filter((site) => isLive(site, settings.ALLOWED_TENANTS))
      const { answer } = await import('../core/messaging/answers.ts')
      const sendText = await app.sendText()
      const { visits, linkUrl } = app
      const answered = await answer(
        { store, identity: keys.identity, visits, sendText, linkUrl, now },
        of,
        question,
      )
      log('reply_answered', { kind: answered ?? 'none' })
    },
  }
}

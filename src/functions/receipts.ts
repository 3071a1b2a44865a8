import { type EventGridEvent, app as functions, type InvocationContext } from '@azure/functions'
import type { App } from '../core/app.ts'
import { openEvent, receive, sealEvent } from '../core/messaging/receipts.ts'
import { readMessage, work } from './work.ts'

functions.eventGrid('smsEvents', { handler: takeIn })
functions.eventGrid('emailEvents', { handler: takeIn })

/** Delivery reports and answers of patients: checked, sealed and queued before anything else is done with them. */
function takeIn(event: EventGridEvent, context: InvocationContext): Promise<void> {
  return work(context, async ({ app, log }) => {
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
      const event = openEvent(given.app.keys.field, sealed)
      if (event.ok) return receive(ports(given.app), event.value)
      // Sealed by a key that is gone, or by nobody: it will never open.
      given.log('event_dropped', { code: event.failure.code, detail: event.failure.detail })
    }),
})

function ports({ store, keys, sites, now }: App) {
  return { store, noticeKeys: keys.field, identity: keys.identity, sites: () => sites.all(), now }
}

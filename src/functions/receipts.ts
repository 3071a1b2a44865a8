import { type EventGridEvent, app as functions, type InvocationContext } from '@azure/functions'
import { jsonLog } from '../core/log.ts'
import { openEvent, receive, sealEvent } from '../core/messaging/receipts.ts'
import { app } from './runtime.ts'

/** Delivery reports and answers of patients: checked, sealed and queued before anything else is done with them. */
functions.eventGrid('smsEvents', {
  async handler(event: EventGridEvent, context: InvocationContext): Promise<void> {
    const made = await app()
    const sealed = sealEvent(made.keys.field, event)
    if (sealed.ok) return made.store.queues.receipts.send({ schema: 1, sealed: sealed.value })
    // Not thrown: Event Grid would bring the same event again for a day.
    jsonLog((line) => context.log(line))('event_dropped', {
      code: sealed.failure.code,
      detail: sealed.failure.detail,
    })
  },
})

functions.storageQueue('receipts', {
  queueName: 'receipts',
  connection: 'AzureWebJobsStorage',
  async handler(message: unknown): Promise<void> {
    const made = await app()
    const read = made.store.queues.receipts.read(message)
    if (!read.ok) throw new Error(`${read.failure.code}: ${read.failure.detail}`)
    const event = openEvent(made.keys.field, read.value.sealed)
    if (!event.ok) throw new Error(event.failure.code)
    await receive(
      {
        store: made.store,
        noticeKeys: made.keys.field,
        identity: made.keys.identity,
        sites: () => made.sites.all(),
        now: made.now,
      },
      event.value,
    )
  },
})

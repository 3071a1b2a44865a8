import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { readMessage, type Work, work } from './work.ts'

/** An order that nothing was written to for so long has lost its message: it is taken up again. */
const IDLE_MS = 90_000

functions.timer('numbersTimer', {
  schedule: '%NUMBERS_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const since = new Date(app.now().getTime() - IDLE_MS)
      const [orders, releases] = await Promise.all([app.orders.idle(since), app.senders.releasing(since)])
      const { numbers } = app.store.queues
      for (const order of orders) await numbers.send({ schema: 1, kind: 'order', ...order })
      for (const release of releases) await numbers.send({ schema: 1, kind: 'release', ...release })
      if (orders.length + releases.length > 0)
        log('numbers_taken_up', { orders: orders.length, releases: releases.length })
    }),
})

/** Numbers that are being bought or given back, one step after another. */
functions.storageQueue('numbers', {
  queueName: 'numbers',
  connection: 'AzureWebJobsStorage',
  handler: (received: unknown, context: InvocationContext) =>
    work(context, async (given) => {
      const message = readMessage(given, 'numbers', received)
      const { app, log } = given
      if (!app.settings.ALLOWED_TENANTS.includes(message.tenantId)) {
        log('message_dropped', { queue: 'numbers', code: 'tenant_not_allowed' })
        return
      }
      const again =
        message.kind === 'order'
          ? await takeOrderOn(given, message.tenantId, message.orderId)
          : await takeReleaseOn(given, message.tenantId, message.sender)
      if (again !== undefined) await app.store.queues.numbers.send(message, again)
    }),
})

async function takeOrderOn(
  { app, log }: Work,
  tenantId: string,
  orderId: string,
): Promise<number | undefined> {
  const { advanceOrder } = await import('../core/senders/order-steps.ts')
  const { orders, senders, history, now, phoneNumbers: numbers } = app
  const { state, again } = await advanceOrder({ orders, senders, history, now, numbers }, tenantId, orderId)
  log('number_order', { state, again })
  return again
}

async function takeReleaseOn(
  { app, log }: Work,
  tenantId: string,
  sender: string,
): Promise<number | undefined> {
  const { advanceRelease } = await import('../core/senders/release.ts')
  const { senders, sites, phoneNumbers: numbers } = app
  const again = await advanceRelease({ senders, sites, numbers }, tenantId, sender)
  log('number_release', { done: again === undefined })
  return again
}

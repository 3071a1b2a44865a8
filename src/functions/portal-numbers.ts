import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { hasConsents } from '../core/senders/consents.ts'
import { foundOf, isOpen, moved, newOrder, resumed, shownOf } from '../core/senders/order.ts'
import { shownPrice } from '../core/senders/price.ts'
import { senderId, shownSender } from '../core/senders/sender.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

/** Numbers are bought in one country; its toll-free numbers text to Canada and Puerto Rico too. */
const COUNTRY = 'US'
const PROGRESS = '/portal/numbers/order'

/** What it costs, before anything is asked for. An order that is on its way is shown instead. */
portalRoute(
  'portalNewNumber',
  'GET',
  'portal/numbers/new',
  async (call) => {
    const { app, session } = call
    const order = await app.orders.read(session.tenantId)
    if (order && isOpen(order)) return redirect(PROGRESS)
    const [{ frame, tenant }, { newNumberPage }] = await Promise.all([
      portalFrame(call, 'texts'),
      import('../pages/portal/numbers/new.tsx'),
    ])
    if (!hasConsents(tenant.value)) return refusePortal(call, { code: 'sms_consents_missing' })
    const offered = await (await app.phoneNumbers()).offering(COUNTRY)
    const price =
      offered.ok && offered.value ? { ...offered.value, shown: shownPrice(offered.value) } : undefined
    const failure = offered.ok ? undefined : offered.failure.code
    return portalPage(call, newNumberPage({ frame, price, failure }))
  },
  'configure',
)

const shownFields = z.object({
  amount: z.coerce.number().min(0).max(1000),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

/** One order, however often the button is pressed: the row says which, the message only takes it on. */
portalRoute('portalOrderNumber', 'POST', 'portal/numbers/new', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  if (!hasConsents((await app.tenants.read(tenantId)).value))
    return refusePortal(call, { code: 'sms_consents_missing' })
  const shown = shownFields.safeParse(Object.fromEntries(fields))
  if (!shown.success) return redirect('/portal/numbers/new')
  const orderId = randomBytes(8).toString('hex')
  const order = newOrder({ orderId, by, country: COUNTRY, shown: shown.data }, app.now())
  const opened = await app.orders.open(tenantId, order)
  if (opened.ok) {
    const changes = [{ field: 'monthly price', to: shownPrice(shown.data) }]
    await app.history.add(tenantId, { by, what: 'number_ordered', changes })
  }
  return takeOn(call)
})

/** Sends the open order its message, be it this one or the one of the first click. */
async function takeOn({ app, session }: PortalCall): Promise<Answer> {
  const order = await app.orders.read(session.tenantId)
  if (order && isOpen(order)) {
    const message = { schema: 1, kind: 'order', tenantId: session.tenantId, orderId: order.orderId } as const
    await app.store.queues.numbers.send(message)
  }
  return redirect(PROGRESS)
}

portalRoute('portalOrder', 'GET', 'portal/numbers/order', async (call) => {
  const { app, session } = call
  const [{ frame }, order, { orderPage }] = await Promise.all([
    portalFrame(call, 'texts'),
    app.orders.read(session.tenantId),
    import('../pages/portal/numbers/order.tsx'),
  ])
  if (!order) return redirect('/portal/texts')
  const { state, orderId, failure, failedIn, retryAt, number, askedAt } = order
  const rendered = orderPage({
    frame,
    state,
    orderId,
    failure,
    failedIn,
    retryAt,
    number: number && shownSender(number),
    senderId: number && senderId(number),
    shownPrice: shownPrice(shownOf(order)),
    foundPrice: order.amount === undefined ? undefined : shownPrice(foundOf(order)),
    elapsedSeconds: Math.max(0, Math.round((app.now().getTime() - Date.parse(askedAt)) / 1000)),
    askedAt,
    resource: new URL(app.settings.ACS_ENDPOINT).host,
  })
  return portalPage(call, rendered)
})

/** `accept` or `cancel` another price than the one shown; `again` after a failure. */
portalRoute('portalOrderAnswer', 'POST', 'portal/numbers/order', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  if (!hasConsents((await app.tenants.read(tenantId)).value))
    return refusePortal(call, { code: 'sms_consents_missing' })
  const order = await app.orders.read(tenantId)
  // A page that stood open for long answers an order that is not there any more.
  if (!order || order.orderId !== fields.get('orderId')) return redirect(PROGRESS)
  const now = app.now()
  const action = fields.get('action')
  if (order.state === 'price_changed' && action === 'accept') {
    const { amount, currency } = foundOf(order)
    const agreed = { shownAmount: amount, shownCurrency: currency, askedBy: by }
    const changes = [
      { field: 'monthly price', from: shownPrice(shownOf(order)), to: shownPrice(foundOf(order)) },
    ]
    // Of two who answer at once, one did; the history names no other.
    const saved = await app.orders.save(order, moved(order, 'found', now, agreed))
    if (saved) await app.history.add(tenantId, { by, what: 'number_price_accepted', changes })
  }
  if (order.state === 'price_changed' && action === 'cancel')
    await app.orders.save(order, moved(order, 'cancelled', now))
  if (order.state === 'failed' && action === 'again') {
    const held = resumed(order, now)
    // Without a number that is held everything begins anew, with the price as it is then.
    if (!held) return redirect('/portal/numbers/new')
    await app.orders.save(order, held)
  }
  return takeOn(call)
})

import { app as functions, type InvocationContext } from '@azure/functions'
import { sameText } from '../core/http/csrf.ts'
import { parseNotifications } from '../core/meetings/roster/notification.ts'
import { openRosterPointer, rosterClientState } from '../core/meetings/roster/pointer.ts'
import type { Message } from '../core/store/messages.ts'
import { type Answer, type Call, route } from './route.ts'
import { readMessage, siteOfMessage, type Work, work } from './work.ts'

const MOST_BYTES = 1_048_576
/** A queue message holds 64 KiB in base64; an honest notification is a few. */
const MOST_SEALED = 44_000

/** Graph proves a webhook by asking it to repeat a token (Microsoft Graph, "notificationUrl validation"). */
function handshake(call: Call): Answer | undefined {
  const token = call.request.query.get('validationToken')
  if (token === null) return undefined
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: token.slice(0, 2048) }
}

/** Who joined, waits, or left: queued as it came and answered at once; Graph drops webhooks that are slow. */
route('graphNotifications', 'POST', 'graph/notifications/{pointer}', async (call) => {
  const echo = handshake(call)
  if (echo) return echo
  const { app: made, params } = call
  const pointer = params.pointer ?? ''
  const text = await call.request.text()
  const read =
    openRosterPointer(made.keys.field, pointer) && text.length <= MOST_BYTES ? parse(text) : undefined
  if (!read?.ok) {
    call.log('notification_dropped', { code: 'notification_invalid' })
    return { status: 400 }
  }
  const { sealNotification } = await import('../core/meetings/roster/receive.ts')
  const expected = rosterClientState(made.keys.field, pointer)
  let dropped = 0
  for (const { clientState, encryptedContent } of read.value.value) {
    if (!encryptedContent || !sameText(clientState, expected)) dropped++
    else {
      const sealed = sealNotification(made.keys.field, pointer, encryptedContent, read.value.validationTokens)
      if (sealed.length > MOST_SEALED) dropped++
      else await made.store.queues.roster.send({ schema: 1, kind: 'told', pointer, sealed })
    }
  }
  if (dropped > 0) call.log('notification_dropped', { code: 'notification_forged', dropped })
  return { status: 202 }
})

/** The subscription itself has news: it is renewed or made anew. */
route('graphLifecycle', 'POST', 'graph/lifecycle/{pointer}', async (call) => {
  const echo = handshake(call)
  if (echo) return echo
  const { app: made, params } = call
  const pointer = params.pointer ?? ''
  const ref = openRosterPointer(made.keys.field, pointer)
  const text = await call.request.text()
  const read = ref && text.length <= MOST_BYTES ? parse(text) : undefined
  if (!ref || !read?.ok) return { status: 400 }
  const expected = rosterClientState(made.keys.field, pointer)
  const events = read.value.value.filter(({ clientState }) => sameText(clientState, expected))
  if (events.some(({ lifecycleEvent }) => lifecycleEvent !== undefined && lifecycleEvent !== 'missed')) {
    const { forgetSubscription } = await import('../core/meetings/roster/watch.ts')
    await forgetSubscription(made, ref)
    await made.store.queues.roster.send({ schema: 1, kind: 'watch', ...ref })
  }
  return { status: 202 }
})

functions.storageQueue('roster', {
  queueName: 'roster',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, async (given) => {
      const read = readMessage(given, 'roster', message)
      return read.kind === 'watch' ? watch(given, read) : told(given, read)
    }),
})

type Of<Kind> = Extract<Message<'roster'>, { kind: Kind }>

async function watch(given: Work, { tenantId, siteId, visitKey }: Of<'watch'>): Promise<void> {
  if (!(await siteOfMessage(given, 'roster', { tenantId, siteId }))) return
  const { watchMeeting } = await import('../core/meetings/roster/watch.ts')
  const watched = await watchMeeting(given.app, { tenantId, siteId, visitKey })
  if (watched.ok) return
  // Without it the pages still know their own signals; the next visit to the page asks again.
  const { code, detail } = watched.failure
  given.log('roster_unwatched', { site: siteId, code, detail })
}

async function told({ app, log }: Work, message: Of<'told'>): Promise<void> {
  const { receiveNotification } = await import('../core/meetings/roster/receive.ts')
  const received = await receiveNotification(app, message)
  if (!received.ok)
    return log('notification_dropped', { code: received.failure.code, detail: received.failure.detail })
  const { ended, tenantId, siteId, visitKey } = received.value
  if (!ended) return
  // The reports show the visit at once, and what Graph knows of it as soon as it has written that down.
  const about = { schema: 1, tenantId, siteId, visitKey } as const
  await app.store.queues.reports.send({ ...about, kind: 'visit' })
  await app.store.queues.reports.send({ ...about, kind: 'attendance' }, 60)
}

function parse(text: string) {
  try {
    return parseNotifications(JSON.parse(text))
  } catch {
    return undefined
  }
}

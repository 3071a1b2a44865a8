import type { InvocationContext } from '@azure/functions'
import type { App } from '../core/app.ts'
import { jsonLog, type Log } from '../core/log.ts'
import { isLive, type Site } from '../core/sites/site.ts'
import type { QueueName } from '../core/store/messages.ts'
import { app } from './runtime.ts'
import { errorName, firstFrame } from './unexpected.ts'

/** What work in the background stands on. */
export type Work = { readonly app: App; readonly log: Log }

/**
 * Runs what a timer, a queue or Event Grid started. An error is told by its kind and place and thrown again without its
 * message, which may hold what somebody sent: the host writes what it catches into its own log.
 */
export async function work<T>(context: InvocationContext, run: (work: Work) => Promise<T>): Promise<T> {
  const log = jsonLog((line) => context.log(line))
  try {
    return await run({ app: await app(), log })
  } catch (error) {
    const what = errorName(error)
    log('unexpected', { function: context.functionName, error: what, at: firstFrame(error) })
    throw new Error(`${context.functionName} failed: ${what}`)
  }
}

/** Thrown for a message that nobody can read: the host tries it again and then sets it aside as poison. */
class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage'
}

/** A queue message as what was sent. Throws where it is none of ours, or of a release that is not understood. */
export function readMessage<Name extends QueueName>(
  { app: made, log }: Work,
  queue: Name,
  received: unknown,
): Extract<ReturnType<App['store']['queues'][Name]['read']>, { ok: true }>['value'] {
  const read = made.store.queues[queue].read(received)
  if (read.ok) return read.value
  log('message_unreadable', { queue, code: read.failure.code, detail: read.failure.detail })
  throw new UnreadableMessage()
}

/**
 * The site that a message is about, or undefined, with a log line, where it is gone or its tenant is no longer served:
 * the message is then done.
 */
export async function siteOfMessage(
  { app: made, log }: Work,
  queue: QueueName,
  { tenantId, siteId }: { readonly tenantId: string; readonly siteId: string },
): Promise<Site | undefined> {
  const allowed = made.settings.ALLOWED_TENANTS.includes(tenantId)
  const site = allowed ? await made.site(tenantId, siteId) : undefined
  if (!site)
    log('message_dropped', { queue, site: siteId, code: allowed ? 'site_unknown' : 'tenant_not_allowed' })
  return site
}

/**
 * The site of a message whose work reaches patients or the EHR: undefined, with a log line, also where the site is in
 * setup, as one that became a Production site is again. Nothing is told to anybody for it then. The message is done: what
 * its visits still owe is found anew, and judged by its deadline, once the setup is finished.
 */
export async function liveSiteOfMessage(
  given: Work,
  queue: QueueName,
  message: { readonly tenantId: string; readonly siteId: string },
): Promise<Site | undefined> {
  const site = await siteOfMessage(given, queue, message)
  if (!site || isLive(site, given.app.settings.ALLOWED_TENANTS)) return site
  given.log('message_dropped', { queue, site: site.siteId, code: 'site_in_setup' })
  return undefined
}

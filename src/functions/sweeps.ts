import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import type { App } from '../core/app.ts'
import { inParallel } from '../core/messaging/in-parallel.ts'
import type { Site } from '../core/sites/site.ts'
import type { Message } from '../core/store/messages.ts'
import { lateSites } from '../core/visits/heartbeat.ts'
import { dueWindows } from '../core/visits/windows.ts'
import { liveSiteOfMessage, readMessage, type Work, work } from './work.ts'

/** When windows were handed out last. */
const FAN_OUT = { partitionKey: 'deployment', rowKey: 'fan-out' }

/** Every tick puts one message per site, department and day on the queue, for far days seldom; nothing is read from an EHR here. */
functions.timer('sweepTimer', {
  schedule: '%SWEEP_SCHEDULE%',
  runOnStartup: false,
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const { partitionKey, rowKey } = FAN_OUT
      const last = await app.store.tables.sweeps.get(partitionKey, rowKey)
      const sweptAt = app.now().toISOString()
      const windows = await dueWindows(app, last && new Date(last.sweptAt))
      await inParallel(windows, 16, (window) => app.store.queues.sweeps.send(window))
      // Last, as every mark: a tick that broke off is done again by the next one.
      await app.store.tables.sweeps.put({ ...FAN_OUT, schema: 1, epoch: '', baselineAt: sweptAt, sweptAt })
      log('sweep_fanned_out', { windows: windows.length })
      for (const { siteId, sweptAt } of await lateSites(app, last && new Date(last.sweptAt)))
        log('site_late', { site: siteId, sweptAt })
    }),
})

functions.storageQueue('sweep', {
  queueName: 'sweeps',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, (given) =>
      sweep(given, readMessage(given, 'sweeps', message), queuedAt(context.triggerMetadata)),
    ),
})

async function sweep(given: Work, message: Message<'sweeps'>, askedAt: Date | undefined): Promise<void> {
  const { app, log } = given
  const site = await liveSiteOfMessage(given, 'sweeps', message)
  if (!site) return
  if ('kind' in message) return pushed(given, site, message)
  const { siteId, departmentId, day } = message
  const { departmentOf, sweepWindow } = await import('../core/visits/sweep.ts')
  const department = departmentOf(site, departmentId)
  if (!department.ok)
    return log('message_dropped', { queue: 'sweeps', site: siteId, code: department.failure.code })
  const swept = await sweepWindow(ports(app), site, department.value, day, askedAt)
  if (swept.ok) return log('swept', { site: siteId, department: departmentId, ...swept.value })
  const { code, detail, retryAfterSeconds } = swept.failure
  // The timer asks again soon, and the watermark did not move: retrying here would only add to the EHR's trouble.
  log('sweep_failed', { site: siteId, department: departmentId, code, detail, retryAfterSeconds })
}

type Pushed = Extract<Message<'sweeps'>, { kind: 'pushed' }>

/** An EHR that cannot be asked now is asked again, ever later: so many times, then the sweeps find what they can. */
const TRIES = 8

async function pushed({ app, log }: Work, site: Site, message: Pushed): Promise<void> {
  const [{ openPushed }, { lookAtPushed }] = await Promise.all([
    import('../core/pushes/receive-push.ts'),
    import('../core/visits/pushed.ts'),
  ])
  const { siteId, sealed, tries } = message
  const ids = openPushed(app.keys.field, site, sealed)
  if (!ids.ok) return log('message_dropped', { queue: 'sweeps', site: siteId, code: ids.failure.code })
  const looked = await lookAtPushed(ports(app), site, ids.value)
  if (looked.ok) return log('pushed_looked_at', { site: siteId, ...looked.value })
  const { code, detail, retryAfterSeconds } = looked.failure
  log('push_failed', { site: siteId, code, detail, retryAfterSeconds, tries })
  if (tries < TRIES)
    await app.store.queues.sweeps.send(
      { ...message, tries: tries + 1 },
      Math.max(retryAfterSeconds ?? 0, 30 * 2 ** tries),
    )
}

function ports({ store, visits, seals, keys, systemEhr, now }: App) {
  return { store, visits, seals, identity: keys.identity, linkKeys: keys.link, ehr: systemEhr, now }
}

/** When a message was put on its queue: the host says it in whole seconds, so it may have been up to one later. */
function queuedAt(metadata: InvocationContext['triggerMetadata']): Date | undefined {
  const said = Date.parse(String(metadata?.insertionTime))
  return Number.isNaN(said) ? undefined : new Date(said + 1000)
}

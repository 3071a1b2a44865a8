import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import type { App } from '../core/app.ts'
import { jsonLog } from '../core/log.ts'
import { dueWindows } from '../core/visits/windows.ts'
import { app } from './runtime.ts'

/** Every tick puts one message per site, department and day on the queue; nothing is read from an EHR here. */
functions.timer('sweepTimer', {
  schedule: '%SWEEP_SCHEDULE%',
  runOnStartup: false,
  async handler(_timer: Timer, context: InvocationContext): Promise<void> {
    const made = await app()
    const windows = await dueWindows(made)
    for (const window of windows) await made.store.queues.sweeps.send(window)
    jsonLog((line) => context.log(line))('sweep_fanned_out', { windows: windows.length })
  },
})

functions.storageQueue('sweep', {
  queueName: 'sweeps',
  connection: 'AzureWebJobsStorage',
  async handler(message: unknown, context: InvocationContext): Promise<void> {
    const made: App = await app()
    const log = jsonLog((line) => context.log(line))
    const read = made.store.queues.sweeps.read(message)
    if (!read.ok) throw new Error(`${read.failure.code}: ${read.failure.detail}`)
    const { tenantId, siteId, departmentId, day } = read.value
    const site = await made.site(tenantId, siteId)
    if (!site || !made.settings.ALLOWED_TENANTS.includes(tenantId))
      return log('sweep_dropped', { site: siteId })
    const { departmentOf, sweepWindow } = await import('../core/visits/sweep.ts')
    const department = departmentOf(site, departmentId)
    if (!department.ok) return log('sweep_dropped', { site: siteId, code: department.failure.code })
    const swept = await sweepWindow(
      {
        store: made.store,
        visits: made.visits,
        seals: made.seals,
        identity: made.keys.identity,
        linkKeys: made.keys.link,
        ehr: made.systemEhr,
        now: made.now,
      },
      site,
      department.value,
      day,
    )
    if (swept.ok) return log('swept', { site: siteId, department: departmentId, ...swept.value })
    const { code, detail, retryAfterSeconds } = swept.failure
    // The timer asks again soon, and the watermark did not move: retrying here would only add to the EHR's trouble.
    log('sweep_failed', { site: siteId, department: departmentId, code, detail, retryAfterSeconds })
  },
})

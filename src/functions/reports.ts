import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { inParallel } from '../core/messaging/in-parallel.ts'
import { dueReportDays } from '../core/reports/due-days.ts'
import type { Message } from '../core/store/messages.ts'
import { isVeryLarge } from '../core/visits/bay-range.ts'
import { readMessage, siteOfMessage, type Work, work } from './work.ts'

/** Every minute the running days are brought up to date; no event is needed for that, so that none can be lost. */
functions.timer('reportTimer', {
  schedule: '%REPORT_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const days = await dueReportDays(app)
      await inParallel(days, 16, (day) => app.store.queues.reports.send(day))
      log('reports_fanned_out', { days: days.length })
    }),
})

functions.timer('retentionTimer', {
  schedule: '%RETENTION_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const { purgeOld } = await import('../core/reports/retention.ts')
      for (const receipt of await purgeOld(app)) log('retention_purged', receipt)
    }),
})

functions.storageQueue('reports', {
  queueName: 'reports',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, (given) => bringUpToDate(given, readMessage(given, 'reports', message))),
})

async function bringUpToDate(given: Work, message: Message<'reports'>): Promise<void> {
  const { app, log } = given
  const site = await siteOfMessage(given, 'reports', message)
  if (!site) return
  if (message.kind === 'day') {
    const [{ settleDay }, { duePulls }] = await Promise.all([
      import('../core/reports/settle-day.ts'),
      import('../core/reports/due-pulls.ts'),
    ])
    const quality = await wantsQuality(given, site.tenantId)
    let pulled = 0
    const settled = await settleDay(app, site, message.day, async (visits) => {
      const pulls = duePulls(visits, quality, app.now())
      await inParallel(pulls, 16, (pull) => app.store.queues.reports.send(pull))
      pulled += pulls.length
    })
    return log('reports_settled', { site: site.siteId, ...settled, pulls: pulled })
  }
  const settlesLater = isVeryLarge(site)
  if (message.kind === 'visit') {
    if (settlesLater) return
    const { settleVisit } = await import('../core/reports/settle-visit.ts')
    await settleVisit(app, message)
    return
  }
  await pull(given, message, settlesLater)
}

type Pull = Extract<Message<'reports'>, { kind: 'visit' | 'attendance' | 'quality' }>

/** Asks Graph, and comes back when it is to be asked again: a queue hides a message for as long as seven days. */
async function pull(given: Work, message: Pull, settlesLater: boolean): Promise<void> {
  const { app, log } = given
  const quality = message.kind === 'quality'
  if (quality && !(await wantsQuality(given, message.tenantId))) return
  const ports = { ...app, settlesLater }
  const collected = quality
    ? await (await import('../core/reports/collect-quality.ts')).collectQuality(ports, message)
    : await (await import('../core/reports/collect-attendance.ts')).collectAttendance(ports, message)
  const { found, next, code } = collected
  log(quality ? 'quality_collected' : 'attendance_collected', { site: message.siteId, found, code })
  if (next) {
    const seconds = Math.ceil((next.getTime() - app.now().getTime()) / 1_000)
    await app.store.queues.reports.send(message, Math.max(1, Math.min(seconds, 6 * 86_400)))
  } else if (!quality && found && (await wantsQuality(given, message.tenantId)))
    await app.store.queues.reports.send({ ...message, kind: 'quality' }, 600)
}

async function wantsQuality({ app }: Work, tenantId: string): Promise<boolean> {
  return (await app.tenants.read(tenantId)).value.reports.callQuality
}

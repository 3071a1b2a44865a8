import { app as functions, type InvocationContext } from '@azure/functions'
import type { App } from '../core/app.ts'
import { patientPlace, rosterOf } from '../core/meetings/roster/roster.ts'
import { fail } from '../core/result.ts'
import type { Site } from '../core/sites/site.ts'
import type { Message } from '../core/store/messages.ts'
import { openStaffPointer } from '../core/visits/staff-link.ts'
import type { Visit, VisitRef } from '../core/visits/visit.ts'
import {
  isWanted,
  recordWriteFailure,
  refusedSince,
  tryAgainIn,
  writeBack,
} from '../core/visits/write-back.ts'
import { redirect, route } from './route.ts'
import { refuse } from './session.ts'
import { liveSiteOfMessage, readMessage, type Work, work } from './work.ts'

const HOUR = 3_600_000

/** Queued and never waited for: the EHR may be slow or down, and the visit goes on. */
export async function askToWriteLinks(app: App, site: Site, visit: Visit): Promise<void> {
  if (isWanted(site, visit.row, 'links') && !failedLately(visit, app.now())) await ask(app, visit, 'links')
}

/** The patient waits in the lobby: where the site wants it, the EHR's board says "arrived". */
export async function askToWriteArrived(app: App, ref: VisitRef): Promise<void> {
  const site = await app.site(ref.tenantId, ref.siteId)
  if (!site?.writeBack?.arrived) return
  const visit = await app.visits.find(ref)
  if (!visit || !isWanted(site, visit.row, 'arrived')) return
  if (patientPlace(rosterOf(visit.row))?.kind === 'waiting') await ask(app, visit, 'arrived')
}

async function ask(app: App, { tenantId, siteId, visitKey }: VisitRef, what: 'links' | 'arrived') {
  const message = { schema: 1 as const, tenantId, siteId, visitKey, what, tries: 0 }
  await app.store.queues.writeback.send(message).catch(() => {})
}

/** What the EHR refused for good is not asked for again by every look at the page. */
function failedLately({ row }: Visit, now: Date): boolean {
  const since = refusedSince(row)
  return since !== undefined && now.getTime() - since.getTime() < HOUR
}

functions.storageQueue('writeback', {
  queueName: 'writeback',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, (given) => write(given, readMessage(given, 'writeback', message))),
})

async function write(given: Work, message: Message<'writeback'>): Promise<void> {
  const { app, log } = given
  const site = await liveSiteOfMessage(given, 'writeback', message)
  if (!site) return
  const { what, tries } = message
  const written = await writeBack(ports(app), site, message, what)
  if (written.ok) return log('written_back', { site: site.siteId, what, outcome: written.value })
  const { code, detail } = written.failure
  const wait = tryAgainIn(written.failure, tries)
  log('write_back_failed', { site: site.siteId, what, code, detail, tries, again: wait !== undefined })
  if (wait === undefined) return recordWriteFailure(app, message, code)
  await app.store.queues.writeback.send({ ...message, tries: tries + 1 }, wait)
}

/** The provider link in the EHR: leads to the meeting of the visit, as long as it has one. */
route('staffLink', 'READ', 'teams/{pointer}', async (call) => {
  const { app, params } = call
  const ref = openStaffPointer(app.keys.field, params.pointer ?? '')
  const served = ref && app.settings.ALLOWED_TENANTS.includes(ref.tenantId)
  const visit = served ? await app.visits.find(ref) : undefined
  const meeting = visit && app.seals.meeting(visit)
  return meeting ? redirect(meeting.joinWebUrl) : refuse(call, fail('link_unknown').failure)
})

function ports(app: App) {
  return {
    visits: app.visits,
    seals: app.seals,
    fieldKeys: app.keys.field,
    ehr: app.systemEhr,
    linkUrl: app.linkUrl,
    publicUrl: app.settings.PUBLIC_URL,
    now: app.now,
  }
}

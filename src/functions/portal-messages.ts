import { z } from 'zod'
import type { App } from '../core/app.ts'
import { listPoison, REPLAYABLE, replayPoison } from '../core/messaging/poison.ts'
import { workList } from '../core/messaging/work-list.ts'
import type { Site } from '../core/sites/site.ts'
import { bay } from '../core/visits/bay.ts'
import { heartbeats } from '../core/visits/heartbeat.ts'
import type { Visit } from '../core/visits/visit.ts'
import { noticeWords } from '../pages/appointment/notice-words.ts'
import { writeBackWords } from '../pages/portal/write-back-words.ts'
import { portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { redirect } from './route.ts'

/**
 * Whom no message reached, what got stuck, and whether the sweeps still come. Times of visits are no configuration: it is
 * for administrators.
 */
portalRoute(
  'portalMessages',
  'GET',
  'portal/messages',
  async (call) => {
    const { app, session } = call
    const { frame, sites } = await portalFrame(call, 'messages')
    const [list, poison, beats, { messagesPage }] = await Promise.all([
      workList(app, sites),
      listPoison(app.storage, session.tenantId),
      heartbeats(app, sites),
      import('../pages/portal/messages.tsx'),
    ])
    const names = new Map(sites.map(({ siteId, name }) => [siteId, name]))
    const rendered = messagesPage({
      frame,
      sites: beats.map(({ siteId, sweptAt, late }) => ({ name: names.get(siteId) ?? siteId, sweptAt, late })),
      poison,
      more: list.more,
      until: list.until,
      unwrittenMore: list.unwrittenMore,
      unwritten: list.unwritten.map(({ siteId, code, start, at }) => ({
        ...writeBackWords(code),
        site: names.get(siteId) ?? siteId,
        start,
        at,
      })),
      open: list.open.map(({ siteId, bay, visitKey, kind, state, reason, changedAt, start, stuck }) => {
        const words = noticeWords(kind, state, reason)
        return {
          site: names.get(siteId) ?? siteId,
          start,
          about: words.kind,
          status: stuck ? 'Stuck: it is tried again by itself' : words.status,
          tone: stuck ? 'warning' : words.tone,
          changedAt,
          visit: { siteId, bay, visitKey },
        }
      }),
    })
    return portalPage(call, rendered)
  },
  'administer',
)

/** Messages that failed five times are tried again; notices are claimed, so that nobody is texted twice by it. */
portalRoute('portalReplay', 'POST', 'portal/messages/replay', async (call) => {
  const { app, session, fields } = call
  const queue = REPLAYABLE.find((name) => name === fields.get('queue'))
  if (!queue) return redirect('/portal/messages')
  const replayed = await replayPoison(app.storage, queue, session.tenantId)
  const changes = [{ field: queue, to: String(replayed) }]
  await app.history.add(session.tenantId, { by: session.userId, what: 'messages_replayed', changes })
  call.log('messages_replayed', { queue, messages: replayed })
  return redirect('/portal/messages?done=replayed')
})

const visitFields = z.object({
  siteId: z.string(),
  bay,
  /** As core/keys/identity.ts makes them. */
  visitKey: z.string().regex(/^[\w-]{22}$/),
})

/** A visit wherever it lies by now; without an index, where the list had it. */
async function visitOf(
  { visits }: App,
  { tenantId, siteId }: Site,
  { bay: lastBay, visitKey }: z.infer<typeof visitFields>,
): Promise<Visit | undefined> {
  const ref = { tenantId, siteId, visitKey }
  return (await visits.find(ref)) ?? visits.at(ref, lastBay)
}

/** The EHR's id of an appointment, for whoever calls the patient: unsealed on request, and written down. */
portalRoute('portalAppointmentId', 'POST', 'portal/messages/appointment', async (call) => {
  const { app, session, fields } = call
  const { tenantId } = session
  const asked = visitFields.safeParse(Object.fromEntries(fields))
  const site = asked.success ? await app.site(tenantId, asked.data.siteId) : undefined
  const visit = site && asked.data && (await visitOf(app, site, asked.data))
  const appointmentId = visit && app.seals.appointmentId(visit)
  if (!site || !visit || appointmentId === undefined)
    return refusePortal(call, { code: 'visit_erased' }, '/portal/messages')
  const changes = [{ field: 'visit', to: visit.visitKey.slice(0, 8) }]
  await app.history.add(tenantId, {
    by: session.userId,
    siteId: site.siteId,
    what: 'appointment_shown',
    changes,
  })
  call.log('appointment_shown', { site: site.siteId })
  const [{ frame }, { appointmentIdPage }] = await Promise.all([
    portalFrame(call, 'messages'),
    import('../pages/portal/messages-appointment.tsx'),
  ])
  return portalPage(
    call,
    appointmentIdPage({ frame, site: site.name, start: visit.row.start, appointmentId }),
  )
})

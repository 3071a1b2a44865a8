import { sealChoice } from '../core/launches/choice.ts'
import { type BoardEntry, dayBoard } from '../core/launches/day-board.ts'
import { sealLook } from '../core/launches/look.ts'
import { launchPath } from '../core/launches/session.ts'
import type { Site } from '../core/sites/site.ts'
import type { BoardLine } from '../pages/board.tsx'
import { page } from './page-response.ts'
import { type LaunchCall, launchRoute, refuse, visitUrl } from './session.ts'

/** A launch without a patient: the clinician's own day. With a chart open there is one patient, and no board. */
launchRoute('dayBoard', 'GET', 'launch/{id}/board', async (call) => {
  const { app, session } = call
  const { practitionerId } = session.ehrUser
  const url = `${launchPath(session.launchId)}/board`
  if (session.context.kind !== 'none' || practitionerId === undefined) return noAppointment(call)
  const site = await app.site(session.tenantId, session.siteId)
  if (!site) return refuse(call, { code: 'launch_unknown_issuer' })
  const ports = { ...app, identity: app.keys.identity }
  const ehr = await call.ehr(site)
  if (!ehr.ok) return refuse(call, ehr.failure, url)
  const day = await dayBoard(ports, site, ehr.value, practitionerId)
  if (!day.ok) return refuse(call, day.failure, url)
  return board(call, site, day.value)
})

async function noAppointment(call: LaunchCall) {
  const { noAppointmentPage } = await import('../pages/no-appointment.tsx')
  const patientKnown = call.session.context.kind !== 'none'
  const retryUrl = patientKnown ? visitUrl(call) : undefined
  const rendered = noAppointmentPage({ reference: call.reference, patientKnown, retryUrl })
  return page(rendered, { status: 404, code: 'launch_no_context' })
}

async function board(call: LaunchCall, site: Site, entries: readonly BoardEntry[]) {
  const [{ boardPage }, { boardLine }] = await Promise.all([
    import('../pages/board.tsx'),
    import('./board-line.ts'),
  ])
  const { app, session } = call
  const lines: BoardLine[] = entries.map((entry) =>
    boardLine(site, entry, visitUrl(call, sealChoice(app.keys.session, session, entry.visitKey))),
  )
  // Stable: who waits comes first, the rest stays in the order of the day.
  lines.sort((a, b) => Number(b.state.waiting) - Number(a.state.waiting))
  const look = sealLook(app.keys.session, session, { visitKeys: entries.map(({ visitKey }) => visitKey) })
  const date = new Intl.DateTimeFormat('en-US', {
    timeZone: site.timeZone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  }).format(app.now())
  const base = launchPath(session.launchId)
  return page(
    boardPage({
      date,
      lines,
      consultUrl: `${base}/consult`,
      refreshSeconds: 2,
      lookUrl: `${base}/look?at=${look}`,
    }),
  )
}

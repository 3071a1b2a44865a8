import type { App } from '../core/app.ts'
import { type Opened, type OpenPorts, openVisit } from '../core/launches/open-visit.ts'
import { launchPath } from '../core/launches/session.ts'
import { signInOrigins } from './account.ts'
import { page } from './page-response.ts'
import { redirect } from './route.ts'
import { type LaunchCall, launchRoute, refuse, visitUrl } from './session.ts'
import { askToWatch } from './watch-meeting.ts'

launchRoute('visitPage', 'GET', 'launch/{id}/visit', async (call) => {
  const choice = chosen(call.request.query)
  const opened = await openVisit(ports(call.app), call.session, choice)
  if (!opened.ok && opened.failure.code === 'account_unconfirmed')
    return redirect(`${launchPath(call.session.launchId)}/account`)
  if (!opened.ok) return refuse(call, opened.failure, visitUrl(call, choice))
  if (opened.value.kind === 'choice') return choicePage(call, opened.value)
  if (opened.value.choice !== undefined) return redirect(visitUrl(call, opened.value.choice))
  return visitPage(call, opened.value, choice)
})

/** Several appointments fit: which one is kept in the address. */
launchRoute('visitChoose', 'POST', 'launch/{id}/choose', async (call) =>
  redirect(visitUrl(call, chosen(call.fields))),
)

launchRoute('visitJoin', 'POST', 'launch/{id}/join', async (call) => {
  const { app, session, fields } = call
  const choice = chosen(fields)
  const opened = await openVisit(ports(app), session, choice)
  if (!opened.ok) return refuse(call, opened.failure, visitUrl(call, choice))
  if (opened.value.kind === 'choice') return redirect(visitUrl(call))
  const { visit, meeting, account } = opened.value
  if (!meeting.ok) return refuse(call, meeting.failure, visitUrl(call, choice))
  await app.visits.update(visit, (row) => ({
    ...row,
    clinicianJoinedAt: row.clinicianJoinedAt ?? app.now().toISOString(),
    clinicianId: row.clinicianId ?? account.userId,
  }))
  call.log('clinician_joined', { site: session.siteId })
  return redirect(meeting.value.joinWebUrl)
})

async function visitPage(
  call: LaunchCall,
  opened: Extract<Opened, { kind: 'visit' }>,
  choice: string | undefined,
) {
  const [{ appointmentPage }, { appointmentModel }] = await Promise.all([
    import('../pages/appointment.tsx'),
    import('./appointment-model.ts'),
  ])
  const { app, session } = call
  if (!opened.meeting.ok)
    call.log('meeting_failed', { code: opened.meeting.failure.code, detail: opened.meeting.failure.detail })
  if (opened.meeting.ok) await askToWatch(app, opened.visit)
  const model = await appointmentModel(app, opened, {
    csrf: call.csrf,
    base: launchPath(session.launchId),
    choice,
  })
  const formTargets = [...app.settings.TEAMS_ORIGINS, ...(await signInOrigins(call))]
  return page(appointmentPage(model), { formTargets })
}

async function choicePage(call: LaunchCall, { candidates, site }: Extract<Opened, { kind: 'choice' }>) {
  const [{ appointmentChoicePage }, { localStart }] = await Promise.all([
    import('../pages/appointment-choice.tsx'),
    import('../pages/words/local-start.ts'),
  ])
  const rendered = appointmentChoicePage({
    candidates: candidates.map(({ choice, appointment: { start, minutes, serviceType, status } }) => ({
      value: choice,
      appointment: {
        start: localStart(start, site.timeZone, 'en-US'),
        durationMinutes: minutes,
        serviceType,
        status,
      },
    })),
    action: `${launchPath(call.session.launchId)}/choose`,
    csrf: call.csrf,
  })
  return page(rendered)
}

/** The choice that a form or an address gives; what is none of ours is none. */
function chosen(from: { get(name: string): string | null }): string | undefined {
  const choice = from.get('choice') ?? ''
  return /^[\w-]{12}$/.test(choice) ? choice : undefined
}

function ports(app: App): OpenPorts {
  return {
    visits: app.visits,
    seals: app.seals,
    mappings: app.mappings,
    graph: app.graph,
    teamsOrigins: app.settings.TEAMS_ORIGINS,
    identity: app.keys.identity,
    linkKeys: app.keys.link,
    site: app.site,
    ehr: app.launchEhr,
    now: app.now,
  }
}

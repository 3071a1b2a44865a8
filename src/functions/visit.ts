import { type Opened, openVisit } from '../core/launches/open-visit.ts'
import { launchPath } from '../core/launches/session.ts'
import type { SendLinkModel } from '../pages/appointment/links-model.ts'
import type { Flash } from '../pages/appointment.tsx'
import { signInOrigins } from './account.ts'
import { flashOf } from './flash.ts'
import { chosen, type OpenedVisit, openPorts } from './open-call.ts'
import { page } from './page-response.ts'
import { type Answer, redirect } from './route.ts'
import { type LaunchCall, launchRoute, refuse, visitUrl } from './session.ts'
import { askToWatch } from './watch-meeting.ts'
import { askToWriteLinks } from './write-back.ts'

launchRoute('visitPage', 'GET', 'launch/{id}/visit', async (call) => {
  const choice = chosen(call.request.query)
  const opened = await openVisit(openPorts(call), call.session, choice)
  if (opened.ok) return openedPage(call, opened.value, choice)
  const { code } = opened.failure
  if (code === 'account_unconfirmed') return redirect(`${launchPath(call.session.launchId)}/account`)
  // Launched outside of a chart: the clinician's own day.
  if (code === 'launch_no_context') return redirect(`${launchPath(call.session.launchId)}/board`)
  return refuse(call, opened.failure, visitUrl(call, choice))
})

async function openedPage(call: LaunchCall, opened: Opened, choice: string | undefined): Promise<Answer> {
  if (opened.kind === 'choice') return choicePage(call, opened)
  if (opened.kind === 'named') return redirect(visitUrl(call, opened.choice))
  return visitPage(call, opened, choice, { flash: flashOf(call.request.query) })
}

/** Several appointments fit: which one is kept in the address. */
launchRoute('visitChoose', 'POST', 'launch/{id}/choose', async (call) =>
  redirect(visitUrl(call, chosen(call.fields))),
)

type More = {
  readonly flash?: Flash | undefined
  /** A form that was not taken comes back as it was filled in. */
  readonly refused?: Pick<SendLinkModel, 'given' | 'problem'> | undefined
  readonly status?: number
}

export async function visitPage(
  call: LaunchCall,
  opened: OpenedVisit,
  choice: string | undefined,
  more: More = {},
): Promise<Answer> {
  const [{ appointmentPage }, { appointmentModel }] = await Promise.all([
    import('../pages/appointment.tsx'),
    import('./appointment-model.ts'),
  ])
  const { app } = call
  for (const { code, detail } of [opened.unread, opened.account.unread].filter((one) => one !== undefined))
    call.log('visit_unread', { code, detail })
  if (opened.meeting.ok) {
    await askToWatch(app, opened.visit)
    await askToWriteLinks(app, opened.site, opened.visit)
  } else
    call.log('meeting_failed', { code: opened.meeting.failure.code, detail: opened.meeting.failure.detail })
  const model = await appointmentModel(call, opened, { choice, ...more })
  const formTargets = [...app.settings.TEAMS_ORIGINS, ...(await signInOrigins(call))]
  return page(appointmentPage(model), { formTargets, ...(more.status ? { status: more.status } : {}) })
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

import { askAccount, type JoiningAccount } from '../core/launches/confirmed-account.ts'
import { findConsult, startConsult } from '../core/launches/consult.ts'
import { factsOf, openLook, sealLook } from '../core/launches/look.ts'
import { launchPath } from '../core/launches/session.ts'
import { readNoticesOfVisit } from '../core/messaging/read-notices.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Site } from '../core/sites/site.ts'
import { revokeLink } from '../core/visits/add-link.ts'
import type { Visit } from '../core/visits/visit.ts'
import type { SendLinkModel } from '../pages/appointment/links-model.ts'
import { signInOrigins } from './account.ts'
import { type Done, doneQuery, flashOf } from './flash.ts'
import { appUrl } from './join.ts'
import { openPorts } from './open-call.ts'
import { page } from './page-response.ts'
import { type Answer, redirect } from './route.ts'
import { LINK_PROBLEMS, linkRequest, sendPorts } from './send-link.ts'
import { type LaunchCall, launchRoute, refuse } from './session.ts'
import { askToWatch } from './watch-meeting.ts'

type Consulting = {
  readonly site: Site
  readonly account: JoiningAccount
  /** Undefined before one was started. */
  readonly visit: Visit | undefined
  readonly at: string
}

/** Who asks, confirmed as for a visit, and the consult that the address or form names; it is one of this launch. */
async function consulting(call: LaunchCall): Promise<Result<Consulting, string>> {
  const { app, session, fields, request } = call
  const site = await app.site(session.tenantId, session.siteId)
  if (!site) return fail('launch_unknown_issuer')
  const asked = await askAccount(app, session)
  if (!asked.ok) return asked
  const at = fields.get('at') ?? request.query.get('at') ?? ''
  const key = at === '' ? undefined : openLook(app.keys.session, session, at)?.visitKeys[0]
  const { tenantId, siteId } = session
  const visit = key === undefined ? undefined : await findConsult(app, { tenantId, siteId, visitKey: key })
  const account = await asked.value(async () => visit !== undefined && app.seals.meeting(visit) !== undefined)
  return account.ok ? ok({ site, account: account.value, visit, at }) : account
}

async function withConsult(call: LaunchCall, begin: (given: Consulting) => Promise<Answer>): Promise<Answer> {
  const given = await consulting(call)
  if (given.ok) return begin(given.value)
  if (given.failure.code === 'account_unconfirmed')
    return redirect(`${launchPath(call.session.launchId)}/account`)
  return refuse(call, given.failure, base(call))
}

function base({ session }: Pick<LaunchCall, 'session'>): string {
  return `${launchPath(session.launchId)}/consult`
}

launchRoute('consultPage', 'GET', 'launch/{id}/consult', (call) =>
  withConsult(call, (given) => consultAnswer(call, given)),
)

launchRoute('consultStart', 'POST', 'launch/{id}/consult/start', (call) =>
  withConsult(call, async ({ site, account }) => {
    const { app, session } = call
    const ports = openPorts(call)
    const form = /^[\w-]{16}$/.exec(call.fields.get('form') ?? '')?.[0]
    if (!form) return redirect(base(call))
    const started = await startConsult(ports, site, account.userId, `${session.launchId}|${form}`)
    if (!started.ok) return refuse(call, started.failure, base(call))
    const visit = await app.visits.find(started.value)
    await askToWatch(app, visit)
    call.log('consult_started', { site: site.siteId })
    const at = sealLook(app.keys.session, session, { visitKeys: [started.value.visitKey] })
    return redirect(`${base(call)}?at=${at}`)
  }),
)

launchRoute('consultJoin', 'POST', 'launch/{id}/consult/join', (call) =>
  withConsult(call, async ({ visit }) => {
    const meeting = visit && call.app.seals.meeting(visit)
    if (!meeting) return redirect(base(call))
    call.log('consult_joined')
    if (call.fields.get('way') === 'browser') return redirect(meeting.joinWebUrl)
    const { openingTeamsPage } = await import('../pages/opening-teams.tsx')
    return page(openingTeamsPage({ appUrl: appUrl(meeting.joinWebUrl), browserUrl: meeting.joinWebUrl }))
  }),
)

launchRoute('consultSend', 'POST', 'launch/{id}/consult/send', (call) =>
  withConsult(call, async (given) => {
    const { site, visit, at } = given
    const request = linkRequest(call.fields)
    // Nobody's chart is open: there is no patient to send anything to.
    if (!visit || !request || request.role === 'patient') return redirect(base(call))
    const { sendLink } = await import('../core/messaging/send-link.ts')
    const sent = await sendLink(sendPorts(call.app), site, visit, undefined, request)
    if (sent.ok) {
      call.log('link_sent', { role: request.role, way: request.way, state: sent.value.state })
      return done(call, at, sent.value.state === 'unknown' ? 'link-unknown' : 'link')
    }
    call.log('link_not_sent', { role: request.role, way: request.way, code: sent.failure.code })
    return consultAnswer(call, given, { given: { ...request }, problem: LINK_PROBLEMS[sent.failure.code] })
  }),
)

launchRoute('consultRevoke', 'POST', 'launch/{id}/consult/revoke', (call) =>
  withConsult(call, async ({ visit, at }) => {
    const serial = Number(/^\d{1,3}$/.exec(call.fields.get('serial') ?? '')?.[0] ?? 0)
    if (visit) await revokeLink(call.app.visits, visit, serial, call.app.now())
    return done(call, at, 'revoked')
  }),
)

function done(call: LaunchCall, at: string, what: Done): Answer {
  return redirect(`${base(call)}?at=${encodeURIComponent(at)}&${doneQuery(what)}`)
}

async function consultAnswer(
  call: LaunchCall,
  given: Consulting,
  refused?: Pick<SendLinkModel, 'given' | 'problem'>,
): Promise<Answer> {
  const [{ consultPage }, { consultModel }] = await Promise.all([
    import('../pages/consult.tsx'),
    import('./consult-model.ts'),
  ])
  const { app, session, request } = call
  const { visit, site, account } = given
  const notices = visit ? await readNoticesOfVisit(app.store.tables.visits, visit) : []
  const at = visit && sealLook(app.keys.session, session, { visitKeys: [visit.visitKey] })
  const model = await consultModel(call, {
    site,
    account,
    notices,
    flash: flashOf(request.query),
    ...(visit && at ? { open: { visit, at, facts: factsOf(visit) } } : {}),
    refused,
  })
  const formTargets = [...app.settings.TEAMS_ORIGINS, ...(await signInOrigins(call))]
  return page(consultPage(model), { formTargets, ...(refused ? { status: 422 } : {}) })
}

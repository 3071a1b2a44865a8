import { checkCsrf, csrfToken } from '../core/http/csrf.ts'
import { setupProgress } from '../core/portal/progress.ts'
import { returnPath } from '../core/portal/return-path.ts'
import {
  isToBeRenewed,
  PORTAL_COOKIE,
  type PortalSession,
  readPortalSession,
  writePortalSession,
} from '../core/portal/session.ts'
import { type Failure, fail, ok, type Result } from '../core/result.ts'
import type { KnownChecks } from '../core/setup/check-store.ts'
import type { Site } from '../core/sites/site.ts'
import type { Tenant } from '../core/sites/tenant.ts'
import type { Versioned } from '../core/sites/version.ts'
import type { Rendered } from '../pages/layout/document.ts'
import type { Frame, Notice, PortalSection } from '../pages/portal/layout/frame.ts'
import { clinicianFailure } from './failure-response.ts'
import { readForm } from './form.ts'
import { ownPath } from './framed.ts'
import { page } from './page-response.ts'
import { type Answer, type Call, redirect, route } from './route.ts'

export type PortalCall = Call & {
  readonly session: PortalSession
  readonly csrf: string
  /** The fields of the posted form, its token checked already; empty for a GET. */
  readonly fields: URLSearchParams
}

/**
 * What a route asks of whoever calls it. A GET is for everybody of the tenant unless it says otherwise. `administer`: the
 * right to configure, for a page that changes nothing and shows more than the configuration.
 */
export type Need = 'view' | 'configure' | 'administer' | 'reports'

/** Forms of the portal hold wordings in several languages and lists of locations. */
const MOST_BYTES = 1_048_576

/**
 * A route of the portal: somebody of an allowed tenant is signed in, and has the right that it asks for. A change (POST)
 * is for administrators unless `need` says otherwise, and its form is one of ours. The tenant of everything that the
 * handler reads and writes is `call.session.tenantId`, whatever address or form say.
 */
export function portalRoute(
  name: string,
  method: 'GET' | 'POST',
  pattern: string,
  handler: (call: PortalCall) => Promise<Answer>,
  need: Need = method === 'POST' ? 'configure' : 'view',
): void {
  route(name, method, pattern, async (call) => {
    const { app, request } = call
    const opened = await open(call, method, need)
    if (opened.ok) return renewed(opened.value, await handler(opened.value))
    const { code } = opened.failure
    // Microsoft still knows them more often than not: they are back in a moment, on the page that they asked for.
    if (method === 'GET' && (code === 'session_missing' || code === 'session_expired'))
      return redirect(`/portal/signin/start?to=${encodeURIComponent(returnPath(ownPath(request)))}`)
    call.log('portal_refused', { code, detail: opened.failure.detail, environment: app.settings.ENVIRONMENT })
    return refusePortal(call, opened.failure)
  })
}

async function open(call: Call, method: 'GET' | 'POST', need: Need): Promise<Result<PortalCall, string>> {
  const { app, request, cookies } = call
  const read = readPortalSession(app.keys.session, cookies, app.now())
  if (!read.ok) return read
  const session = read.value
  if (!isAllowed(call, session)) return fail('signin_tenant_not_allowed')
  const bound = `portal|${session.id}`
  let fields = new URLSearchParams()
  if (method === 'POST') {
    const form = await readForm(request, MOST_BYTES)
    if (!form.ok) return form
    fields = form.value
    const checked = checkCsrf(app.keys.session, bound, fields.get('csrf') ?? undefined, {
      origin: request.headers.get('origin') ?? undefined,
      ownOrigins: [app.settings.PUBLIC_URL],
    })
    if (!checked.ok) return checked
  }
  if (need === 'configure' && !session.configure) return fail('portal_read_only')
  if (need === 'administer' && !session.configure) return fail('portal_admins_only')
  if (need === 'reports' && !session.reports) return fail('portal_no_reports')
  return ok({ ...call, session, csrf: csrfToken(app.keys.session, bound), fields })
}

/** A session outlives the operator's decision about its organization by hours. */
export function isAllowed({ app }: Call, { tenantId }: PortalSession): boolean {
  return app.settings.ALLOWED_TENANTS.includes(tenantId)
}

/** Somebody who works is not signed out: the session is written anew while it is used. */
function renewed({ app, session }: PortalCall, answer: Answer): Answer {
  if (!isToBeRenewed(session, app.now())) return answer
  // A sign-out, or whatever else wrote the cookie itself, has the last word.
  if (answer.cookies?.some(({ name }) => name === PORTAL_COOKIE)) return answer
  const written = writePortalSession(app.keys.session, session, app.now())
  return written.ok ? { ...answer, cookies: [...(answer.cookies ?? []), ...written.value] } : answer
}

/** The page of a failure in the portal. @param startOver a GET that does the same again. */
export function refusePortal(call: Call, failure: Failure, startOver?: string): Promise<Answer> {
  call.log('portal_failed', { code: failure.code, detail: failure.detail })
  return clinicianFailure(failure, call, startOver)
}

/**
 * A page of the portal with its policy: the sign-out form, which every page has, ends at Microsoft's sign-out.
 * @param more.formTargets where else a form of the page may lead.
 */
export async function portalPage(
  { app, session }: PortalCall,
  rendered: Rendered,
  more: Parameters<typeof page>[1] = {},
): Promise<Answer> {
  const server = await app.portalSignIn.servers.ofTenant(session.tenantId)
  const endpoint = server.ok ? server.value.end_session_endpoint : undefined
  const origin = endpoint && URL.canParse(endpoint) ? [new URL(endpoint).origin] : []
  return page(rendered, { ...more, formTargets: [...origin, ...(more.formTargets ?? [])] })
}

/** What every page of the portal shows around its content, and the tenant's configuration that it was computed from. */
export type Framed = {
  readonly frame: Frame
  readonly tenant: Versioned<Tenant>
  readonly sites: readonly Site[]
  /** By site id: which version of each site was read. */
  readonly versions: ReadonlyMap<string, string>
  readonly checks: KnownChecks
}

/** Reads what the portal's frame shows: who is signed in, how far the setup is. */
export async function portalFrame(call: PortalCall, section: PortalSection): Promise<Framed> {
  const { app, session, csrf, request } = call
  const { tenantId, name, upn, configure, reports } = session
  const [tenant, read, checks] = await Promise.all([
    app.tenants.read(tenantId),
    app.sites.readAll(tenantId),
    app.checks.read(tenantId),
  ])
  const sites = read.map(({ value }) => value)
  const versions = new Map(read.map(({ value, version }) => [value.siteId, version]))
  const { noticeOf } = await import('../pages/portal/layout/notices.ts')
  const notice: Notice | undefined = noticeOf(request.query.get('done'))
  const frame: Frame = {
    section,
    csrf,
    who: { name, upn, organization: tenant.value.name === tenantId ? undefined : tenant.value.name },
    may: { configure, reports },
    progress: setupProgress(tenant.value, sites, checks),
    notice,
    links: { terms: app.settings.TERMS_URL, privacy: app.settings.PRIVACY_URL },
  }
  return { frame, tenant, sites, versions, checks }
}

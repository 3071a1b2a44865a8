import { checkCsrf, csrfToken } from '../core/http/csrf.ts'
import { type LaunchSession, launchPath, readSession } from '../core/launches/session.ts'
import { type Failure, fail, ok, type Result } from '../core/result.ts'
import { clinicianFailure } from './failure-response.ts'
import { readForm } from './form.ts'
import { type LaunchEhr, launchEhr } from './launch-ehr.ts'
import { type Answer, type Call, route } from './route.ts'

type OpenCall = Call & {
  readonly session: LaunchSession
  readonly csrf: string
  /** The fields of the posted form, its token checked already; empty for a GET. */
  readonly fields: URLSearchParams
}

export type LaunchCall = OpenCall & Pick<LaunchEhr, 'ehr'>

type RefusedCode =
  | 'session_missing'
  | 'session_expired'
  | 'launch_tenant_not_allowed'
  | 'form_too_large'
  | 'form_foreign'

/**
 * A route of one launch: its session is open, and a form is one of ours. `{id}` in the pattern is the launch id.
 */
export function launchRoute(
  name: string,
  method: 'GET' | 'POST',
  pattern: string,
  handler: (call: LaunchCall) => Promise<Answer>,
): void {
  route(name, method, pattern, async (call) => {
    const opened = await open(call, method)
    if (!opened.ok) return refuse(call, opened.failure)
    const { app, log, session } = opened.value
    const { ehr, kept } = launchEhr(app, session, log)
    const answer = await handler({ ...opened.value, ehr })
    return { ...answer, cookies: [...(await kept()), ...(answer.cookies ?? [])] }
  })
}

async function open(call: Call, method: 'GET' | 'POST'): Promise<Result<OpenCall, RefusedCode>> {
  const { app, request, cookies, params } = call
  const launchId = params.id ?? ''
  const session = readSession(app.keys.session, launchId, cookies, app.now())
  if (!session.ok) return session
  // A session outlives the operator's decision by hours.
  if (!app.settings.ALLOWED_TENANTS.includes(session.value.tenantId)) return fail('launch_tenant_not_allowed')
  const csrf = csrfToken(app.keys.session, `launch|${launchId}`)
  if (method === 'GET') return ok({ ...call, session: session.value, csrf, fields: new URLSearchParams() })
  const form = await readForm(request)
  if (!form.ok) return form
  const checked = checkCsrf(app.keys.session, `launch|${launchId}`, form.value.get('csrf') ?? undefined, {
    origin: request.headers.get('origin') ?? undefined,
    ownOrigins: [app.settings.PUBLIC_URL],
  })
  return checked.ok ? ok({ ...call, session: session.value, csrf, fields: form.value }) : checked
}

/**
 * The page of a failure, and a log line with what only the log may see.
 * @param startOver a GET that does the same again.
 */
export function refuse(call: Call, failure: Failure, startOver?: string): Promise<Answer> {
  call.log('visit_failed', { code: failure.code, detail: failure.detail })
  return clinicianFailure(failure, call, startOver)
}

/** The page of the launch's appointment. @param choice which of several, where the clinician chose. */
export function visitUrl({ session }: Pick<LaunchCall, 'session'>, choice?: string): string {
  return `${launchPath(session.launchId)}/visit${choice === undefined ? '' : `?choice=${choice}`}`
}

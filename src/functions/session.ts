import { checkCsrf, csrfToken } from '../core/http/csrf.ts'
import { type LaunchSession, readSession } from '../core/launches/session.ts'
import type { Failure } from '../core/result.ts'
import { clinicianFailure } from './failure-response.ts'
import { type Answer, type Call, route } from './route.ts'

export type LaunchCall = Call & {
  readonly session: LaunchSession
  readonly csrf: string
  /** The fields of the posted form, its token checked already; empty for a GET. */
  readonly fields: URLSearchParams
}

/** A route of one launch: its session is open, and a form is one of ours. `{id}` in the pattern is the launch id. */
export function launchRoute(
  name: string,
  method: 'GET' | 'POST',
  pattern: string,
  handler: (call: LaunchCall) => Promise<Answer>,
): void {
  route(name, method, pattern, async (call) => {
    const { app, request, cookies } = call
    const launchId = call.params.id ?? ''
    const session = readSession(app.keys.session, launchId, cookies, app.now())
    if (!session.ok) return refuse(call, session.failure)
    const fields = method === 'POST' ? await call.form() : new URLSearchParams()
    if (method === 'POST') {
      const origin = request.headers.get('origin') ?? undefined
      const checked = checkCsrf(app.keys.session, `launch|${launchId}`, fields.get('csrf') ?? undefined, {
        origin,
        ownOrigins: [app.settings.PUBLIC_URL],
      })
      if (!checked.ok) return refuse(call, checked.failure)
    }
    const csrf = csrfToken(app.keys.session, `launch|${launchId}`)
    return handler({ ...call, session: session.value, csrf, fields })
  })
}

export function refuse(call: Call, failure: Failure): Promise<Answer> {
  call.log('visit_failed', { code: failure.code, detail: failure.detail })
  return clinicianFailure(failure, call)
}

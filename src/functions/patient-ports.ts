import type { App } from '../core/app.ts'
import { checkCsrf } from '../core/http/csrf.ts'
import type { Result } from '../core/result.ts'
import type { PatientPorts } from '../core/visits/patient-visit.ts'
import { readForm } from './form.ts'
import type { Call } from './route.ts'

export function patientPorts(app: App): PatientPorts {
  return {
    visits: app.visits,
    seals: app.seals,
    mappings: app.mappings,
    graph: app.graph,
    teamsOrigins: app.settings.TEAMS_ORIGINS,
    site: app.site,
    ehr: app.systemEhr,
    allowedTenants: app.settings.ALLOWED_TENANTS,
    opensMinutes: app.settings.VISIT_OPENS_MINUTES,
    now: app.now,
  }
}

/** The page's own address, whatever somebody put in place of the token. */
export function linkPath({ params }: Pick<Call, 'params'>): string {
  return `/v/${encodeURIComponent(params.token ?? '')}`
}

/** What the CSRF token of a link's forms is bound to. */
export function linkSession(token: string): string {
  return `link|${token}`
}

/** The fields of a form of this link's page, its token and origin checked. */
export async function linkForm({ app, request, params }: Call): Promise<Result<URLSearchParams, string>> {
  const form = await readForm(request)
  if (!form.ok) return form
  const given = form.value.get('csrf') ?? undefined
  const checked = checkCsrf(app.keys.session, linkSession(params.token ?? ''), given, {
    origin: request.headers.get('origin') ?? undefined,
    ownOrigins: [app.settings.PUBLIC_URL, app.linkUrl],
  })
  return checked.ok ? form : checked
}

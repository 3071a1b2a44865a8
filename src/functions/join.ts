import type { Cookie } from '../core/http/cookies.ts'
import { cookie } from '../core/http/cookies.ts'
import { launchPath } from '../core/launches/session.ts'
import { withVisit } from './open-call.ts'
import { page } from './page-response.ts'
import { redirect } from './route.ts'
import { launchRoute, refuse, visitUrl } from './session.ts'

/** How this browser's clinicians join; `__Host-`: of this host alone. */
const CHOICE = '__Host-join'
/** That Teams was opened for this launch. */
const JOINED = '__Secure-joined'
const YEAR = 365 * 86_400

export type JoinChoice = 'app' | 'browser'

/** What was chosen last time in this browser. */
export function joinChoice(cookies: ReadonlyMap<string, string>): JoinChoice | undefined {
  const kept = cookies.get(CHOICE)
  return kept === 'app' || kept === 'browser' ? kept : undefined
}

export function hasJoined(cookies: ReadonlyMap<string, string>): boolean {
  return cookies.get(JOINED) === '1'
}

/** The address by which the Teams app opens a meeting (Microsoft Teams, "Deep links", msteams protocol). */
export function appUrl(joinWebUrl: string): string {
  return joinWebUrl.replace(/^https?:/, 'msteams:')
}

/**
 * Joins by the app or in the browser. `as=staff` is somebody who admits or helps: the visit still waits for its clinician.
 * A page that opens Teams by itself asks for JSON and stays where it is.
 */
launchRoute('visitJoin', 'POST', 'launch/{id}/join', (call) =>
  withVisit(call, async ({ visit, meeting, account }, choice) => {
    const { app, session, fields, request } = call
    if (!meeting.ok) return refuse(call, meeting.failure, visitUrl(call, choice))
    const staff = fields.get('as') === 'staff'
    if (!staff)
      await app.visits.update(visit, (row) =>
        row.clinicianJoinedAt === undefined || row.clinicianId === undefined
          ? {
              ...row,
              clinicianJoinedAt: row.clinicianJoinedAt ?? app.now().toISOString(),
              clinicianId: row.clinicianId ?? account.userId,
            }
          : undefined,
      )
    const way: JoinChoice = fields.get('way') === 'browser' ? 'browser' : 'app'
    call.log(staff ? 'staff_joined' : 'clinician_joined', { site: session.siteId, way })
    const { joinWebUrl } = meeting.value
    const cookies: Cookie[] = [
      cookie(JOINED, '1', launchPath(session.launchId), 4 * 3600),
      ...(staff ? [] : [cookie(CHOICE, way, '/', YEAR)]),
    ]
    if (way === 'browser') return redirect(joinWebUrl, cookies)
    const open = appUrl(joinWebUrl)
    if (request.headers.get('accept') === 'application/json') {
      // Asked for by the page itself, once: what the clinician chooses by hand is theirs to choose.
      return { jsonBody: { open }, cookies: cookies.slice(0, 1) }
    }
    const { openingTeamsPage } = await import('../pages/opening-teams.tsx')
    return { ...page(openingTeamsPage({ appUrl: open, browserUrl: joinWebUrl })), cookies }
  }),
)

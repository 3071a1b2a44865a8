import { type Opened, type OpenPorts, openVisit } from '../core/launches/open-visit.ts'
import { launchPath } from '../core/launches/session.ts'
import type { Answer } from './route.ts'
import { redirect } from './route.ts'
import { type LaunchCall, refuse, visitUrl } from './session.ts'

export type OpenedVisit = Extract<Opened, { kind: 'visit' }>

/** The choice that a form or an address gives; what is none of ours is none. */
export function chosen(from: { get(name: string): string | null }): string | undefined {
  const choice = from.get('choice') ?? ''
  return /^[\w.-]{1,200}$/.test(choice) ? choice : undefined
}

/**
 * Opens the visit that a form is about, and goes on with it; where it cannot be opened, the answer says why.
 * @param begin what to do with a visit that is open.
 */
export async function withVisit(
  call: LaunchCall,
  begin: (opened: OpenedVisit, choice: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  const choice = chosen(call.fields)
  const opened = await openVisit(openPorts(call), call.session, choice)
  if (!opened.ok && opened.failure.code === 'account_unconfirmed')
    return redirect(`${launchPath(call.session.launchId)}/account`)
  if (!opened.ok) return refuse(call, opened.failure, visitUrl(call, choice))
  if (opened.value.kind !== 'visit') return redirect(visitUrl(call))
  return begin(opened.value, choice)
}

export function openPorts({ app, ehr }: Pick<LaunchCall, 'app' | 'ehr'>): OpenPorts {
  return {
    visits: app.visits,
    seals: app.seals,
    mappings: app.mappings,
    graph: app.graph,
    teamsOrigins: app.settings.TEAMS_ORIGINS,
    identity: app.keys.identity,
    linkKeys: app.keys.link,
    sessionKeys: app.keys.session,
    site: app.site,
    ehr,
    now: app.now,
  }
}

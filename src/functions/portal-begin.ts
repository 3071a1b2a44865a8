import type { Graph } from '../core/meetings/graph.ts'
import { fail, type Result } from '../core/result.ts'
import { judgeSoftware, readEhrSoftware } from '../core/setup/ehr-software.ts'
import { inTime } from '../core/setup/in-time.ts'
import { hasTeams, readTeamsProducts } from '../core/setup/licences.ts'
import { answersOf, prerequisites, withAnswers } from '../core/setup/prerequisites.ts'
import { changeTenant } from '../core/sites/change.ts'
import type { Site } from '../core/sites/site.ts'
import type { Tenant } from '../core/sites/tenant.ts'
import type { Asked, BeginModel } from '../pages/portal/begin/model.ts'
import { peopleNames } from './people-names.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { redirect } from './route.ts'

/** Longest that the page waits for Microsoft or an EHR; what is late by then reads as not answered. */
const PATIENCE_MS = 6_000
/** So many are asked for one page; somebody with more has long passed this step. */
const MOST = 20

/** The prerequisites: what Microsoft and the EHRs tell, asked now, and what was answered. */
portalRoute('portalBegin', 'GET', 'portal/begin', async (call) => {
  const { app, session } = call
  const [{ frame, tenant, sites }, graph, { beginPage }] = await Promise.all([
    portalFrame(call, 'begin'),
    app.graph(session.tenantId),
    import('../pages/portal/begin.tsx'),
  ])
  const [licences, organizers, software, asked] = await Promise.all([
    answerOf(readTeamsProducts(graph), 'graph_unavailable'),
    organizersOf(call, graph, tenant.value),
    Promise.all(sites.slice(0, MOST).map((site) => softwareOf(call, site))),
    askedOf(call, tenant.value),
  ])
  const model = { frame, version: tenant.version, licences, organizers, sites: software, asked }
  return portalPage(call, beginPage(model))
})

portalRoute('portalAnswers', 'POST', 'portal/begin', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  const given = answersOf(fields)
  const changed = await changeTenant(
    app,
    { tenantId, by, what: 'answers_saved' },
    fields.get('version') ?? '',
    (tenant) => withAnswers(tenant, given, by, app.now()),
  )
  return changed.ok ? redirect('/portal/begin?done=saved') : refusePortal(call, changed.failure)
})

async function answerOf<T, C extends string>(work: Promise<Result<T, C>>, late: C): Promise<Asked<T>> {
  const answer = await inTime(work, PATIENCE_MS, fail(late))
  return answer.ok ? { found: answer.value } : { problem: answer.failure.code }
}

async function organizersOf(
  call: PortalCall,
  graph: Graph,
  { organizers }: Tenant,
): Promise<BeginModel['organizers']> {
  const ids = organizers.slice(0, MOST)
  const [names, teams] = await Promise.all([
    inTime(peopleNames(call, ids), PATIENCE_MS, new Map<string, string>()),
    Promise.all(ids.map((id) => answerOf(hasTeams(graph, id), 'graph_unavailable'))),
  ])
  return ids.map((id, index) => ({
    id,
    name: names.get(id),
    teams: teams[index] ?? { problem: 'graph_unavailable' },
  }))
}

async function softwareOf(
  { app }: PortalCall,
  { siteId, name, fhirBaseUrl }: Site,
): Promise<BeginModel['sites'][number]> {
  const read = await answerOf(readEhrSoftware(app.outbound, fhirBaseUrl), 'ehr_unavailable')
  const software = 'found' in read ? { found: { ...read.found, judged: judgeSoftware(read.found) } } : read
  return { siteId, name, software }
}

async function askedOf(call: PortalCall, { answers }: Tenant): Promise<BeginModel['asked']> {
  const given = new Map(answers.map((answer) => [answer.id, answer]))
  const people = answers.map(({ by }) => by)
  const names = await inTime(peopleNames(call, people), PATIENCE_MS, new Map<string, string>())
  return prerequisites.map((id) => {
    const answer = given.get(id)
    return {
      id,
      answer: answer?.answer,
      at: answer?.at,
      by: answer === undefined ? undefined : names.get(answer.by),
    }
  })
}

import { lookSign, openLook } from '../core/launches/look.ts'
import { inParallel } from '../core/messaging/in-parallel.ts'
import { readNoticesOfVisit } from '../core/messaging/read-notices.ts'
import { chosen } from './open-call.ts'
import { page } from './page-response.ts'
import type { Answer } from './route.ts'
import { type LaunchCall, launchRoute } from './session.ts'

/** Changes when the pages do: an open page of the release before must not be told that nothing changed. */
const RELEASE = '1'

/**
 * What an open page asks every second: has anything changed? Three reads of our own tables, and 304 where nothing
 * did. Neither the EHR nor Graph is asked.
 */
launchRoute('visitLook', 'GET', 'launch/{id}/look', async (call) => {
  const { app, session, request } = call
  const target = openLook(app.keys.session, session, request.query.get('at') ?? '')
  if (!target) return { status: 404 }
  const { tenantId, siteId } = session
  const visits = await inParallel(target.visitKeys, 16, (visitKey) =>
    app.visits.find({ tenantId, siteId, visitKey }),
  )
  const known = visits.filter((visit) => visit !== undefined)
  const notices = (
    await inParallel(known, 16, (visit) => readNoticesOfVisit(app.store.tables.visits, visit))
  ).flat()
  const etag = lookSign(visits, notices, RELEASE)
  if (request.headers.get('if-none-match') === etag) return { status: 304, headers: { etag } }
  const [only] = known
  if (target.facts === undefined || !only) return again(etag)
  return parts(call, { visit: only, notices, facts: target.facts, etag })
})

/** The page shows what only the EHR knows: let it be read again as a whole. */
async function again(etag: string): Promise<Answer> {
  const { againPage } = await import('../pages/again.tsx')
  return page(againPage(), { headers: { etag } })
}

async function parts(
  call: LaunchCall,
  {
    visit,
    notices,
    facts,
    etag,
  }: {
    visit: Parameters<typeof import('./live-model.ts').liveModel>[1]
    notices: Parameters<typeof import('./live-model.ts').liveModel>[2]
    facts: string
    etag: string
  },
): Promise<Answer> {
  const [{ liveParts, liveTitle }, { liveModel }, { PRODUCT }] = await Promise.all([
    import('../pages/appointment/live.tsx'),
    import('./live-model.ts'),
    import('../pages/layout/clinician-document.tsx'),
  ])
  const { app, session } = call
  const site = await app.site(session.tenantId, session.siteId)
  const model = liveModel(call, visit, notices, {
    timeZone: site?.timeZone ?? 'UTC',
    facts,
    fields: fieldsOf(call),
  })
  const title = `${liveTitle(model, 'Video visit')} – ${PRODUCT}`
  return page(liveParts(model, title), { headers: { etag } })
}

/** The page's forms carry the choice; so must the ones that a look brings. */
function fieldsOf({ request }: LaunchCall): Record<string, string> {
  const choice = chosen(request.query)
  return choice === undefined ? {} : { choice }
}

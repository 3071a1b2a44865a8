import { readUser } from '../core/meetings/user.ts'
import { beginCheck } from '../core/setup/check-round.ts'
import { checkOrganizer } from '../core/setup/organizer-check.ts'
import {
  MOST_ORGANIZERS,
  sitesOf,
  userIdOf,
  visitsOf,
  withOrganizer,
  withoutOrganizer,
} from '../core/setup/organizers.ts'
import { findPeople } from '../core/setup/people.ts'
import { changeTenant } from '../core/sites/change.ts'
import { permissionsView } from './permissions-view.ts'
import { portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { redirect } from './route.ts'
import { roundPorts } from './setup-ports.ts'

const PERMISSIONS = '/portal/permissions'

/** The people picker: a page of its own without script, a list that fills while typing with it. */
portalRoute(
  'portalPeople',
  'GET',
  'portal/people',
  async (call) => {
    const { app, session, request } = call
    const typed = (request.query.get('find') ?? '').slice(0, 100)
    const [{ frame, tenant }, found, { peoplePage }] = await Promise.all([
      portalFrame(call, 'permissions'),
      app.graph(session.tenantId).then((graph) => findPeople(graph, typed)),
      import('../pages/portal/permissions/people.tsx'),
    ])
    const chosen = new Set(tenant.value.organizers)
    const people = found.ok
      ? found.value.map((person) => ({ ...person, chosen: chosen.has(person.id) }))
      : undefined
    return portalPage(
      call,
      peoplePage({
        frame,
        version: tenant.version,
        typed,
        people,
        problem: found.ok ? undefined : found.failure.code,
      }),
    )
  },
  'configure',
)

portalRoute('portalOrganizerAdd', 'POST', 'portal/permissions/organizers', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  const userId = userIdOf(fields.get('user'))
  if (userId === undefined) return refusePortal(call, { code: 'organizer_unknown' })
  const graph = await app.graph(tenantId)
  const user = await readUser(graph, userId)
  if (!user.ok)
    return user.failure.code === 'graph_not_found'
      ? refusePortal(call, { code: 'organizer_unknown' })
      : refusePortal(call, user.failure)
  const { organizers } = (await app.tenants.read(tenantId)).value
  if (organizers.length >= MOST_ORGANIZERS && !organizers.includes(userId))
    return refusePortal(call, { code: 'organizers_full' })
  const changed = await changeTenant(
    app,
    { tenantId, by, what: 'organizers_saved' },
    fields.get('version') ?? '',
    (tenant) => withOrganizer(tenant, userId),
  )
  if (!changed.ok) return refusePortal(call, changed.failure)
  await app.checks.saveOrganizer(tenantId, userId, await checkOrganizer(graph, userId, app.now()))
  return redirect(`${PERMISSIONS}?done=organizer-added#organizers`)
})

portalRoute('portalOrganizerRemove', 'POST', 'portal/permissions/organizers/remove', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  const userId = userIdOf(fields.get('user'))
  if (userId === undefined) return refusePortal(call, { code: 'organizer_unknown' })
  if (sitesOf(userId, await app.sites.ofTenant(tenantId)).length > 0)
    return refusePortal(call, { code: 'organizer_in_use' })
  const changed = await changeTenant(
    app,
    { tenantId, by, what: 'organizers_saved' },
    fields.get('version') ?? '',
    (tenant) => withoutOrganizer(tenant, userId),
  )
  if (!changed.ok) return refusePortal(call, changed.failure)
  await app.checks.forgetOrganizer(tenantId, userId)
  return redirect(`${PERMISSIONS}?done=removed#organizers`)
})

portalRoute('portalVisits', 'POST', 'portal/permissions/visits', async (call) => {
  const { app, session, fields } = call
  const { tenantId, userId: by } = session
  const typed = fields.get('visits') ?? ''
  const visits = visitsOf(typed)
  if (visits === undefined) {
    const { rendered, targets } = await permissionsView(call, {
      typed,
      error: 'Enter how many visits you expect in a month: a whole number from 1 to 10,000,000.',
    })
    return portalPage(call, rendered, { status: 422, code: 'form_invalid', formTargets: targets })
  }
  const changed = await changeTenant(
    app,
    { tenantId, by, what: 'organizers_saved' },
    fields.get('version') ?? '',
    (tenant) => ({ ...tenant, visitsPerMonth: visits }),
  )
  if (!changed.ok) return refusePortal(call, changed.failure)
  return redirect(`${PERMISSIONS}?done=saved#organizers`)
})

/** Really tries every organizer: at once for the first look, and by the queue for as long as it takes. */
portalRoute('portalOrganizersCheck', 'POST', 'portal/permissions/check', async (call) => {
  await beginCheck(roundPorts(call.app), call.session.tenantId)
  return redirect(`${PERMISSIONS}#policy`)
})

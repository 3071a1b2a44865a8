import type { Mapping } from '../core/accounts/mapping.ts'
import { searchUsers } from '../core/meetings/search-users.ts'
import { peopleNames } from './people-names.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute } from './portal-route.ts'
import { redirect } from './route.ts'

const PAGE = 30

/** Who works for whom is no configuration: for administrators. `?q` searches by EHR user id, and by name or address in Microsoft 365; `?from` is the place in the list. */
portalRoute(
  'portalClinicians',
  'GET',
  'portal/clinicians',
  async (call) => {
    const { app, session, request } = call
    const words = (request.query.get('q') ?? '').trim().slice(0, 60)
    const from = Number(/^\d{1,6}$/.exec(request.query.get('from') ?? '')?.[0] ?? 0)
    const [{ frame, sites }, all, { cliniciansPage }] = await Promise.all([
      portalFrame(call, 'clinicians'),
      app.mappings.list(session.tenantId),
      import('../pages/portal/clinicians.tsx'),
    ])
    const found = await matching(call, all, words)
    found.sort((a, b) => a.ehrUserId.localeCompare(b.ehrUserId) || a.siteId.localeCompare(b.siteId))
    const shown = found.slice(from, from + PAGE)
    const names = await peopleNames(
      call,
      shown.map(({ entraUserId }) => entraUserId),
    )
    const siteNames = new Map(sites.map(({ siteId, name }) => [siteId, name]))
    const next = new URLSearchParams({ ...(words ? { q: words } : {}), from: String(from + PAGE) })
    const rendered = cliniciansPage({
      frame,
      words,
      total: found.length,
      people: shown.map(({ id, ehrUserId, siteId, entraUserId, confirmedAt }) => ({
        id,
        ehrUserId,
        site: siteNames.get(siteId) ?? 'a site that was removed',
        name: names.get(entraUserId),
        confirmedAt,
      })),
      ...(found.length > from + PAGE ? { moreUrl: `/portal/clinicians?${next}` } : {}),
    })
    return portalPage(call, rendered)
  },
  'administer',
)

/** By the EHR's id as far as it is stored, and by whom Microsoft's directory finds: names are not stored here. */
async function matching(call: PortalCall, all: readonly Mapping[], words: string): Promise<Mapping[]> {
  if (words === '') return [...all]
  const { app, session } = call
  const directory = await searchUsers(await app.graph(session.tenantId), words)
  if (!directory.ok) call.log('colleague_search_failed', { code: directory.failure.code })
  const ids = new Set(directory.ok ? directory.value.map(({ id }) => id) : [])
  const wanted = words.toLowerCase()
  return all.filter(
    ({ ehrUserId, entraUserId }) => ehrUserId.toLowerCase().includes(wanted) || ids.has(entraUserId),
  )
}

portalRoute('portalCliniciansRemove', 'POST', 'portal/clinicians/remove', async (call) => {
  const { app, session, fields } = call
  const removed = await app.mappings.remove(session.tenantId, fields.get('id') ?? '')
  if (removed) {
    const { siteId, ehrUserId } = removed
    await app.history.add(session.tenantId, {
      by: session.userId,
      what: 'mapping_removed',
      siteId,
      changes: [{ field: 'ehrUser', from: ehrUserId }],
    })
    call.log('mapping_removed', { site: siteId })
  }
  const words = (fields.get('q') ?? '').slice(0, 60)
  return redirect(
    `/portal/clinicians?${new URLSearchParams({ ...(words ? { q: words } : {}), done: 'removed' })}`,
  )
})

import { peopleNames } from './people-names.ts'
import { portalFrame, portalPage, portalRoute } from './portal-route.ts'

const PAGE = 30

/** Who changed the configuration, when and what. `?before`: the last entry of the page before. */
portalRoute('portalHistory', 'GET', 'portal/history', async (call) => {
  const { app, session, request } = call
  const before = request.query.get('before') ?? undefined
  const known = before !== undefined && /^\d{16}-[0-9a-f]{12}$/.test(before) ? before : undefined
  const [{ frame, sites }, entries, { historyPage }] = await Promise.all([
    portalFrame(call, 'history'),
    app.history.read(session.tenantId, PAGE + 1, known),
    import('../pages/portal/history.tsx'),
  ])
  const shown = entries.slice(0, PAGE)
  const names = await peopleNames(
    call,
    shown.map(({ by }) => by),
  )
  const siteNames = new Map(sites.map(({ siteId, name }) => [siteId, name]))
  const rendered = historyPage({
    frame,
    entries: shown.map(({ siteId, by, changes, ...entry }) => ({
      ...entry,
      // Whom the EHR calls what is no configuration: as under Clinicians, administrators see it.
      changes: session.configure ? changes : changes.filter(({ field }) => field !== 'ehrUser'),
      by: names.get(by),
      site: siteId === undefined ? undefined : (siteNames.get(siteId) ?? 'a site that was removed'),
    })),
    olderUrl: entries.length > PAGE ? `/portal/history?before=${shown.at(-1)?.id}` : undefined,
  })
  return portalPage(call, rendered)
})

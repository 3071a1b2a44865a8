import type { App } from '../core/app.ts'
import { needsWatch } from '../core/meetings/roster/watch.ts'
import type { Visit } from '../core/visits/visit.ts'

/**
 * Somebody is on the way into the visit: from now on Graph is to tell who waits. Asked for on a queue, since Graph
 * calls our webhook before it answers, and nobody's page should wait for that.
 */
export async function askToWatch(app: App, visit: Visit | undefined): Promise<void> {
  if (!visit || !app.settings.GRAPH_NOTIFICATION_CERTIFICATE || !needsWatch(visit.row, app.now())) return
  const { tenantId, siteId, visitKey } = visit
  // Joining must not fail because nobody watches: the next look at the clinician's page asks again.
  await app.store.queues.roster.send({ schema: 1, kind: 'watch', tenantId, siteId, visitKey }).catch(() => {})
}

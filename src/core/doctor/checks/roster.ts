import { randomBytes } from 'node:crypto'
import { callGraph } from '../../meetings/graph-call.ts'
import { rosterClientState, rosterPointer } from '../../meetings/roster/pointer.ts'
import { subscribeToRoster } from '../../meetings/roster/subscribe.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, skip, warn } from '../line.ts'

const QUARTER = 15 * 60_000

/** Subscribes to the test meeting's call events and ends the subscription at once; Graph checks our webhook meanwhile. */
export const roster: Check = {
  id: 'roster',
  after: ['access_policy'],
  async run({ site, ports, facts }) {
    const [meeting] = facts.meetings
    if (!meeting) return skip('No test meeting was made to try it on.', 'not_tried')
    const keys = ports.notificationKeys()
    if (!keys) {
      return warn(
        'roster_no_certificate',
        'This deployment has no certificate for Graph’s notifications: pages show what they see themselves, not what Teams sees.',
        'Whoever runs this service can set GRAPH_NOTIFICATION_CERTIFICATE.',
      )
    }
    // Of no visit: what Graph might tell of the empty meeting leads nowhere.
    const visitKey = randomBytes(16).toString('base64url')
    const pointer = rosterPointer(ports.keys.field, {
      tenantId: site.tenantId,
      siteId: site.siteId,
      visitKey,
    })
    const base = `${ports.settings.PUBLIC_URL}/graph`
    const graph = await ports.graph(site.tenantId)
    const now = ports.now()
    const made = await subscribeToRoster(
      graph,
      {
        joinWebUrl: meeting.joinWebUrl,
        notificationUrl: `${base}/notifications/${pointer}`,
        lifecycleUrl: `${base}/lifecycle/${pointer}`,
        clientState: rosterClientState(ports.keys.field, pointer),
        keys,
        until: new Date(now.getTime() + QUARTER),
      },
      now,
    )
    if (made.ok) {
      await callGraph(() =>
        graph
          .api(`/subscriptions/${encodeURIComponent(made.value.id)}`)
          .version('beta')
          .delete(),
      )
      return pass('Graph subscribed us to the test meeting and reached our webhook.')
    }
    const { code } = made.failure
    if (code === 'graph_unavailable' || code === 'graph_throttled') return fromFailure(made.failure)
    return failed(
      'roster_refused',
      'Graph did not subscribe us: clinicians would not see who waits.',
      code === 'graph_permission_missing'
        ? 'Grant OnlineMeetings.ReadWrite.All under “Permissions”.'
        : `Graph must reach ${ports.settings.PUBLIC_URL} from the internet. Whoever runs this service can look at its firewall and its log.`,
    )
  },
}

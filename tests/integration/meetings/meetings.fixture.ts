import { randomBytes } from 'node:crypto'
import { trustingFetch } from '../../../sandbox/certificates/trusting-fetch.ts'
import { mappings } from '../../../src/core/accounts/mapping.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import type { MeetingPorts } from '../../../src/core/meetings/ensure-meeting.ts'
import { type Graph, graphClient } from '../../../src/core/meetings/graph.ts'
import type { Store } from '../../../src/core/store/store.ts'
import { visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { graphFixture, organizer, tenants, token } from '../sandbox/graph.fixture.ts'

export const TEAMS = 'http://localhost:7075'

/** Graph as the app asks it; every permission unless said otherwise. */
export function clientOf(baseUrl: string, ca: string, claims?: Parameters<typeof token>[0]): Graph {
  const credential = {
    getToken: async () => ({ token: token(claims), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  }
  return graphClient(baseUrl, credential, { fetch: trustingFetch(ca), retries: 0 })
}

/** The Graph stand-in and everything that the meeting of a visit needs. */
export async function meetingsWorld(store: Store) {
  const { graph, clock, certificate, ask } = await graphFixture()
  const ring = keyRing(randomBytes(32))
  const identity = identityKeys(randomBytes(32))
  const client = clientOf(graph.baseUrl, certificate.ca)
  const site = siteOf({ tenantId: tenants()[0]?.id ?? '', organizers: [organizer.id] })
  const ports: MeetingPorts = {
    visits: visitStore(store, ring, 7),
    seals: visitSeals(ring),
    mappings: mappings(store),
    graph: async () => client,
    teamsOrigins: [TEAMS],
    now: clock.now,
  }
  let serial = 0
  const newVisit = async () => {
    const ref = visitRef(identity, site, `appointment ${++serial}`)
    const visit = await ports.visits.save(ref, undefined, visitRow({ linkKeyId: ring.current.id }))
    if (!visit) throw new Error('the visit was not written')
    return visit
  }
  return { graph, clock, certificate, ask, client, site, ports, newVisit, close: () => graph.close() }
}

export type MeetingsWorld = Awaited<ReturnType<typeof meetingsWorld>>

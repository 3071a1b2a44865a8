import { createServer } from 'node:http'
import type { Entra, LedgerEntry, Now, Teams } from '../contracts.ts'
import type { GraphStandIn } from '../graph/graph.ts'
import { listenOnLoopback } from '../graph/loopback.ts'
import { rooms } from './rooms.ts'
import { listener } from './server.ts'
import { type DirectoryLookup, site } from './site.tsx'

export type TeamsOptions = {
  /** 0 takes a free port; join URLs carry the `teamsUrl` that Graph was given. */
  readonly port: number
  readonly now: Now
  readonly graph: GraphStandIn
  readonly accountOf: Entra['accountOf']
  readonly users: DirectoryLookup
  /** Teams meeting policy AllowAnonymousUsersToJoinMeeting of a tenant; the vendor's default without it. */
  readonly anonymousJoin?: (tenantId: string) => boolean
  readonly seed?: string
}

/** Starts the stand-in for Teams' web client on http://localhost: join pages, lobby, meeting. */
export async function startTeams(options: TeamsOptions): Promise<Teams> {
  const ledger: LedgerEntry[] = []
  const places = rooms(options.graph, options.now, options.seed ?? 'sandbox')
  const { graph, accountOf, users, anonymousJoin = () => true } = options
  const answer = site(graph, places, accountOf, users, anonymousJoin)
  const handle = listener(answer, ledger, options.now)
  const server = await listenOnLoopback(() => createServer(handle), options.port)
  return {
    url: `http://localhost:${server.port}`,
    ledger,
    participants: places.participants,
    close: server.close,
  }
}

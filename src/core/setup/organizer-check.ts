import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import type { GraphFailure } from '../meetings/graph-call.ts'
import { readUser } from '../meetings/user.ts'
import { tryOrganizer } from './access-policy.ts'
import { hasTeams } from './licences.ts'

/** What was found out about an organizer account; no name and no address is in it. */
export const organizerCheck = z.object({
  account: z.enum(['ok', 'disabled', 'gone', 'unknown']),
  teams: z.enum(['yes', 'no', 'unknown']),
  /** Whether a meeting could be created for it. `waiting`: Graph says that the access policy is missing. */
  policy: z.enum(['ok', 'waiting', 'unknown']),
  /** Graph gives the address that opens in a patient's browser. */
  browserAddress: z.boolean().optional(),
  /** Why something is not known: a code. */
  problem: z.string().optional(),
})
export type OrganizerCheck = z.infer<typeof organizerCheck>

const NOTHING: OrganizerCheck = { account: 'unknown', teams: 'unknown', policy: 'unknown' }

/** Whether an account can organize visits. */
export function isReady({ account, teams, policy }: OrganizerCheck): boolean {
  return account === 'ok' && teams !== 'no' && policy === 'ok'
}

/** Whether trying again by ourselves is of use: the policy takes up to half an hour, and Graph comes back. */
export function isWorthWaiting({ account, teams, policy, problem }: OrganizerCheck): boolean {
  if (account === 'gone' || account === 'disabled' || teams === 'no') return false
  return policy === 'waiting' || problem === 'graph_throttled' || problem === 'graph_unavailable'
}

/** Looks at an organizer account: is it there, enabled, licensed, and may we create meetings for it. */
export async function checkOrganizer(graph: Graph, userId: string, now: Date): Promise<OrganizerCheck> {
  const [user, licence] = await Promise.all([readUser(graph, userId), hasTeams(graph, userId)])
  if (!user.ok) {
    const { code } = user.failure
    return code === 'graph_not_found' ? { ...NOTHING, account: 'gone' } : { ...NOTHING, problem: code }
  }
  const teams = licence.ok ? (licence.value ? 'yes' : 'no') : 'unknown'
  if (!user.value.enabled) return { ...NOTHING, account: 'disabled', teams }
  // Teams makes no meeting for an account that has no Teams; what it says then would mislead.
  if (teams === 'no') return { ...NOTHING, account: 'ok', teams }
  const tried = await tryOrganizer(graph, userId, now)
  if (tried.ok) return { account: 'ok', teams, policy: 'ok', browserAddress: tried.value.browserAddress }
  return { account: 'ok', teams, ...policyOf(tried.failure.code) }
}

function policyOf(code: GraphFailure): Pick<OrganizerCheck, 'policy' | 'problem'> {
  return code === 'graph_access_policy_missing' ? { policy: 'waiting' } : { policy: 'unknown', problem: code }
}

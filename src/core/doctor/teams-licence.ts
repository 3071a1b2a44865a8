import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import type { Result } from '../result.ts'

/** Service plans that are Teams itself (Product names and service plan identifiers for licensing). */
const TEAMS_PLANS = /^(TEAMS1|TEAMS_GOV|TEAMS_AR_GCCHIGH|TEAMS_AR_DOD|MCO_TEAMS_IW)$/i

const details = z.object({
  value: z.array(
    z.object({
      servicePlans: z.array(z.object({ servicePlanName: z.string(), provisioningStatus: z.string() })),
    }),
  ),
})

/** Whether an account holds a licence with Teams switched on (Graph, "List licenseDetails"). */
export async function hasTeams(graph: Graph, userId: string): Promise<Result<boolean, GraphFailure>> {
  return callGraph(async () => {
    const answer = await graph.api(`/users/${encodeURIComponent(userId)}/licenseDetails`).get()
    return details
      .parse(answer)
      .value.flatMap(({ servicePlans }) => servicePlans)
      .some(
        ({ servicePlanName, provisioningStatus }) =>
          TEAMS_PLANS.test(servicePlanName) && provisioningStatus !== 'Disabled',
      )
  })
}

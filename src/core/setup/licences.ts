import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import type { Result } from '../result.ts'

/** Service plans that are Teams itself (Product names and service plan identifiers for licensing). */
const TEAMS_PLANS = new Set(['TEAMS1', 'TEAMS_GOV', 'TEAMS_AR_GCCHIGH', 'TEAMS_AR_DOD', 'MCO_TEAMS_IW'])

const plan = z.object({ servicePlanName: z.string(), provisioningStatus: z.string() })
type Plan = z.infer<typeof plan>

/** A plan that was switched off is in the licence, and of no use. */
function isTeams({ servicePlanName, provisioningStatus }: Plan): boolean {
  return TEAMS_PLANS.has(servicePlanName.toUpperCase()) && provisioningStatus !== 'Disabled'
}

const subscribed = z.object({
  value: z.array(
    z.object({
      skuPartNumber: z.string(),
      capabilityStatus: z.string().nullish(),
      consumedUnits: z.number().int().default(0),
      prepaidUnits: z.object({ enabled: z.number().int().default(0), warning: z.number().int().default(0) }),
      servicePlans: z.array(plan),
    }),
  ),
})
type Subscribed = z.infer<typeof subscribed>

/** A product that the organization has bought and that includes Teams. */
export type TeamsProduct = { readonly product: string; readonly bought: number; readonly assigned: number }

/** The organization's products that include Teams (Graph, "List subscribedSkus"). */
export async function readTeamsProducts(graph: Graph): Promise<Result<TeamsProduct[], GraphFailure>> {
  return callGraph(async () => teamsProducts(subscribed.parse(await graph.api('/subscribedSkus').get())))
}

/** Suspended and deleted subscriptions give nobody anything. Pure. */
function teamsProducts({ value }: Subscribed): TeamsProduct[] {
  return value
    .filter(({ capabilityStatus }) => !capabilityStatus || /^(enabled|warning)$/i.test(capabilityStatus))
    .filter(({ servicePlans }) => servicePlans.some(isTeams))
    .map(({ skuPartNumber: product, prepaidUnits, consumedUnits: assigned }) => ({
      product,
      bought: prepaidUnits.enabled + prepaidUnits.warning,
      assigned,
    }))
}

const details = z.object({ value: z.array(z.object({ servicePlans: z.array(plan) })) })

/** Whether an account holds a licence with Teams switched on (Graph, "List licenseDetails"). */
export async function hasTeams(graph: Graph, userId: string): Promise<Result<boolean, GraphFailure>> {
  return callGraph(async () => {
    const path = `/users/${encodeURIComponent(userId)}/licenseDetails`
    const { value } = details.parse(await graph.api(path).get())
    return value.some(({ servicePlans }) => servicePlans.some(isTeams))
  })
}

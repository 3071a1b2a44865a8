import type { Answer } from './answers.ts'
import { context, type GraphCall } from './call.ts'
import { SKUS } from './user.ts'

/** Licences of each product that nobody holds yet. */
const SPARE = 2

/** GET /subscribedSkus (List subscribedSkus): what the organization bought, and how much of it is given out. */
export function listSubscribedSkus(call: GraphCall): Answer {
  const { tenant } = call
  const withTeams = tenant.users.filter(({ teams }) => teams).length
  const value = [
    sku(tenant.id, SKUS.withTeams, withTeams),
    sku(tenant.id, SKUS.mailOnly, tenant.users.length - withTeams),
  ]
  return { status: 200, body: { '@odata.context': context(call, 'subscribedSkus'), value } }
}

function sku(tenantId: string, product: (typeof SKUS)[keyof typeof SKUS], consumedUnits: number) {
  return {
    id: `${tenantId}_${product.skuId}`,
    skuId: product.skuId,
    skuPartNumber: product.skuPartNumber,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits,
    prepaidUnits: { enabled: consumedUnits + SPARE, suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: product.servicePlans,
  }
}

import { z } from 'zod'
import type { EntraTenant } from '../contracts.ts'
import { APPLICATION_PERMISSIONS } from './permissions.ts'

/** Entra checks assertions with RSA keys only; private members of a key are dropped here. */
const AssertionKey = z.object({
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  kid: z.string().optional(),
})

export type AssertionKey = z.infer<typeof AssertionKey>

/** A registration as it is typed into Entra. `displayName` and `permissions` have the product's values by default. */
export type Registration = {
  readonly clientId: string
  readonly redirectUris: readonly string[]
  readonly assertionJwks: { readonly keys: readonly Record<string, unknown>[] }
  readonly displayName?: string
  readonly permissions?: readonly string[]
}

export type Application = {
  readonly clientId: string
  readonly displayName: string
  readonly redirectUris: readonly string[]
  readonly permissions: readonly string[]
  readonly keys: readonly AssertionKey[]
}

/** The registered applications, and the tenants where each has a service principal. */
export type Applications = {
  register(registration: Registration): void
  find(clientId: string): Application | undefined
  all(): readonly Application[]
  /** Signing in or consenting adds the application to the tenant, as Entra does. */
  addTo(tenant: EntraTenant, clientId: string): void
  isIn(tenant: EntraTenant, clientId: string): boolean
}

export function createApplications(): Applications {
  const byId = new Map<string, Application>()
  const principals = new Set<string>()
  const principal = (tenant: EntraTenant, clientId: string) => `${tenant.id}/${clientId}`
  return {
    register(registration) {
      byId.set(registration.clientId, {
        clientId: registration.clientId,
        displayName: registration.displayName ?? 'Teams EHR Connector',
        redirectUris: [...registration.redirectUris],
        permissions: registration.permissions ?? APPLICATION_PERMISSIONS,
        keys: registration.assertionJwks.keys.map((key) => AssertionKey.parse(key)),
      })
    },
    find: (clientId) => byId.get(clientId),
    all: () => [...byId.values()],
    addTo: (tenant, clientId) => void principals.add(principal(tenant, clientId)),
    isIn: (tenant, clientId) => tenant.consented.size > 0 || principals.has(principal(tenant, clientId)),
  }
}

import type { TokenCredential } from '@azure/identity'
import type { Settings } from '../config.ts'
import { once } from '../once.ts'
import type { Assertion } from './assertion.ts'

/** Credentials of our application in a tenant, for Graph, and of the deployment itself, for its own resources. */
export type Credentials = {
  ofTenant(tenantId: string): Promise<TokenCredential>
  ofDeployment(): Promise<TokenCredential>
  /** A credential without any token, in place of the kept one: a token has the permissions of when it was made. */
  renewed(tenantId: string): Promise<TokenCredential>
}

const MICROSOFT = 'https://login.microsoftonline.com'

export function credentials(settings: Settings, assertion: Assertion): Credentials {
  const known = new Map<string, () => Promise<TokenCredential>>()
  const make = async (tenantId: string): Promise<TokenCredential> => {
    const { ClientAssertionCredential } = await import('@azure/identity')
    const audience = `${settings.ENTRA_AUTHORITY}/${tenantId}/oauth2/v2.0/token`
    return new ClientAssertionCredential(tenantId, settings.ENTRA_CLIENT_ID, () => assertion(audience), {
      authorityHost: settings.ENTRA_AUTHORITY,
      // Instance discovery asks Microsoft whether the authority is Microsoft's; another one never is.
      disableInstanceDiscovery: settings.ENTRA_AUTHORITY !== MICROSOFT,
    })
  }
  const ofTenant = (tenantId: string) => {
    const made = known.get(tenantId) ?? once(() => make(tenantId))
    known.set(tenantId, made)
    return made()
  }
  const identity = once(async (): Promise<TokenCredential> => {
    const { ManagedIdentityCredential } = await import('@azure/identity')
    return new ManagedIdentityCredential(
      settings.AZURE_CLIENT_ID === undefined ? {} : { clientId: settings.AZURE_CLIENT_ID },
    )
  })
  return {
    ofTenant,
    renewed: (tenantId) => {
      known.delete(tenantId)
      return ofTenant(tenantId)
    },
    // Development has no managed identity: the application's own token, of the first tenant, stands in for it.
    ofDeployment: () =>
      settings.ENTRA_ASSERTION === 'key' ? ofTenant(settings.ALLOWED_TENANTS[0] ?? '') : identity(),
  }
}

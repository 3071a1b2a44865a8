import type { ClientMetadata } from 'oidc-provider'
import type { EhrClient } from '../contracts.ts'

/** The EHR's application registrations; a client may be registered at any time. */
export type Clients = {
  register(client: EhrClient): void
  find(clientId: string): EhrClient | undefined
  all(): readonly EhrClient[]
}

export function createClients(): Clients {
  const clients = new Map<string, EhrClient>()
  return {
    register: (client) => void clients.set(client.clientId, client),
    find: (clientId) => clients.get(clientId),
    all: () => [...clients.values()],
  }
}

/**
 * A registration as the authorization server's library reads it (RFC 7591 names).
 * Scopes are left out: the library refuses what is not registered, while Oracle Health drops it silently.
 */
export function clientMetadata(client: EhrClient): ClientMetadata {
  const interactive = client.grants.includes('authorization_code')
  const refreshable = interactive && /\b(online|offline)_access\b/.test(client.scope)
  return {
    client_id: client.clientId,
    token_endpoint_auth_method: client.kind === 'public' ? 'none' : client.kind,
    redirect_uris: [...client.redirectUris],
    grant_types: [...client.grants, ...(refreshable ? ['refresh_token'] : [])],
    response_types: interactive ? ['code'] : [],
    id_token_signed_response_alg: 'RS256',
    ...(client.secret ? { client_secret: client.secret } : {}),
    ...(client.jwks ? { jwks: { keys: [...client.jwks.keys] } } : {}),
    ...(client.jwksUri && !client.jwks ? { jwks_uri: client.jwksUri } : {}),
  }
}

import type Provider from 'oidc-provider'
import type { LaunchContexts, Persona } from './launch-contexts.ts'
import { type Interaction, permission } from './scopes.ts'

/** Who asks: a clinician's token from a launch or the system account's. */
export type Bearer = {
  readonly kind: 'user' | 'system'
  readonly clientId: string
  readonly scopes: readonly string[]
  /** The patient of the launch, to whom `patient/` scopes are limited. */
  readonly patientId: string | undefined
  /** Whose FHIR base the token is for; the system account's is the provider's. */
  readonly persona: Persona
}

export type AuthenticateBearer = (authorization: string | undefined) => Promise<Bearer | undefined>

/** Looks a bearer token up at the authorization server; expired and revoked ones are unknown to it. */
export function bearerAuthentication(provider: Provider, launches: LaunchContexts): AuthenticateBearer {
  return async (authorization) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
    if (!token) return undefined
    const user = await provider.AccessToken.find(token)
    if (user) {
      const { patientId, persona = 'provider' } = launches.ofGrant(user.grantId) ?? {}
      return { kind: 'user', clientId: user.clientId ?? '', scopes: [...user.scopes], patientId, persona }
    }
    const system = await provider.ClientCredentials.find(token)
    if (!system) return undefined
    const scopes = [...system.scopes]
    return {
      kind: 'system',
      clientId: system.clientId ?? '',
      scopes,
      patientId: undefined,
      persona: 'provider',
    }
  }
}

/** What a bearer may see of a resource type: all of it, the launch patient's part of it, or nothing. */
export function allowed(
  bearer: Bearer,
  type: string,
  interaction: Interaction,
): 'all' | 'compartment' | 'none' {
  const contexts = bearer.kind === 'system' ? (['system'] as const) : (['user', 'patient'] as const)
  return permission(bearer.scopes, contexts, type, interaction)
}

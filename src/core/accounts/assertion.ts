import { importJWK, SignJWT } from 'jose'
import type { Settings } from '../config.ts'
import { once } from '../once.ts'

/**
 * The proof of our application to Entra, in place of a secret: in Azure a token of the deployment's managed identity
 * (workload identity federation), on a developer's machine a JWT signed with a key that the local Entra knows.
 * Everything behind it is the same code.
 */
export type Assertion = (audience: string) => Promise<string>

const FEDERATION_SCOPE = 'api://AzureADTokenExchange/.default'

export function assertionSource(settings: Settings, now: () => Date): Assertion {
  if (settings.ENTRA_ASSERTION === 'key') return signedByKey(settings, now)
  // One for all calls: it keeps its token until that is about to end.
  const identity = once(async () => {
    const { ManagedIdentityCredential } = await import('@azure/identity')
    return new ManagedIdentityCredential(
      settings.AZURE_CLIENT_ID === undefined ? {} : { clientId: settings.AZURE_CLIENT_ID },
    )
  })
  return async () => (await (await identity()).getToken(FEDERATION_SCOPE)).token
}

function signedByKey(settings: Settings, now: () => Date): Assertion {
  const jwk = JSON.parse(settings.ENTRA_ASSERTION_KEY ?? '{}') as { kid?: string }
  return async (audience) => {
    const at = Math.floor(now().getTime() / 1000)
    return new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(jwk.kid ? { kid: jwk.kid } : {}) })
      .setIssuer(settings.ENTRA_CLIENT_ID)
      .setSubject(settings.ENTRA_CLIENT_ID)
      .setAudience(audience)
      .setJti(crypto.randomUUID())
      .setIssuedAt(at)
      .setNotBefore(at - 30)
      .setExpirationTime(at + 300)
      .sign(await importJWK(jwk, 'RS256'))
  }
}

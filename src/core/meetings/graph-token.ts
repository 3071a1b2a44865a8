import type { TokenCredential } from '@azure/identity'

/** Entra gives our application no token in this tenant: nobody consented there, or somebody withdrew it. */
class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

/** @throws TokenRefused, which graph-call.ts reads by its name; anything else as it came. */
export async function graphToken(credential: TokenCredential): Promise<string> {
  try {
    // The scope names the service, wherever it is reached.
    return (await credential.getToken('https://graph.microsoft.com/.default'))?.token ?? ''
  } catch (error) {
    const { statusCode } = error as { statusCode?: unknown }
    const refused =
      typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 && statusCode !== 429
    throw refused ? new TokenRefused('no token') : error
  }
}

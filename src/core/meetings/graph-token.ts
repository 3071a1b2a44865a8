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
    throw isRefusal(error) ? new TokenRefused('no token') : error
  }
}

/**
 * Whether Entra said no, as against not answering. The SDK gives some errors with their status, others only as MSAL's
 * text, which begins with the OAuth error (RFC 6749, section 5.2).
 */
function isRefusal(error: unknown): boolean {
  const { statusCode, message } = error as { statusCode?: unknown; message?: unknown }
  if (typeof statusCode === 'number') return statusCode >= 400 && statusCode < 500 && statusCode !== 429
  return /^(invalid_\w+|unauthorized_client|access_denied)\b/.test(String(message))
}

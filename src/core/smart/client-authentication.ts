import { type ClientAuth as Authenticate, ClientSecretBasic, None } from 'oauth4webapi'
import { fail, ok } from '../result.ts'
import { clientAssertion } from './client-assertion.ts'
import type { SmartResult } from './failures.ts'
import type { SmartClient } from './types.ts'

/**
 * How a client proves itself in one token request. Only a public client names itself in the body (SMART App Launch
 * 2.2.0 §Obtain access token: client_id is required for public apps and omitted for confidential ones).
 */
export async function clientAuthentication(
  client: SmartClient,
  tokenEndpoint: string,
  now: Date,
): Promise<SmartResult<Authenticate>> {
  const auth = client.clientAuth
  switch (auth.method) {
    case 'none':
      return ok(None())
    case 'client_secret_basic':
      return ok(ClientSecretBasic(auth.secret))
    case 'private_key_jwt':
      try {
        const assertion = await clientAssertion(auth, client.clientId, tokenEndpoint, now)
        return ok((_server, _client, body) => {
          body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
          body.set('client_assertion', assertion)
        })
      } catch {
        // The reason may hold key material; the key id is enough to find it by.
        return fail('smart_client_key_invalid', { detail: `${auth.alg} with key ${auth.kid}` })
      }
  }
}

import { createLocalJWKSet, jwtVerify } from 'jose'
import type { VerifyToken } from '../contracts.ts'
import type { Context } from './context.ts'

/**
 * How the Graph and Communication Services stand-ins check a bearer token: signed by a key that this Entra publishes,
 * issued by it, in time by the sandbox's clock, for `audience` (a trailing slash makes no difference).
 * Rejects with jose's error (`code` says why), as the resource then answers 401.
 */
export function tokenVerifier(context: Context): VerifyToken {
  return async (token, audience) => {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...context.keys.published()] }), {
      algorithms: ['RS256'],
      audience: audience.replace(/\/$/, ''),
      currentDate: context.now(),
      issuer: context.tenants.map((tenant) => `${context.authority}/${tenant.id}/v2.0`),
    })
    const { tid, appid, ...claims } = payload
    return {
      ...claims,
      ...(typeof tid === 'string' && { tid }),
      ...(typeof appid === 'string' && { appid }),
    }
  }
}

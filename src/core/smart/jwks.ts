import { createLocalJWKSet, type JWK, type LocalJWKSet } from 'jose'
import { z } from 'zod'
import { fail, ok } from '../result.ts'
import { getDocument, jsonOf, retryAfterSeconds } from './answer.ts'
import { createExpiringCache, type Kept } from './expiring-cache.ts'
import type { SmartFailureCode, SmartResult } from './failures.ts'
import { DOCUMENT_LIFETIME, keepUntil } from './lifetime.ts'
import type { Outbound } from './types.ts'

export type SignatureHeader = { readonly alg: string; readonly kid?: string }

/** The signing keys of EHRs, read over the injected fetch and kept within bounds. */
export type JwksCache = {
  /** The key that the header of a signed token names; `smart_key_unknown` where there is none, or more than one. */
  key(
    jwksUri: string,
    header: SignatureHeader,
    outbound: Outbound,
    now: Date,
  ): Promise<SmartResult<CryptoKey>>
}

/** Only keys that can verify a signature: a symmetric or private one in a public document is never used. */
const document = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })

/** In this time a kid that is not in the set is looked for once more, and no more than so many kids. */
const WINDOW_SECONDS = 300
const MOST_REFETCHES = 5

type Window = {
  readonly since: number
  /** By kid; two launches that meet the same new key share one request. */
  readonly refetches: Map<string, Promise<SmartResult<LocalJWKSet>>>
}

/**
 * Kept for an hour or as Cache-Control says, in bounds; a failure is never kept. Keys rotate without notice, so an
 * unknown kid leads to one more request (OpenID Connect Core §10.1.1), bounded for each document.
 */
export function createJwksCache(): JwksCache {
  const cache = createExpiringCache<LocalJWKSet, SmartFailureCode>()
  const windows = new Map<string, Window>()

  function refetched(jwksUri: string, kid: string, outbound: Outbound, now: Date) {
    const open = windows.get(jwksUri)
    const fresh = open !== undefined && now.getTime() - open.since < WINDOW_SECONDS * 1000
    const window = fresh ? open : { since: now.getTime(), refetches: new Map() }
    windows.set(jwksUri, window)
    const known = window.refetches.get(kid)
    if (known !== undefined || window.refetches.size >= MOST_REFETCHES) return known
    const started = cache.renew(jwksUri, () => load(jwksUri, outbound, now))
    window.refetches.set(kid, started)
    void started.then((result) => {
      if (!result.ok) window.refetches.delete(kid)
    })
    return started
  }

  return {
    async key(jwksUri, header, outbound, now) {
      const kept = await cache.get(jwksUri, now, () => load(jwksUri, outbound, now))
      if (!kept.ok) return kept
      const found = await select(kept.value, header)
      if (found) return ok(found)
      if (header.kid === undefined) return fail('smart_key_unknown', { detail: 'a token without kid' })
      const renewed = await refetched(jwksUri, header.kid, outbound, now)
      if (renewed && !renewed.ok) return renewed
      const late = renewed && (await select(renewed.value, header))
      return late ? ok(late) : fail('smart_key_unknown', { detail: 'no key with the kid of the token' })
    },
  }
}

/** Exactly one key must fit alg, kid, use and key_ops; anything else is no key. */
async function select(set: LocalJWKSet, header: SignatureHeader): Promise<CryptoKey | undefined> {
  try {
    return await set(header)
  } catch {
    return undefined
  }
}

async function load(jwksUri: string, outbound: Outbound, now: Date): Promise<SmartResult<Kept<LocalJWKSet>>> {
  const answer = await getDocument(jwksUri, 'application/jwk-set+json, application/json', outbound)
  if (answer.kind === 'silent') return fail('smart_keys_unreachable', { detail: answer.why })
  if (answer.status !== 200) {
    const wait = retryAfterSeconds(answer.headers, now)
    return fail('smart_keys_unreachable', {
      detail: `status ${answer.status}`,
      ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    })
  }
  const parsed = document.safeParse(jsonOf(answer.text))
  if (!parsed.success) return fail('smart_key_unknown', { detail: 'not a JWKS document' })
  const keys = parsed.data.keys.filter((key) => (key.kty === 'RSA' || key.kty === 'EC') && !('d' in key))
  const value = createLocalJWKSet({ keys: keys as JWK[] })
  return ok({ value, until: keepUntil(answer.headers, DOCUMENT_LIFETIME, now) })
}

import { randomBytes } from 'node:crypto'
import type { Now } from '../contracts.ts'

/** "Authorization codes are short lived; typically, they expire after about 10 minutes" (OAuth 2.0 code flow). */
const LIFETIME_MS = 10 * 60 * 1000

/** What was agreed at the authorization endpoint and is checked again when the code comes back. */
export type Grant = {
  readonly clientId: string
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly scope: string
  readonly nonce: string | undefined
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
}

export type Redemption =
  | { readonly state: 'valid'; readonly grant: Grant }
  | { readonly state: 'unknown' | 'redeemed' | 'expired' }

/** Authorization codes. */
export type Codes = {
  issue(grant: Grant): string
  /**
   * Takes the code out of use, whatever comes of the request: a code is presented once.
   * Another client's code is unknown to the caller and stays good.
   */
  redeem(code: string, clientId: string): Redemption
}

export function createCodes(now: Now): Codes {
  const issued = new Map<string, { grant: Grant; expiresAt: number; redeemed: boolean }>()
  return {
    issue(grant) {
      const code = `1.${randomBytes(48).toString('base64url')}`
      issued.set(code, { grant, expiresAt: now().getTime() + LIFETIME_MS, redeemed: false })
      return code
    },
    redeem(code, clientId) {
      const entry = issued.get(code)
      if (entry?.grant.clientId !== clientId) return { state: 'unknown' }
      if (entry.redeemed) return { state: 'redeemed' }
      entry.redeemed = true
      if (entry.expiresAt <= now().getTime()) return { state: 'expired' }
      return { state: 'valid', grant: entry.grant }
    },
  }
}

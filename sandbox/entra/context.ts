import type { EntraTenant, Now } from '../contracts.ts'
import type { Applications } from './applications.ts'
import type { UsedAssertions } from './assertion.ts'
import type { Codes } from './codes.ts'
import type { SigningKeys } from './keys.ts'
import type { Sessions } from './sessions.ts'

/** Everything that the endpoints share. */
export type Context = {
  readonly now: Now
  /** `https://localhost:{port}`: discovery, keys and tokens. */
  readonly authority: string
  /** `http://localhost:{port}`: what a browser opens. */
  readonly signInUrl: string
  readonly tenants: readonly EntraTenant[]
  readonly applications: Applications
  readonly keys: SigningKeys
  readonly codes: Codes
  readonly sessions: Sessions
  readonly usedAssertions: UsedAssertions
}

/** Issuer of a tenant's v2.0 tokens. */
export function issuerOf(context: Pick<Context, 'authority'>, tenantId: string): string {
  return `${context.authority}/${tenantId}/v2.0`
}

/** Seconds since 1970, as JWT claims carry them. */
export function seconds(now: Now): number {
  return Math.floor(now().getTime() / 1000)
}

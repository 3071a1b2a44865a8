import { errors } from 'oidc-provider'

type Claims = Readonly<Record<string, unknown>>

/** Longest time that an assertion may lie in the future. SMART App Launch 2.2, "Client Authentication: Asymmetric". */
const LONGEST_SECONDS = 300

/**
 * The rules of SMART App Launch 2.2 that go beyond RFC 7523 as the library checks it (signature, alg, exp, jti replay):
 * `aud` is the token endpoint and nothing else, `sub` is the client, `exp` lies at most five minutes ahead, and the
 * header carries `typ` JWT and `kid`.
 */
export function checkClientAssertion(
  claims: Claims,
  header: Claims,
  expected: { clientId: string; tokenEndpoint: string; now: Date },
): void {
  const refuse = (why: string): never => {
    throw new errors.InvalidClientAuth(why)
  }
  if (header.typ !== 'JWT') refuse('client_assertion header typ must be JWT')
  if (typeof header.kid !== 'string') refuse('client_assertion header must carry a kid')
  if (claims.sub !== expected.clientId) refuse('client_assertion sub must be the client_id')
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (audiences.length !== 1 || audiences[0] !== expected.tokenEndpoint) {
    refuse('client_assertion aud must be the token endpoint')
  }
  // One second is granted for the rounding of whole seconds.
  const latest = expected.now.getTime() / 1000 + LONGEST_SECONDS + 1
  if (typeof claims.exp !== 'number' || claims.exp > latest) {
    refuse('client_assertion exp must be no more than five minutes ahead')
  }
}

/** What @azure/identity throws before any request is made of the vendor. */
const NOT_ASKED = new Set([
  'CredentialUnavailableError',
  'AuthenticationError',
  'AggregateAuthenticationError',
])

/** Whether our own sign-in failed, so that the vendor surely was asked for nothing. */
export function isNotAsked(error: unknown): error is Error {
  return error instanceof Error && NOT_ASKED.has(error.name)
}

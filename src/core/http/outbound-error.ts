/**
 * Why an outbound request was refused or failed. Stable: quoted in logs, in the connection doctor and by people.
 *
 * - `outbound_url` not an absolute URL, or one with a user name or password
 * - `outbound_scheme` neither https nor a permitted http loopback
 * - `outbound_port` neither the scheme's own port nor 1024 and above
 * - `outbound_address` the host is, or resolves to, an address that is not public and not allowed by the operator
 * - `outbound_dns` the name does not resolve
 * - `outbound_refused` no connection came about (refused, unreachable)
 * - `outbound_tls` the TLS handshake or the certificate failed
 * - `outbound_broken` the connection ended early or what came was not HTTP
 * - `outbound_redirect` the answer was a redirect; none is followed
 * - `outbound_timeout` the connect cap or the total cap ran out
 * - `outbound_too_large` header or (decompressed) body above the cap
 * - `outbound_encoding` a content encoding that was not offered, or that does not decode
 * - `outbound_aborted` the caller's signal; only in a Result, a fetch throws the signal's reason
 * - `outbound_not_ready` a request before the application set its fetch
 */
export type OutboundCode =
  | 'outbound_url'
  | 'outbound_scheme'
  | 'outbound_port'
  | 'outbound_address'
  | 'outbound_dns'
  | 'outbound_refused'
  | 'outbound_tls'
  | 'outbound_broken'
  | 'outbound_redirect'
  | 'outbound_timeout'
  | 'outbound_too_large'
  | 'outbound_encoding'
  | 'outbound_aborted'
  | 'outbound_not_ready'

/**
 * What a safe fetch throws. The message names the code, the host and a word of ours or a system error code; never a
 * path, query, header or body, since those may hold patient data, tokens and links. For the same reason it carries
 * no `cause`.
 */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly code: OutboundCode
  readonly host: string | undefined
  readonly reason: string | undefined

  constructor(code: OutboundCode, host?: string, reason?: string) {
    super(`${code}${host === undefined ? '' : ` at ${host}`}${reason === undefined ? '' : ` (${reason})`}`)
    this.code = code
    this.host = host
    this.reason = reason
  }
}

/** Turns whatever a socket, TLS, the HTTP parser or zlib threw into an {@link OutboundError}. */
export function outboundError(error: unknown, host: string): OutboundError {
  if (error instanceof OutboundError) return error
  const system = systemCode(error)
  return new OutboundError(codeOf(system), host, system)
}

/** The system's code of an error (`ECONNRESET`, `CERT_HAS_EXPIRED`), if it looks like one. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined
}

/** Codes of OpenSSL's certificate check and of Node's TLS (Node.js documentation, "X509 certificate error codes"). */
const TLS =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO$|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_|OUT_OF_MEM|PATH_LENGTH)/
const UNREACHED =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/

function codeOf(system: string | undefined): OutboundCode {
  if (system === undefined) return 'outbound_broken'
  if (TLS.test(system)) return 'outbound_tls'
  if (UNREACHED.test(system)) return 'outbound_refused'
  if (system === 'ETIMEDOUT' || system === 'ERR_SOCKET_CONNECTION_TIMEOUT') return 'outbound_timeout'
  if (system === 'HPE_HEADER_OVERFLOW' || system === 'ERR_BUFFER_TOO_LARGE') return 'outbound_too_large'
  if (/^(Z_|ERR_BROTLI|ERR__ERROR_|ERR_PADDING|ERR_ZLIB)/.test(system)) return 'outbound_encoding'
  return 'outbound_broken'
}

import type { OutgoingHttpHeaders } from 'node:http'

/** What fetch takes; written so that libraries may say `undefined` where they leave something out. */
export type FetchInit = { readonly [K in keyof RequestInit]: RequestInit[K] | undefined }

/** One request, ready to be sent. */
export type OutboundRequest = {
  readonly url: string | URL
  readonly method: string
  readonly headers: OutgoingHttpHeaders
  readonly body: Uint8Array | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * What the caller may not set: the host belongs to the URL (else a name that was checked could ask a shared server for
 * another), the connection and the framing to this module, the encodings to what it can decode.
 */
const OURS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/**
 * Reads the arguments of a fetch call.
 * @throws TypeError for what fetch throws it for too: a method that is none, a body with GET, a bad header
 */
export async function outboundRequest(
  input: string | URL | Request,
  init: FetchInit,
): Promise<OutboundRequest> {
  const given = input instanceof Request ? input : undefined
  const method = (init.method ?? given?.method ?? 'GET').toUpperCase()
  if (!/^[A-Z-]+$/.test(method) || FORBIDDEN_METHODS.has(method)) throw new TypeError('method not allowed')

  const carried = await bytesOf(init.body ?? (given?.body ? await given.arrayBuffer() : undefined))
  if (carried && (method === 'GET' || method === 'HEAD')) throw new TypeError(`${method} takes no body`)

  const headers: OutgoingHttpHeaders = { accept: '*/*', 'user-agent': 'teams-ehr-connector' }
  if (carried?.type) headers['content-type'] = carried.type
  for (const [name, value] of headersOf(init.headers ?? given?.headers)) {
    if (!OURS.has(name) && !name.startsWith('proxy-')) headers[name] = value
  }
  headers['accept-encoding'] = 'gzip, br, deflate'
  if (carried) headers['content-length'] = carried.bytes.byteLength
  else if (method !== 'GET' && method !== 'HEAD') headers['content-length'] = 0

  return {
    url: given ? given.url : (input as string | URL),
    method,
    headers,
    body: carried?.bytes,
    signal: init.signal ?? given?.signal ?? undefined,
  }
}

/** The platform's own message quotes the value, which may be a token. */
function headersOf(given: HeadersInit | undefined): Headers {
  try {
    return new Headers(given)
  } catch {
    throw new TypeError('a header is not valid')
  }
}

type Carried = { readonly bytes: Uint8Array; readonly type: string | null }

async function bytesOf(body: BodyInit | null | undefined): Promise<Carried | undefined> {
  if (body === null || body === undefined) return undefined
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain;charset=UTF-8' }
  if (body instanceof Uint8Array) return { bytes: body, type: null }
  if (body instanceof URLSearchParams)
    return { bytes: Buffer.from(body.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' }
  // Everything else a body can be, the platform knows how to write.
  const carrier = new Response(body)
  return { bytes: new Uint8Array(await carrier.arrayBuffer()), type: carrier.headers.get('content-type') }
}

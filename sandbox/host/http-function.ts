import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RpcHttpRequest, RpcHttpResponse } from './core-api.ts'
import { formatCookie } from './http-cookie.ts'

/** FUNCTIONS_REQUEST_BODY_SIZE_LIMIT of the real host: 104,857,600 bytes. */
const MAX_BODY_BYTES = 104_857_600

/** The request as the host hands it to the library. */
export function toRpcRequest(
  request: IncomingMessage,
  params: Readonly<Record<string, string>>,
  body: Buffer,
): RpcHttpRequest {
  const url = `http://${request.headers.host}${request.url}`
  return {
    url,
    method: request.method ?? 'GET',
    nullableHeaders: wrap(joinHeaders(request)),
    nullableQuery: wrap(joinQuery(new URL(url).searchParams)),
    nullableParams: wrap(params),
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  }
}

/** Headers given twice arrive joined by a comma, as .NET's StringValues.ToString() does. */
function joinHeaders(request: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values) joined[name] = values.join(',')
  }
  return joined
}

/** Query keys given twice arrive as one value joined by a comma. */
function joinQuery(query: URLSearchParams): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const key of new Set(query.keys())) joined[key] = query.getAll(key).join(',')
  return joined
}

function wrap(values: Readonly<Record<string, string>>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
}

/**
 * Reads the body; undefined where it is larger than the host accepts. For a function, only a body announced by
 * Content-Length is handed on: without streaming, the real host leaves a chunked one empty.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/** Nothing returned is 204; otherwise what the library converted. */
export function writeRpcResponse(response: ServerResponse, answer: RpcHttpResponse | undefined): void {
  if (!answer) {
    response.writeHead(204).end()
    return
  }
  for (const [name, value] of Object.entries(answer.headers)) {
    // The length is ours to say; hop-by-hop headers belong to the connection.
    if (!/^(content-length|transfer-encoding|connection)$/i.test(name)) response.setHeader(name, value)
  }
  const cookies = answer.cookies.map(formatCookie)
  if (cookies.length > 0) {
    const own = answer.headers['set-cookie']
    response.setHeader('set-cookie', own === undefined ? cookies : [own, ...cookies])
  }
  response.statusCode = Number(answer.statusCode)
  const bytes = answer.body?.bytes ?? Buffer.from(answer.body?.string ?? '')
  response.end(bytes)
}

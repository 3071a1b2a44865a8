import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LedgerEntry, Now } from '../contracts.ts'

const MAXIMUM_FORM = 16_384

export type Incoming = {
  /** HEAD is answered as GET without its body. */
  readonly method: string
  readonly url: URL
  readonly cookie: string | undefined
  readonly form: URLSearchParams
}

export type Outgoing = {
  readonly status: number
  readonly type?: string
  readonly body?: string
  readonly location?: string
  readonly note?: string
}

/** Reads a request with its form, has it answered, writes the ledger. */
export function listener(answer: (incoming: Incoming) => Outgoing, ledger: LedgerEntry[], now: Now) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    const url = new URL(request.url ?? '/', 'http://localhost')
    const form = new URLSearchParams(await textOf(request))
    const outgoing = answer({ method, url, form, cookie: request.headers.cookie })
    ledger.push({
      at: now().toISOString(),
      method,
      path: `${url.pathname}${url.search}`,
      status: outgoing.status,
      ...(form.size > 0 ? { body: Object.fromEntries(form) } : {}),
      ...(outgoing.note === undefined ? {} : { note: outgoing.note }),
    })
    response.writeHead(outgoing.status, {
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...(outgoing.body === undefined ? {} : { 'content-type': outgoing.type ?? 'text/html; charset=utf-8' }),
      ...(outgoing.location === undefined ? {} : { location: outgoing.location }),
    })
    response.end(request.method === 'HEAD' ? undefined : outgoing.body)
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > MAXIMUM_FORM) return ''
  }
  return text
}

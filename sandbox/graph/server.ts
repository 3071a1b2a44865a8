import type { IncomingMessage, RequestListener } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { GraphFaults, LedgerEntry } from '../contracts.ts'
import { type Answer, badRequest, refuse, withInnerError } from './answers.ts'
import { batch } from './batch.ts'
import type { Dispatch } from './dispatch.ts'
import type { GraphState } from './state.ts'

const MAXIMUM_BODY = 4 * 1024 * 1024

type Parts = {
  readonly state: GraphState
  readonly faults: GraphFaults
  readonly dispatch: Dispatch
  readonly ledger: LedgerEntry[]
  /** Documents served without sign-in, by path. */
  readonly open: Readonly<Record<string, unknown>>
}

/** The wire side: reads the request, lets it be dispatched, writes the ledger and the answer. */
export function listener({ state, faults, dispatch, ledger, open }: Parts): RequestListener {
  return async (request, response) => {
    const path = request.url ?? '/'
    const method = request.method ?? 'GET'
    const requestId = state.ids.next()
    let body: unknown
    let answer: Answer
    try {
      if (faults.slowMs > 0) await wait(faults.slowMs)
      const document = method === 'GET' ? open[path.split('?')[0] ?? ''] : undefined
      if (document !== undefined) {
        answer = { status: 200, body: document }
      } else {
        body = await bodyOf(request)
        answer = await answerTo(method, path, request, body, dispatch)
      }
    } catch (error) {
      answer =
        error instanceof SyntaxError
          ? badRequest(
              'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
            )
          : refuse(500, 'generalException', error instanceof Error ? error.message : 'General exception.')
    }
    const at = state.now()
    const full = withInnerError(answer, requestId, at)
    ledger.push({
      at: at.toISOString(),
      method,
      path,
      status: full.status,
      ...(body === undefined ? {} : { body }),
    })
    const text = full.body === undefined ? undefined : JSON.stringify(full.body)
    response.writeHead(full.status, {
      'request-id': requestId,
      'client-request-id': header(request, 'client-request-id') ?? requestId,
      'cache-control': 'no-store',
      ...(text === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...full.headers,
    })
    response.end(text)
  }
}

async function answerTo(
  method: string,
  path: string,
  request: IncomingMessage,
  body: unknown,
  dispatch: Dispatch,
): Promise<Answer> {
  const [, version = '', target = ''] = /^\/([^/?]*)(.*)$/s.exec(path) ?? []
  if (version !== 'v1.0' && version !== 'beta') return badRequest(`Invalid version: ${version}`)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  const asked = { method, version, target, headers, body } as const
  return method === 'POST' && /^\/\$batch\/?$/i.test(target) ? batch(asked, dispatch) : dispatch(asked)
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAXIMUM_BODY) throw new SyntaxError('The body is too long.')
    parts.push(part)
  }
  const text = Buffer.concat(parts).toString()
  return text === '' ? undefined : JSON.parse(text)
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

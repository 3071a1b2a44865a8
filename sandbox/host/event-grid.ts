import type { IncomingMessage } from 'node:http'
import type { Invoker } from './invocation.ts'
import type { TriggeredFunction } from './triggers.ts'

/** What a host endpoint answers. */
export type Answer = { readonly status: number; readonly body?: string; readonly json?: unknown }

/**
 * The Event Grid extension's webhook, `POST /runtime/webhooks/EventGrid?functionName=X`: the subscription's validation
 * handshake, and one invocation per event of a notification. An event whose handler fails makes the answer 500, and
 * Event Grid then sends the whole notification again.
 * (azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.EventGrid: HttpRequestProcessor.)
 */
export async function answerEventGrid(
  request: IncomingMessage,
  functionName: string | null,
  body: Buffer,
  functions: readonly TriggeredFunction[],
  invoker: Invoker,
): Promise<Answer> {
  const target = functions.find((fn) => fn.name === functionName)
  if (!target) return { status: 404, body: `cannot find function: '${functionName ?? ''}'` }
  const kind = String(request.headers['aeg-event-type'] ?? '').toLowerCase()
  if (kind === 'unsubscribe') return { status: 202 }
  if (kind !== 'subscriptionvalidation' && kind !== 'notification') return { status: 400 }

  const events = parseEvents(body)
  if (!events) return { status: 500 }
  if (kind === 'subscriptionvalidation') {
    const code = validationCode(events[0])
    return code === undefined ? { status: 500 } : { status: 200, json: { validationResponse: code } }
  }
  const outcomes = await Promise.all(
    events.map((event) =>
      invoker.invoke(target.fn, { reason: 'Event Grid', data: { json: JSON.stringify(event) } }),
    ),
  )
  const failed = outcomes.find((outcome) => !outcome.ok)
  if (!failed || failed.ok) return { status: 202 }
  return { status: 500, body: failed.error instanceof Error ? failed.error.message : String(failed.error) }
}

/** An array of Event Grid events, or one CloudEvent. */
function parseEvents(body: Buffer): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    if (Array.isArray(parsed)) return parsed
    return typeof parsed === 'object' && parsed !== null ? [parsed] : undefined
  } catch {
    return undefined
  }
}

function validationCode(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('data' in event)) return undefined
  const { data } = event
  return typeof data === 'object' && data !== null && 'validationCode' in data
    ? data.validationCode
    : undefined
}

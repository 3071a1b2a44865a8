import type { Answer } from './event-grid.ts'
import type { Call, Invoker } from './invocation.ts'
import { adminQueueCall } from './queue-message.ts'
import { timerInput } from './timer-status.ts'
import { ofType, type TriggeredFunction } from './triggers.ts'

/**
 * The administrative endpoints that are used ("Manually run a non HTTP-triggered function"):
 * `POST /admin/functions/{name}` with `{"input": "…"}`, `GET /admin/functions`, `GET /admin/host/status`.
 */
export function answerAdmin(
  method: string,
  path: string,
  body: Buffer,
  functions: readonly TriggeredFunction[],
  invoker: Invoker,
  now: () => Date,
): Answer {
  const run = /^\/admin\/functions\/([^/]+)\/?$/i.exec(path)?.[1]
  if (method === 'POST' && run) return runNow(run, body, functions, invoker, now)
  if (method !== 'GET') return { status: 404 }
  if (/^\/admin\/host\/status\/?$/i.test(path)) {
    return {
      status: 200,
      json: { id: 'local', state: 'Running', version: '4.0.0', versionDetails: 'local host' },
    }
  }
  if (/^\/admin\/functions\/?$/i.test(path)) {
    return { status: 200, json: functions.map((fn) => ({ name: fn.name })) }
  }
  return { status: 404 }
}

function runNow(
  name: string,
  body: Buffer,
  functions: readonly TriggeredFunction[],
  invoker: Invoker,
  now: () => Date,
): Answer {
  const target = functions.find((fn) => fn.name.toLowerCase() === name.toLowerCase())
  if (!target) return { status: 404 }
  const input = readInput(body)
  const call = input === undefined ? undefined : callFor(target, input, now)
  if (!call) return { status: 400 }
  // As in the real host the answer does not wait for the function.
  void invoker.invoke(target.fn, call)
  return { status: 202 }
}

function callFor(target: TriggeredFunction, input: string, now: () => Date): Call | undefined {
  const reason = 'This function was programmatically called via the host APIs.'
  if (ofType([target], 'timerTrigger').length > 0) return { reason, data: timerInput(undefined, false) }
  if (ofType([target], 'queueTrigger').length > 0) return { reason, ...adminQueueCall(input, now()) }
  if (ofType([target], 'eventGridTrigger').length > 0) return { reason, data: { string: input } }
  return undefined
}

/** `{"input": "…"}`, or an empty object or body for no input. */
function readInput(body: Buffer): string | undefined {
  if (body.length === 0) return ''
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    if (typeof parsed !== 'object' || parsed === null) return undefined
    if (!('input' in parsed)) return ''
    return typeof parsed.input === 'string' ? parsed.input : JSON.stringify(parsed.input)
  } catch {
    return undefined
  }
}

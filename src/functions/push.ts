import type { HttpRequest } from '@azure/functions'
import type { PushRefusal } from '../core/pushes/receive-push.ts'
import { type Failure, fail, ok, type Result } from '../core/result.ts'
import { type Answer, route } from './route.ts'

/**
 * An EHR's integration engine says which appointments were booked, moved or called off. Answered as soon as they are on
 * the queue; nothing is read from the EHR here.
 */
route(
  'pushAppointments',
  'POST',
  'sites/{siteId}/appointments',
  async (call) => {
    const { app, request, params, reference, log } = call
    const { receivePush } = await import('../core/pushes/receive-push.ts')
    const received = await receivePush(app, {
      siteId: params.siteId ?? '',
      contentType: request.headers.get('content-type'),
      contentLength: request.headers.get('content-length'),
      authorization: request.headers.get('authorization'),
      body: (most) => readBody(request, most),
    })
    if (!received.ok) {
      const { code, detail } = received.failure
      log('push_refused', { code, detail })
      return refused(received.failure, reference)
    }
    const { site, accepted, ignored } = received.value
    log('push_received', { site: site.siteId, accepted, ignored })
    return { status: 202, jsonBody: { accepted, ignored, reference } }
  },
  async (_failure, { reference }) => refused({ code: 'unexpected' }, reference),
)

async function refused(failure: Failure<PushRefusal | 'unexpected'>, reference: string): Promise<Answer> {
  const { operationOutcome } = await import('../core/pushes/operation-outcome.ts')
  const { status, body } = operationOutcome(failure, reference)
  const { code, retryAfterSeconds } = failure
  return {
    status,
    code,
    headers: {
      'content-type': 'application/fhir+json; charset=utf-8',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(body),
  }
}

/** Reads no further than the limit, whatever the length says that was announced. */
async function readBody(request: HttpRequest, most: number): Promise<Result<string, 'push_too_large'>> {
  if (!request.body) return ok('')
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of request.body as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength
    if (bytes > most) return fail('push_too_large')
    parts.push(part)
  }
  return ok(Buffer.concat(parts).toString('utf8'))
}

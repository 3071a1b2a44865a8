import { z } from 'zod'
import { type Answer, badRequest, refuse } from './answers.ts'
import type { Asked, Dispatch } from './dispatch.ts'

const MAXIMUM_STEPS = 20

const batchBody = z.object({
  requests: z
    .array(
      z.object({
        id: z.string().min(1),
        method: z.string(),
        url: z.string(),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.unknown().optional(),
      }),
    )
    .min(1),
})

/**
 * POST /$batch (Combine multiple HTTP requests using JSON batching): up to 20 steps under the batch's own token, each
 * with its own answer. Steps run one after another, which every `dependsOn` allows.
 */
export async function batch(asked: Asked, dispatch: Dispatch): Promise<Answer> {
  const parsed = batchBody.safeParse(asked.body)
  if (!parsed.success) return badRequest('Invalid batch payload format.')
  const { requests } = parsed.data
  if (requests.length > MAXIMUM_STEPS) {
    return refuse(
      400,
      'BadRequest',
      `Number of batch request steps exceeds the maximum value of ${MAXIMUM_STEPS}.`,
    )
  }
  if (new Set(requests.map(({ id }) => id)).size < requests.length) {
    return badRequest('Request Id is not unique.')
  }
  const responses = []
  for (const { id, method, url, headers = {}, body } of requests) {
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const authorization = asked.headers.authorization
    const answer = await dispatch({
      method: method.toUpperCase(),
      version: asked.version,
      target: url.startsWith('/') ? url : `/${url}`,
      headers: { ...own, ...(authorization ? { authorization } : {}) },
      body,
    })
    responses.push({
      id,
      status: answer.status,
      headers: { 'Content-Type': 'application/json', ...answer.headers },
      ...(answer.body === undefined ? {} : { body: answer.body }),
    })
  }
  return { status: 200, body: { responses } }
}

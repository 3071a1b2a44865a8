/** What a route gives back; `headers` are added to those that every Graph answer carries. */
export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type ODataError = { readonly error: { readonly code: string; readonly message: string } & object }

/**
 * An error as Graph words it (Microsoft Graph error responses and resource types): `error.code`, `error.message` and an
 * `innerError` with the request id.
 */
export function refuse(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body: { error: { code, message } }, headers }
}

/** Adds what Graph puts into every error: date and request id. */
export function withInnerError(answer: Answer, requestId: string, at: Date): Answer {
  const body = answer.body
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'object')
    return answer
  const innerError = {
    date: at.toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': requestId,
  }
  return { ...answer, body: { error: { ...body.error, innerError } } }
}

export const badRequest = (message: string) => refuse(400, 'BadRequest', message)
export const invalidRequest = (message: string) => refuse(400, 'InvalidRequest', message)
export const notFound = (message: string) => refuse(404, 'NotFound', message)

/** `Request_ResourceNotFound`, the directory's own wording. */
export const noSuchResource = (id: string) =>
  refuse(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )

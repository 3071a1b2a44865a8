import { pageHeaders } from '../core/http/security-headers.ts'
import type { Rendered } from '../pages/layout/document.ts'
import { compressed } from './compressed.ts'
import type { Answer, Call } from './route.ts'
import { https } from './runtime.ts'

/** A patient's page: small on the wire, and allowed to fetch the device check where it offers one. */
export function patientResponse(
  { request }: Pick<Call, 'request'>,
  { html, styleHashes, scriptHashes }: Rendered,
  more: {
    status?: number
    code?: string
    headers?: Readonly<Record<string, string>>
    formTargets?: readonly string[]
    loadsOwnScript?: boolean
  } = {},
): Answer {
  const { status = 200, code, headers, formTargets = [], loadsOwnScript = false } = more
  const answer: Answer = {
    status,
    headers: {
      ...pageHeaders({ styleHashes, scriptHashes, formTargets, loadsOwnScript, https }),
      ...headers,
    },
    ...(code ? { code } : {}),
  }
  return compressed(answer, html, request.headers.get('accept-encoding'))
}

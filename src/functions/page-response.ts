import { pageHeaders } from '../core/http/security-headers.ts'
import type { Rendered } from '../pages/layout/document.ts'
import type { Answer } from './route.ts'
import { https } from './runtime.ts'

/** A page with the policy that fits it: what it inlines, by hash, and where its forms may lead. */
export function page(
  rendered: Rendered,
  more: {
    status?: number
    code?: string
    headers?: Readonly<Record<string, string>>
    formTargets?: readonly string[]
    frameAncestors?: readonly string[]
  } = {},
): Answer {
  const { status = 200, code, formTargets = [], frameAncestors = [] } = more
  const { styleHashes, scriptHashes, html } = rendered
  return {
    status,
    headers: {
      ...pageHeaders({ styleHashes, scriptHashes, formTargets, frameAncestors, https }),
      ...more.headers,
    },
    body: html,
    ...(code ? { code } : {}),
  }
}

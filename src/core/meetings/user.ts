import { z } from 'zod'
import { ok, type Result } from '../result.ts'
import type { Graph } from './graph.ts'
import { callGraph, type GraphFailure } from './graph-call.ts'

export type GraphUser = {
  readonly id: string
  readonly upn: string
  readonly name: string
  readonly enabled: boolean
}

const user = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean().default(true),
})

/** Graph, "Get user". Read where it is needed; names and addresses of staff are not stored. */
export async function readUser(graph: Graph, userId: string): Promise<Result<GraphUser, GraphFailure>> {
  const read = await callGraph(() =>
    graph
      .api(`/users/${encodeURIComponent(userId)}`)
      .select(['id', 'userPrincipalName', 'displayName', 'accountEnabled'])
      .get()
      .then((body) => user.parse(body)),
  )
  if (!read.ok) return read
  const { id, userPrincipalName: upn, displayName, accountEnabled: enabled } = read.value
  return ok({ id, upn, name: displayName || upn, enabled })
}

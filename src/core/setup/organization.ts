import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import type { Result } from '../result.ts'

const answer = z.object({ value: z.array(z.object({ displayName: z.string().min(1) })).min(1) })

/** What the organization calls itself (Graph, "List organizations"). */
export function readOrganizationName(graph: Graph): Promise<Result<string, GraphFailure>> {
  return callGraph(async () => {
    const { value } = answer.parse(await graph.api('/organization').select(['displayName']).get())
    return (value[0]?.displayName ?? '').slice(0, 200)
  })
}

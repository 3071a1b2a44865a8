import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import { ok, type Result } from '../result.ts'

export type Person = {
  readonly id: string
  readonly name: string
  readonly upn: string
  readonly enabled: boolean
}

const MOST = 10
/** Shorter words find half of the organization. */
const SHORTEST = 2

const page = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      userPrincipalName: z.string(),
      displayName: z.string().nullish(),
      accountEnabled: z.boolean().nullish(),
    }),
  ),
})

/** Text for `$search`: a quotation mark or a backslash would end the clause. Pure. */
export function searchText(typed: string): string {
  return typed
    .replace(/["\\\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
}

/**
 * People of the organization whose name or address begins with the words (Graph, "Use the $search query parameter":
 * on directory objects it needs ConsistencyLevel: eventual). None for less than two characters.
 */
export async function findPeople(graph: Graph, typed: string): Promise<Result<Person[], GraphFailure>> {
  const text = searchText(typed)
  if (text.length < SHORTEST) return ok([])
  return callGraph(async () => {
    const found = await graph
      .api('/users')
      .header('ConsistencyLevel', 'eventual')
      .query({
        $search: `"displayName:${text}" OR "userPrincipalName:${text}" OR "mail:${text}"`,
        $orderby: 'displayName',
        $count: 'true',
      })
      .select(['id', 'userPrincipalName', 'displayName', 'accountEnabled'])
      .top(MOST)
      .get()
    return page.parse(found).value.map(({ id, userPrincipalName: upn, displayName, accountEnabled }) => ({
      id,
      upn,
      name: displayName || upn,
      enabled: accountEnabled !== false,
    }))
  })
}

import { z } from 'zod'
import { ok, type Result } from '../result.ts'
import type { Graph } from './graph.ts'
import { callGraph, type GraphFailure } from './graph-call.ts'

/** A colleague as the directory shows them: read for one page, and dropped. */
export type Colleague = { readonly id: string; readonly name: string; readonly upn: string }

const answer = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      displayName: z.string().nullish(),
      userPrincipalName: z.string(),
      accountEnabled: z.boolean().nullish(),
    }),
  ),
})
const MOST = 10

/**
 * Colleagues whose name or address begins with the words (Microsoft Graph, "Use the $search query parameter", directory
 * objects: `ConsistencyLevel: eventual`).
 */
export async function searchUsers(graph: Graph, words: string): Promise<Result<Colleague[], GraphFailure>> {
  // Quotes and backslashes would end the phrase (the same page, "Using $search on directory object collections").
  const phrase = words.replace(/["\\]/g, ' ').trim().slice(0, 60)
  if (phrase === '') return ok([])
  const found = await callGraph(async () =>
    answer.parse(
      await graph
        .api('/users')
        .header('ConsistencyLevel', 'eventual')
        .query({ $search: `"displayName:${phrase}" OR "mail:${phrase}"` })
        .select(['id', 'displayName', 'userPrincipalName', 'accountEnabled'])
        .top(MOST)
        .get(),
    ),
  )
  if (!found.ok) return found
  return ok(
    found.value.value
      .filter(({ accountEnabled }) => accountEnabled !== false)
      .map(({ id, displayName, userPrincipalName }) => ({
        id,
        name: displayName || userPrincipalName,
        upn: userPrincipalName,
      })),
  )
}

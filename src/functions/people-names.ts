import { readUser } from '../core/meetings/user.ts'
import type { PortalCall } from './portal-route.ts'

/** At most so many are asked for at once; a page shows no more. */
const MOST = 60

/**
 * The names of people of the tenant by their Entra ids, read live: none is stored. Whoever Graph does not know any more,
 * or does not tell, is left out.
 */
export async function peopleNames(
  { app, session }: PortalCall,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].slice(0, MOST)
  const names = new Map([[session.userId, session.name]])
  const others = wanted.filter((id) => !names.has(id))
  if (others.length === 0) return names
  const graph = await app.graph(session.tenantId)
  const read = await Promise.all(others.map((id) => readUser(graph, id)))
  for (const [index, user] of read.entries()) {
    const id = others[index]
    if (user.ok && id !== undefined) names.set(id, user.value.name)
  }
  return names
}

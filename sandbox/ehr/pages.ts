import { randomUUID } from 'node:crypto'
import type { EhrAddresses } from './addresses.ts'

/** One page of a search: which ids, and the link to the next page. */
export type Page = { readonly ids: readonly string[]; readonly next: string | undefined }

export type Pages = {
  first(type: string, ids: readonly string[], pageSize: number): Page
  /** The page behind a next link; undefined where the context is unknown. */
  follow(type: string, pageContext: string): Page | undefined
}

/** Contexts that are kept at most; the oldest goes first. */
const KEPT = 2_000

/**
 * Opaque next links. A page begins with the last entry of the page before it: Oracle Health's pages are not cut
 * from one snapshot, so entries come twice, and whoever reads them has to drop the second.
 */
export function createPages(addresses: EhrAddresses): Pages {
  type Context = { type: string; ids: readonly string[]; from: number; pageSize: number }
  const contexts = new Map<string, Context>()

  const cut = (context: Context): Page => {
    const to = context.from + context.pageSize
    const ids = context.ids.slice(context.from, to)
    if (to >= context.ids.length) return { ids, next: undefined }
    const handle = randomUUID()
    // A page of one entry cannot repeat its predecessor and still move on.
    contexts.set(handle, { ...context, from: context.pageSize > 1 ? to - 1 : to })
    const [oldest] = contexts.keys()
    if (contexts.size > KEPT && oldest) contexts.delete(oldest)
    const link = `${addresses.fhirBaseUrl}/${context.type}?-pageContext=${handle}&-pageDirection=NEXT`
    return { ids, next: link }
  }

  return {
    first: (type, ids, pageSize) => cut({ type, ids, from: 0, pageSize }),
    follow(type, pageContext) {
      const context = contexts.get(pageContext)
      return context?.type === type ? cut(context) : undefined
    },
  }
}

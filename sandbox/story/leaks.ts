import type { Scene } from './scene.ts'

/** Throws where a table that holds visits has one of these in clear; the whole search is the canary test's. */
export async function expectNotInTables(
  { sandbox }: Scene,
  what: string,
  secrets: readonly string[],
): Promise<void> {
  const { visits, visitindex, links } = sandbox.store.tables
  for (const table of [visits, visitindex, links])
    for await (const row of table.all()) {
      const text = JSON.stringify(row)
      if (secrets.some((secret) => secret !== '' && text.includes(secret)))
        throw new Error(`table ${table.name} holds ${what} in clear`)
    }
}

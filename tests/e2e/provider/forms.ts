import { randomBytes } from 'node:crypto'
import { NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { siteColumns, siteOf } from '../../../src/core/sites/site-row.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { type VisitRef, visitRef } from '../../../src/core/visits/visit.ts'
import { type Browser, field, type Page } from '../bad-input/browser.ts'
import type { Visit, World } from '../bad-input/world.ts'

/** Sends one of the page's forms with its token. */
export function send(
  { browser, page }: { browser: Browser; page: Page },
  action: string,
  fields: Record<string, string>,
  more: Parameters<Browser['post']>[2] = {},
): Promise<Page> {
  const { origin, pathname } = new URL(page.url)
  const url = `${origin}${pathname.split('/').slice(0, 3).join('/')}/${action}`
  return browser.post(url, { csrf: field(page, 'csrf'), ...fields }, more)
}

export const newForm = (): string => randomBytes(12).toString('base64url')

/** The visit of an appointment, by the name that our tables know it under. */
export function refOf({ sandbox }: World, { appointmentId }: Pick<Visit, 'appointmentId'>): VisitRef {
  const identity = identityKeys(Buffer.from(sandbox.keys.stampSecret, 'base64'))
  return visitRef(identity, { tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE }, appointmentId)
}

/** The visit's row, found by its appointment. */
export async function rowOf(world: World, visit: Pick<Visit, 'appointmentId'>): Promise<VisitRow> {
  const ref = refOf(world, visit)
  for await (const row of world.sandbox.store.tables.visits.all())
    if (row.type === 'visit' && row.rowKey === `v:${ref.visitKey}`) return row
  throw new Error('the visit has no row')
}

/** Changes the clinic's site as its administrator would, for as long as the work lasts. */
export async function withSite<T>(
  { sandbox }: World,
  change: (site: Site) => Site,
  work: () => Promise<T>,
): Promise<T> {
  const { sites } = sandbox.store.tables
  const row = await sites.get(NORTHWIND_HEALTH, NORTHWIND_SITE)
  if (!row) throw new Error('the site is not there')
  const columns = siteColumns(change(siteOf(row)))
  if (!columns.ok) throw new Error(columns.failure.code)
  const keys = { partitionKey: row.partitionKey, rowKey: row.rowKey }
  const { etag: _etag, ...before } = row
  await sites.put({ ...before, ...columns.value, ...keys })
  try {
    return await work()
  } finally {
    await sites.put(before)
  }
}

/** Runs a timer with nothing in its way, whatever its schedule. */
export function runTimer({ sandbox }: World, name: string): Promise<unknown> {
  return sandbox.host.invoke(name)
}

import type { App } from '../app.ts'
import { removeRows } from '../store/remove-rows.ts'
import { utcDay } from '../visits/bay.ts'
import { TEXTED_DAYS } from './numbers.ts'

const DAY = 86_400_000

/** Erases the log of numbers (numbers.ts) of days that nobody counts any more. @returns how many rows went. */
export async function forgetNumbers({
  store,
  sites,
  now,
}: Pick<App, 'store' | 'sites' | 'now'>): Promise<number> {
  const before = utcDay(new Date(now().getTime() - (TEXTED_DAYS + 1) * DAY))
  const { numberlog } = store.tables
  let rows = 0
  for (const tenantId of new Set((await sites.all()).map((site) => site.tenantId)))
    rows += await removeRows(numberlog, numberlog.keys({ from: `${tenantId}|`, to: `${tenantId}|${before}` }))
  return rows
}

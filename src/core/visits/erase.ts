import type { App } from '../app.ts'
import { linkRowKeys } from '../keys/link-token.ts'
import { forgetEmailIds } from '../messaging/email/email-ids.ts'
import type { VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { utcDay, type Visit, visitKeyOf, visitPartition } from './visit.ts'

const DAY = 86_400_000
/** So many days back are looked at again, for a timer that did not run. */
const CATCH_UP_DAYS = 14

export type Erased = { readonly visits: number; readonly states: number; readonly emailIds: number }

/**
 * Takes what is sealed and the links off visits that are long over, and forgets used-up sign-in states. Doing it twice
 * does nothing.
 */
export async function eraseOld({
  store,
  sites,
  visits,
  settings,
  now,
}: Pick<App, 'store' | 'sites' | 'visits' | 'settings' | 'now'>): Promise<Erased> {
  const last = now().getTime() - (settings.VISIT_ERASE_DAYS + 1) * DAY
  const days = Array.from({ length: CATCH_UP_DAYS }, (_, back) => utcDay(new Date(last - back * DAY)))
  let erased = 0
  for (const site of await sites.all())
    for (const day of days)
      for await (const row of store.tables.visits.list(visitPartition(site.tenantId, site.siteId, day), {
        from: 'v:',
      })) {
        if (row.type !== 'visit' || (row.sealedAppointment === undefined && row.sealedMeeting === undefined))
          continue
        const { tenantId, siteId } = site
        const visit: Visit = { tenantId, siteId, visitKey: visitKeyOf(row.rowKey), day, row }
        const token = visits.patientToken(visit)
        const keys = token && linkRowKeys(token)
        if (keys) await store.tables.links.remove({ partitionKey: String(keys.bucket), rowKey: keys.hash })
        const rest = withoutPeople(row)
        if ((await store.tables.visits.replace(rest)).ok) erased++
      }
  return {
    visits: erased,
    states: await forgetStates(store, now()),
    emailIds: await forgetEmailIds(store, now()),
  }
}

/** Without what is sealed and who was there; what the reports keep of it lies in a table of its own. */
function withoutPeople(row: Stored<VisitRow>): Stored<VisitRow> {
  const {
    sealedAppointment: _appointment,
    sealedMeeting: _meeting,
    roster: _roster,
    attendance: _attendance,
    clinicianId: _clinician,
    ...rest
  } = row
  return rest
}

async function forgetStates({ tables }: Pick<Store, 'tables'>, now: Date): Promise<number> {
  let states = 0
  for await (const row of tables.consumed.all()) {
    if (Date.parse(row.until) + DAY > now.getTime()) continue
    await tables.consumed.remove(row)
    states++
  }
  return states
}

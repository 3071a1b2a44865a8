import { linkRowKeys } from '../keys/link-token.ts'
import { readNoticesOfVisit } from '../messaging/read-notices.ts'
import { removeRows } from '../store/remove-rows.ts'
import type { VisitRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { extraLinks } from './extra-links.ts'
import { isLeftover } from './leftover.ts'
import { type Visit, visitOf } from './visit.ts'
import type { VisitStore } from './visit-store.ts'

/**
 * Takes what leads back to a person off a visit: its link, then what is sealed and who was there. Of a visit that lies
 * elsewhere by now, and may be still to come, only the row that was left here goes.
 * @returns whether there was something; a visit that somebody wrote meanwhile is left to the next run.
 */
export async function eraseVisit(
  {
    store,
    visits,
  }: {
    readonly store: Pick<Store, 'tables'>
    readonly visits: Pick<VisitStore, 'patientToken' | 'extraToken'>
  },
  site: { readonly tenantId: string; readonly siteId: string },
  row: Stored<VisitRow>,
): Promise<boolean> {
  if (!hasPeople(row)) return false
  const visit = visitOf(site, row)
  if (await isLeftover(store, visit)) return forgetLeftover(store, visit)
  const byHand = extraLinks(row).map((link) => visits.extraToken(visit, link))
  for (const token of [visits.patientToken(visit), ...byHand]) {
    const keys = token && linkRowKeys(token)
    if (keys) await store.tables.links.remove({ partitionKey: String(keys.bucket), rowKey: keys.hash })
  }
  return (await store.tables.visits.replace(withoutPeople(row))).ok
}

/** The very row that was read, with the notices of its versions: whoever takes the visit back here writes a later one. */
async function forgetLeftover({ tables }: Pick<Store, 'tables'>, visit: Visit): Promise<boolean> {
  const notices = await readNoticesOfVisit(tables.visits, visit)
  const told = notices.flatMap(({ version, row }) => (version <= visit.row.version ? [row] : []))
  await removeRows(tables.visits, told)
  await tables.visits.remove(visit.row, visit.row.etag)
  return true
}

/** What says that there is something to erase. A consult has no appointment, and no meeting any more: its links are still there. */
export const PEOPLE = ['sealedAppointment', 'sealedMeeting', 'extraLinks', 'patientKey'] as const

function hasPeople(row: VisitRow): boolean {
  return PEOPLE.some((column) => row[column] !== undefined)
}

/** Without what is sealed and who was there; what the reports keep of it lies in a table of its own. */
function withoutPeople(row: Stored<VisitRow>): Stored<VisitRow> {
  const {
    sealedAppointment: _appointment,
    patientKey: _patient,
    sealedMeeting: _meeting,
    roster: _roster,
    attendance: _attendance,
    clinicianId: _clinician,
    extraLinks: _links,
    ...rest
  } = row
  return rest
}

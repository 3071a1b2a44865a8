import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { noticeRowKey } from '../../../src/core/messaging/notice.ts'
import { dayOf } from '../../../src/core/reports/day-rollup.ts'
import { dayKeys } from '../../../src/core/reports/report-keys.ts'
import { recordsOn } from '../../../src/core/reports/write-day.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { tenantStore } from '../../../src/core/sites/tenant-store.ts'
import type { NoticeRow, VisitRow } from '../../../src/core/store/rows.ts'
import type { Store } from '../../../src/core/store/store.ts'
import { visitPartition } from '../../../src/core/visits/bay.ts'
import { type VisitRef, visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { START, visitRow } from '../../unit/visits/visit.fixture.ts'

let made = 0

/** One synthetic site of a tenant of its own, with its own clock, on real tables. */
export function reportsWorld(store: Store, more: { tenantId?: string } = {}) {
  const number = String(++made).padStart(6, '0')
  const tenantId = more.tenantId ?? `3f6c1d52-7b1e-4a8d-9c55-0a6b8f${number}`
  const site: Site = siteWith({}, { tenantId, siteId: `report${number}` })
  const ring = keyRing(new Uint8Array(32).fill(7))
  const identity = identityKeys(new Uint8Array(32).fill(8))
  let time = START.getTime()
  const now = () => new Date(time)
  const visits = visitStore(store, ring, 7)
  const seals = visitSeals(ring)
  const ports = { store, visits, seals, tenants: tenantStore(store), now }
  return {
    site,
    ports,
    at(minutesFromStart: number) {
      time = START.getTime() + minutesFromStart * 60_000
    },
    async visit(appointment: string, row: Partial<VisitRow> = {}): Promise<VisitRef> {
      const ref = visitRef(identity, site, appointment)
      const sealedAppointment = seals.sealAppointment(ref, appointment)
      await visits.save(ref, undefined, visitRow({ linkKeyId: ring.current.id, sealedAppointment, ...row }))
      return ref
    },
    async notice(ref: VisitRef, kind: 'booked' | 'moved', version: number, row: Partial<NoticeRow>) {
      const bay = (await visits.find(ref))?.bay ?? '2031-01-01|nowhere'
      await store.tables.visits.put({
        partitionKey: visitPartition(ref.tenantId, ref.siteId, bay),
        rowKey: noticeRowKey({ visitKey: ref.visitKey, version, kind }),
        schema: 1,
        type: 'notice',
        state: 'sent',
        claimId: 'claim',
        leaseUntil: START.toISOString(),
        changedAt: START.toISOString(),
        ...row,
      })
    },
    /** Every record of a day, and the day's totals. */
    async day(day: string) {
      const records = [...(await recordsOn(store, site, day)).values()]
      const keys = dayKeys(site, day)
      const row = await store.tables.reports.get(keys.partitionKey, keys.rowKey)
      return { records, totals: row?.type === 'day' ? dayOf(row) : undefined, etag: row?.etag }
    },
  }
}
export type ReportsWorld = ReturnType<typeof reportsWorld>

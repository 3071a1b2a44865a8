import { z } from 'zod'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import type { VisitRow } from '../store/rows.ts'
import type { Stored } from '../store/table.ts'
import { type Bay, bayOfPartition } from './bay.ts'

/** Which visit: pseudonyms only. */
export type VisitRef = { readonly tenantId: string; readonly siteId: string; readonly visitKey: string }
export type Visit = VisitRef & { readonly bay: Bay; readonly row: Stored<VisitRow> }

const meetingSchema = z.object({
  organizerId: z.string(),
  meetingId: z.string(),
  joinWebUrl: z.url(),
  virtualAppointmentUrl: z.url().optional(),
  dialIn: z.object({ number: z.string(), conferenceId: z.string() }).optional(),
})
/** The Teams meeting of a visit, as it is sealed in the visit row. */
export type VisitMeeting = z.infer<typeof meetingSchema>

/** A visit of a site, of a row that was read. */
export function visitOf(
  { tenantId, siteId }: { readonly tenantId: string; readonly siteId: string },
  row: Stored<VisitRow>,
): Visit {
  return { tenantId, siteId, visitKey: visitKeyOf(row.rowKey), bay: bayOfPartition(row.partitionKey), row }
}

/** What its row says, without where it lies and its version in the storage. */
export function plainRow({ row }: Pick<Visit, 'row'>): VisitRow {
  const { etag: _etag, partitionKey: _partition, rowKey: _row, ...plain } = row
  return plain
}

export function visitRowKey(visitKey: string): string {
  return `v:${visitKey}`
}

export function visitKeyOf(rowKey: string): string {
  return rowKey.slice(2)
}

/** The index row that finds a visit wherever it moved; 64 partitions a site. */
export function indexPartition({ tenantId, siteId, visitKey }: VisitRef): string {
  return `${tenantId}|${siteId}|${visitKey.slice(0, 1)}`
}

export function visitRef(
  identity: IdentityKeys,
  site: { tenantId: string; siteId: string },
  appointmentId: string,
): VisitRef {
  const { tenantId, siteId } = site
  return { tenantId, siteId, visitKey: identity.visitKey(tenantId, siteId, appointmentId) }
}

/** The sealed parts of a visit row: the EHR's appointment id and the meeting. Each opens in its own visit only. */
export function visitSeals(ring: KeyRing) {
  const context = (ref: VisitRef, field: string) =>
    `visits|${ref.tenantId}|${ref.siteId}|${ref.visitKey}|${field}`
  return {
    sealAppointment: (ref: VisitRef, appointmentId: string) =>
      seal(ring, context(ref, 'appointment'), appointmentId),
    appointmentId(visit: Visit): string | undefined {
      if (visit.row.sealedAppointment === undefined) return undefined
      const opened = unseal(ring, context(visit, 'appointment'), visit.row.sealedAppointment)
      return opened.ok ? opened.value : undefined
    },
    sealMeeting: (ref: VisitRef, meeting: VisitMeeting) =>
      seal(ring, context(ref, 'meeting'), JSON.stringify(meeting)),
    meeting(visit: Visit): VisitMeeting | undefined {
      if (visit.row.sealedMeeting === undefined) return undefined
      const opened = unseal(ring, context(visit, 'meeting'), visit.row.sealedMeeting)
      return opened.ok ? meetingSchema.parse(JSON.parse(opened.value)) : undefined
    },
  }
}
export type VisitSeals = ReturnType<typeof visitSeals>
